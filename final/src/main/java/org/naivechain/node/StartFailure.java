package org.naivechain.node;

/** A node could not be started; the message says why and what to do, in one line for the user. */
public final class StartFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** A failure. */
    public StartFailure(String message) {
        super(message);
    }
}
