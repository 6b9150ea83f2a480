package org.naivechain.learn;

import java.util.Objects;

/** Assertions of the checks. A failure says what was done, what was expected, what came, and why it matters. */
public final class Explain {
    private Explain() {}

    /** A failed check, in words for the reader. */
    public static final class Failure extends AssertionError {
        private static final long serialVersionUID = 1;

        Failure(String message) {
            super(message);
        }
    }

    /**
     * Requires that two values are equal.
     *
     * @param what what was done, and with which value
     * @param why why it matters, or what to look at
     */
    public static void same(Object expected, Object actual, String what, String why) {
        that(Objects.equals(expected, actual), what + "\n  expected: " + expected + "\n  came:     " + actual, why);
    }

    /**
     * Requires that something holds.
     *
     * @param whatIsWrong what was done and what came, if it does not hold
     * @param why why it matters, or what to look at
     */
    public static void that(boolean holds, String whatIsWrong, String why) {
        if (!holds) {
            throw new Failure(whatIsWrong + "\n" + why);
        }
    }

    /**
     * Requires that a call is refused with an exception of a type.
     *
     * @param what what is called, and with which value
     * @param why why it must be refused
     */
    public static void refuses(Class<? extends Throwable> type, Runnable call, String what, String why) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            if (type.isInstance(e)) {
                return;
            }
            if (e instanceof UnsupportedOperationException) {
                throw e;
            }
            throw new Failure(what + "\n  expected: it is refused with " + type.getSimpleName() + "\n  came:     " + e
                    + "\n" + why);
        }
        throw new Failure(what + "\n  expected: it is refused with " + type.getSimpleName()
                + "\n  came:     it was accepted\n" + why);
    }
}
