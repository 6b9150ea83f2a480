package org.naivechain.websocket;

import java.util.concurrent.atomic.AtomicLong;

/** So many bytes, shared by all connections of a listener or dialer. Any thread may use it. */
final class Budget {
    private final AtomicLong left;

    Budget(long bytes) {
        this.left = new AtomicLong(bytes);
    }

    /** Takes bytes out; takes none and says no if there are not enough. */
    boolean take(long bytes) {
        if (left.addAndGet(-bytes) >= 0) {
            return true;
        }
        left.addAndGet(bytes);
        return false;
    }

    void giveBack(long bytes) {
        left.addAndGet(bytes);
    }
}
