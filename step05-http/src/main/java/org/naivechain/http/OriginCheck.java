package org.naivechain.http;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * What every request passes before Spark sees it. It keeps web pages of others from using a visitor's browser to reach the
 * node: by a cross-site request (which names its Origin, RFC 6454), or by DNS rebinding, where a name of theirs is made to
 * point to this machine (the Host header still has their name).
 */
final class OriginCheck extends Handler.Wrapper {
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final Pattern IP_LITERAL = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9A-Fa-f:.]+]");
    private static final Pattern PORT = Pattern.compile(":[0-9]*$");

    private final String boundHost;
    private final boolean onlyLocal;

    /**
     * A check before a handler.
     *
     * @param boundHost what the user calls the host that is bound
     * @param onlyLocal whether only this machine can reach it
     */
    OriginCheck(String boundHost, boolean onlyLocal) {
        this.boundHost = boundHost;
        this.onlyLocal = onlyLocal;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String host = request.getHeaders().get(HttpHeader.HOST);
        for (String origin : request.getHeaders().getValuesList(HttpHeader.ORIGIN)) {
            if (!origin.equals("http://" + host)) {
                return refuse(
                        response, callback, FORBIDDEN, "requests from pages of " + Quoted.of(origin) + " are refused");
            }
        }
        if (onlyLocal && host != null && !isLocal(host)) {
            return refuse(
                    response,
                    callback,
                    FORBIDDEN,
                    "this node answers to localhost and IP addresses only, not to " + Quoted.of(host));
        }
        // Spark takes "get" for "GET", but methods are case-sensitive (RFC 9110, section 9.1).
        if (!request.getMethod().equals(request.getMethod().toUpperCase(Locale.ROOT))) {
            return refuse(
                    response,
                    callback,
                    BAD_REQUEST,
                    "a method is written in capitals: " + Quoted.of(request.getMethod()));
        }
        JettyErrors.protect(response);
        return super.handle(new Plain(request), response, callback);
    }

    private boolean isLocal(String authority) {
        String host = PORT.matcher(authority).replaceFirst("");
        return host.equalsIgnoreCase("localhost")
                || host.equalsIgnoreCase(boundHost)
                || IP_LITERAL.matcher(host).matches();
    }

    private static boolean refuse(Response response, Callback callback, int status, String message) {
        JettyErrors.write(response, callback, status, message);
        return true;
    }

    /** A request without the headers by which Spark lets a client pick another method, or no route at all. */
    private static final class Plain extends Request.Wrapper {
        private static final List<String> HIDDEN = List.of("X-HTTP-Method-Override", "Accept");

        private final HttpFields headers;

        Plain(Request request) {
            super(request);
            HttpFields.Mutable kept = HttpFields.build(request.getHeaders());
            HIDDEN.forEach(kept::remove);
            this.headers = kept.asImmutable();
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }
    }
}
