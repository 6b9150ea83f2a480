package org.naivechain.http;

/** A request that gets an error for an answer. It is thrown where the error is found and never leaves this package. */
final class Refusal extends RuntimeException {
    static final int BAD_REQUEST = 400;
    static final int NOT_FOUND = 404;
    static final int TIMEOUT = 408;
    static final int TOO_LARGE = 413;
    static final int UNSUPPORTED_MEDIA_TYPE = 415;
    static final int UNPROCESSABLE = 422;
    static final int UNAVAILABLE = 503;

    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * Refuses a request.
     *
     * @param status the HTTP status
     * @param message what is wrong, with the value, and what to do: the client reads it
     */
    Refusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    static Refusal badRequest(String message) {
        return new Refusal(BAD_REQUEST, message);
    }

    int status() {
        return status;
    }
}
