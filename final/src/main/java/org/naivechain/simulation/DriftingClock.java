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

    /** Changes the speed: 1 is right, 2 is twice as fast. Running timers keep their end. */
    void setSpeed(double change) {
        ownThen = now();
        trueThen = time.now();
        speed = change;
    }

    // For the right speed both are exact: a double holds the nanoseconds of a hundred days.

    @Override
    public Instant now() {
        return ownThen.plusNanos((long) (Duration.between(trueThen, time.now()).toNanos() * speed));
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        return time.after(Duration.ofNanos((long) (delay.toNanos() / speed)), action);
    }
}
