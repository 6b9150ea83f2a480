package org.naivechain.bench;

/** A load test that could not be run: its network did not come up, or did not answer. */
public final class BenchFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public BenchFailure(String message) {
        super(message);
    }
}
