package org.naivechain.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Logs what is wrong with strangers' frames, so many lines a second and no more: a flood must not fill the disk too. For one
 * thread at a time.
 */
public final class Complaints {
    private static final int LINES_PER_SECOND = 5;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Logger log;
    private final Supplier<Instant> clock;
    private Instant second = Instant.MIN;
    private int lines;
    private int dropped;

    /** No complaints so far. */
    public Complaints(Logger log, Supplier<Instant> clock) {
        this.log = log;
        this.clock = clock;
    }

    /** Logs a complaint, or counts it if there were many. */
    public void log(String message, Object... arguments) {
        Instant now = clock.get();
        if (!now.isBefore(second.plus(SECOND))) {
            if (dropped > 0) {
                log.warn("{} more complaints within a second", dropped);
            }
            second = now;
            lines = 0;
            dropped = 0;
        }
        if (lines < LINES_PER_SECOND) {
            lines++;
            log.warn(message, arguments);
        } else {
            dropped++;
        }
    }
}
