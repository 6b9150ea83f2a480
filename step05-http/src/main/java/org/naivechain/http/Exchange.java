package org.naivechain.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import spark.Request;
import spark.Response;
import spark.Route;

/** Carries an endpoint's answer, or what kept it from answering, to the client. */
final class Exchange implements Route {
    private final Function<Request, Answer> endpoint;
    private final Logger log;

    Exchange(Function<Request, Answer> endpoint, Logger log) {
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
        // For Spark: the answer is written already.
        return "";
    }

    private void exchange(Request request, HttpServletResponse response) throws IOException {
        try {
            endpoint.apply(request).writeTo(response);
        } catch (Refusal refusal) {
            instead(request, response, refusal.status(), refusal.getMessage());
        } catch (RuntimeException e) {
            log.error("{} {} failed", request.requestMethod(), request.uri(), e);
            instead(request, response, HttpStatus.INTERNAL_SERVER_ERROR_500, "internal error");
        }
    }

    private void instead(Request request, HttpServletResponse response, int status, String message) throws IOException {
        if (response.isCommitted()) {
            log.warn("{} {} is cut off: {}", request.requestMethod(), request.uri(), message);
            // Half an answer must not look like a whole one, so the connection ends.
            ServletContextRequest.getServletContextRequest(request.raw())
                    .getConnectionMetaData()
                    .getConnection()
                    .getEndPoint()
                    .close();
        } else {
            response.resetBuffer();
            JsonAnswer.error(status, message).writeTo(response);
        }
    }
}
