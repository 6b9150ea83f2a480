package org.naivechain.bench;

import java.time.Duration;
import java.util.Optional;

/** Looks again and again until there is something to see. */
final class Waiting {
    private static final long LOOK_MILLIS = 50;

    private Waiting() {}

    /** A look. */
    interface Look<T> {
        Optional<T> look() throws BenchFailure, InterruptedException;
    }

    /** What the first look sees that sees something; nothing when patience has come to its end. */
    static <T> Optional<T> until(Duration patience, Look<T> look) throws BenchFailure, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        Optional<T> seen = look.look();
        while (seen.isEmpty() && System.nanoTime() - deadline < 0) {
            Thread.sleep(LOOK_MILLIS);
            seen = look.look();
        }
        return seen;
    }
}
