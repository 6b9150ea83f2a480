package org.naivechain.simulation;

import java.time.Duration;
import java.time.Instant;
import org.naivechain.protocol.Time;

/** The clock of one machine, which may run too fast or too slow for a while. For one thread. */
final class DriftingClock implements Time {
    private final Time time;
    private Instant trueThen;
    private Instant ownThen;
    private double speed = 1;

    DriftingClock(Time time) {
        this.time = time;
        this.trueThen = time.now();
        this.ownThen = trueThen;
    }

    /** From now on it runs at another speed: 1 is right, 2 is twice as fast. What waits already waits as long as it would have. */
    void setSpeed(double change) {
        ownThen = now();
        trueThen = time.now();
        speed = change;
    }

    @Override
    public Instant now() {
        return speed == 1
                ? ownThen.plus(Duration.between(trueThen, time.now()))
                : ownThen.plusNanos(
                        (long) (Duration.between(trueThen, time.now()).toNanos() * speed));
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        return time.after(speed == 1 ? delay : Duration.ofNanos((long) (delay.toNanos() / speed)), action);
    }
}
