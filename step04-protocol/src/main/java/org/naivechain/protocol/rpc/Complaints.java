package org.naivechain.protocol.rpc;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/** Logs what is wrong with strangers' frames, so many lines a second and no more: a flood must not fill the disk too. */
final class Complaints {
    private static final int LINES_PER_SECOND = 5;

    private final Logger log;
    private long windowStart = System.nanoTime();
    private int lines;
    private int dropped;

    Complaints(Logger log) {
        this.log = log;
    }

    synchronized void log(String complaint) {
        long now = System.nanoTime();
        if (now - windowStart > TimeUnit.SECONDS.toNanos(1)) {
            if (dropped > 0) {
                log.warn("{} more frames were refused within a second", dropped);
            }
            windowStart = now;
            lines = 0;
            dropped = 0;
        }
        if (lines < LINES_PER_SECOND) {
            lines++;
            log.warn(complaint);
        } else {
            dropped++;
        }
    }
}
