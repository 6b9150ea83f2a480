package org.naivechain.node;

/** The one thread that may touch a node's state: the thread that made this. */
final class Owner {
    private final Thread thread = Thread.currentThread();

    /**
     * To be called at the first line of whatever touches the state.
     *
     * @throws IllegalStateException if another thread calls
     */
    void check() {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException("this belongs to the thread " + thread.getName() + ", not to "
                    + Thread.currentThread().getName());
        }
    }
}
