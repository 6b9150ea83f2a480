package org.naivechain.ledger;

/** Tells when what the node has written outlives a crash: a port, used by the node's thread. */
@FunctionalInterface
public interface Durability {
    /** Nothing outlives this program, so that nothing has to be waited for. */
    Durability NONE = Runnable::run;

    /**
     * Calls back when everything written so far is durable: at once if it is, otherwise later, on the node's thread; never if
     * the node ends before.
     *
     * @param then what may be said or done only then
     */
    void whenDurable(Runnable then);

    /**
     * Calls back when everything written so far is durable, and asks for nothing to be done about it now: what others wait
     * for will take it along.
     *
     * @param then what may be said or done only then, but is not urgent
     */
    default void inPassing(Runnable then) {
        whenDurable(then);
    }
}
