package org.naivechain.bench;

import java.util.concurrent.TimeUnit;

/**
 * The time that is measured, in nanoseconds of {@link System#nanoTime()}.
 *
 * @param end when no new add is begun
 */
record Window(long begin, long end) {
    static Window after(long start, BenchOptions options) {
        long begin = start + TimeUnit.SECONDS.toNanos(options.warmUpSeconds());
        return new Window(begin, begin + TimeUnit.SECONDS.toNanos(options.seconds()));
    }

    boolean hasBegun(long now) {
        return now - begin >= 0;
    }

    boolean isOver(long now) {
        return now - end >= 0;
    }
}
