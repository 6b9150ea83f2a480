package org.naivechain.protocol;

import java.time.Duration;
import java.time.Instant;

/** Time as the node sees it: a port, used by the node's thread. */
public interface Time {
    /** {@return the present moment} */
    Instant now();

    /** Calls back later, on the node's thread, unless that is cancelled before; must not block. */
    Timer after(Duration delay, Runnable action);

    /** A call that is to be made later. */
    interface Timer {
        /** Sees to it that the call is not made; does nothing if it was made already. */
        void cancel();
    }
}
