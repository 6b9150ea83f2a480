package org.naivechain.learn;

/** What the reader has to know or do, in a sentence. */
public final class LearnException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LearnException(String message) {
        super(message);
    }

    LearnException(String message, Throwable cause) {
        super(message, cause);
    }
}
