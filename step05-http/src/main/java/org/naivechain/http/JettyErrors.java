package org.naivechain.http;

import java.nio.ByteBuffer;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers in JSON where Jetty refuses a request before the API sees it, or the API leaves it unanswered. */
final class JettyErrors extends ErrorHandler {
    private static final Pattern PLAIN_WORDS = Pattern.compile("[A-Za-z0-9 =':,%-]{1,100}");

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Throwable cause = (Throwable) request.getAttribute(ERROR_EXCEPTION);
        int status = cause instanceof HttpException refused ? refused.getCode() : response.getStatus();
        String reason = cause instanceof HttpException refused ? refused.getReason() : null;
        write(response, callback, status, message(status, reason));
        return true;
    }

    static void write(Response response, Callback callback, int status, String message) {
        byte[] body = JsonAnswer.error(status, message).body();
        protect(response);
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, JsonAnswer.CONTENT_TYPE);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    /** Says to browsers that answers are the JSON that they claim to be, and are not to be kept. */
    static void protect(Response response) {
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    }

    static String message(int status, String reason) {
        return switch (status) {
            case HttpStatus.BAD_REQUEST_400 ->
                "the request is not valid HTTP"
                        + (reason != null && PLAIN_WORDS.matcher(reason).matches() ? ": " + reason : "");
            case HttpStatus.REQUEST_TIMEOUT_408 -> "the request arrived too slowly; send it again";
            case HttpStatus.URI_TOO_LONG_414 -> "the request's URI is too long";
            case HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431 ->
                "the request's headers have more than " + JettyFactory.MAX_HEADER_BYTES + " bytes";
            case HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505 -> "the request is not HTTP/1.1 or HTTP/1.0";
            case HttpStatus.SERVICE_UNAVAILABLE_503 -> "this node is stopping";
            default ->
                HttpStatus.isClientError(status)
                        ? "the request is refused: " + HttpStatus.getMessage(status)
                        : "internal error";
        };
    }
}
