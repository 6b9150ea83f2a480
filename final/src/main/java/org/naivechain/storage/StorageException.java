package org.naivechain.storage;

/** A file cannot be used to keep a chain; the message says what is wrong and what to do, in one line for the user. */
public final class StorageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean damage;

    StorageException(String message) {
        this(message, null);
    }

    StorageException(String message, Throwable cause) {
        this(message, cause, false);
    }

    private StorageException(String message, Throwable cause, boolean damage) {
        super(message, cause);
        this.damage = damage;
    }

    static StorageException ofDamage(String message, Throwable cause) {
        return new StorageException(message, cause, true);
    }

    /**
     * {@return whether the file is ours, for all that one can tell, and damaged, so that a part of it may be rescued; false if
     * it is another program's, or in use, or cannot be read or written as a whole}
     */
    public boolean isOfDamage() {
        return damage;
    }
}
