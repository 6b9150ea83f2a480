package org.naivechain.chain;

/** A file cannot be used to keep a chain; the message says what is wrong and what to do, in one line for the user. */
public final class StorageException extends Exception {
    private static final long serialVersionUID = 1L;

    StorageException(String message) {
        super(message);
    }

    StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
