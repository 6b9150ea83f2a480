package org.naivechain.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.slf4j.Logger;
import spark.Request;
import spark.Response;
import spark.Route;

/** Carries an endpoint's answer, or what kept it from answering, to the client. */
final class Exchange implements Route {
    private static final int INTERNAL_ERROR = 500;
    /** What Spark takes for "nothing more to write": the answer is written already. */
    private static final String WRITTEN = "";

    private final Endpoint endpoint;
    private final Logger log;

    Exchange(Endpoint endpoint, Logger log) {
        this.endpoint = endpoint;
        this.log = log;
    }

    @Override
    public Object handle(Request request, Response response) {
        try {
            exchange(request, response.raw());
        } catch (IOException e) {
            log.debug("the client of {} {} is gone", request.requestMethod(), request.uri(), e);
        }
        return WRITTEN;
    }

    private void exchange(Request request, HttpServletResponse response) throws IOException {
        try {
            endpoint.answer(request).writeTo(response);
        } catch (Refusal refusal) {
            instead(request, response, refusal.status(), refusal.getMessage());
        } catch (RuntimeException e) {
            log.error("{} {} failed", request.requestMethod(), request.uri(), e);
            instead(request, response, INTERNAL_ERROR, "internal error");
        }
    }

    private void instead(Request request, HttpServletResponse response, int status, String message) throws IOException {
        if (response.isCommitted()) {
            log.warn("{} {} is cut off: {}", request.requestMethod(), request.uri(), message);
            cut(request.raw());
        } else {
            response.resetBuffer();
            JsonAnswer.error(status, message).writeTo(response);
        }
    }

    /** Ends the connection, so that half an answer does not look like a whole one. */
    private static void cut(HttpServletRequest request) {
        ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
    }
}
