package org.naivechain.http;

import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.naivechain.protocol.ReceivedJson;

/**
 * What every request passes before Spark sees it. It keeps web pages of others from using a visitor's browser to reach the
 * node: by a cross-site request (which names its Origin, RFC 6454), or by DNS rebinding, where a name of theirs is made to
 * point to this machine (the Host header still has their name).
 */
final class OriginCheck extends Handler.Wrapper {
    private static final Pattern IP_LITERAL = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9A-Fa-f:.]+]");
    private static final Pattern PORT = Pattern.compile(":[0-9]*$");

    private final String boundHost;
    private final boolean onlyLocal;

    /**
     * A check before a handler.
     *
     * @param onlyLocal whether only this machine can reach it
     */
    OriginCheck(String boundHost, boolean onlyLocal) {
        this.boundHost = boundHost;
        this.onlyLocal = onlyLocal;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        try {
            check(request);
        } catch (Refusal refusal) {
            JettyErrors.write(response, callback, refusal.status(), refusal.getMessage());
            return true;
        }
        JettyErrors.protect(response);
        // By these headers, Spark lets a client pick another method, or no route at all.
        HttpFields headers = HttpFields.build(request.getHeaders())
                .remove("X-HTTP-Method-Override")
                .remove(HttpHeader.ACCEPT)
                .asImmutable();
        Request plain = new Request.Wrapper(request) {
            @Override
            public HttpFields getHeaders() {
                return headers;
            }
        };
        return super.handle(plain, response, callback);
    }

    private void check(Request request) {
        String host = request.getHeaders().get(HttpHeader.HOST);
        for (String origin : request.getHeaders().getValuesList(HttpHeader.ORIGIN)) {
            if (!origin.equals("http://" + host)) {
                throw new Refusal(
                        HttpStatus.FORBIDDEN_403,
                        "requests from pages of " + ReceivedJson.quoted(origin) + " are refused");
            }
        }
        if (onlyLocal && host != null && !isLocal(host)) {
            throw new Refusal(
                    HttpStatus.FORBIDDEN_403,
                    "this node answers to localhost and IP addresses only, not to " + ReceivedJson.quoted(host));
        }
        String method = request.getMethod();
        // Spark takes "get" for "GET", but methods are case-sensitive (RFC 9110, section 9.1).
        if (!method.equals(method.toUpperCase(Locale.ROOT))) {
            throw Refusal.badRequest("a method is written in capitals: " + ReceivedJson.quoted(method));
        }
    }

    private boolean isLocal(String authority) {
        String host = PORT.matcher(authority).replaceFirst("");
        return host.equalsIgnoreCase("localhost")
                || host.equalsIgnoreCase(boundHost)
                || IP_LITERAL.matcher(host).matches();
    }
}
