package org.naivechain.http;

import org.eclipse.jetty.http.HttpStatus;

/** A request that gets an error for an answer. It is thrown where the error is found and never leaves this package. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;

    /**
     * Refuses a request.
     *
     * @param message what is wrong, with the value, and what to do: the client reads it
     */
    Refusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    static Refusal badRequest(String message) {
        return new Refusal(HttpStatus.BAD_REQUEST_400, message);
    }

    static Refusal notFound(String message) {
        return new Refusal(HttpStatus.NOT_FOUND_404, message);
    }

    static Refusal unavailable(String message) {
        return new Refusal(HttpStatus.SERVICE_UNAVAILABLE_503, message);
    }

    int status() {
        return status;
    }
}
