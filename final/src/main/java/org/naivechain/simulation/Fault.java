package org.naivechain.simulation;

import java.util.Arrays;
import java.util.Locale;

/** What can go wrong in a simulated network. */
public enum Fault {
    /** Frames are lost. */
    LOSS,
    /** Frames take up to half a second, or up to three. */
    DELAY,
    /** Frames arrive twice. */
    DUPLICATION,
    /** Frames overtake each other. */
    REORDERING,
    /** Some nodes do not hear some others, in one direction or in both. */
    PARTITION,
    /** A node ends without warning, loses what was not durable, and starts again later. */
    CRASH,
    /** A node stops in the middle of whatever it does, and goes on later. */
    PAUSE,
    /** The clock of a node runs up to five times too fast or too slow. */
    CLOCK,
    /** A new node joins; no more than a few do in a run. */
    JOIN,
    /** A node says goodbye and ends, and joins again later. */
    LEAVE,
    /** Somebody has a member removed, which may be there; it joins again when it starts the next time. */
    EVICTION,
    /** One node loses blocks where it keeps them, while it runs or is down. */
    DAMAGE,
    /** A node can call others and cannot be called. */
    DEAFNESS,
    /** What a node keeps is copied to a second computer, which runs it, too; there or as if it were at the same address. */
    COPY,
    /** What a node keeps is replaced by an old copy; only where others know how far it was, as nobody else can tell. */
    RESTORATION;

    /**
     * {@return the fault that {@link #toString()} writes like this}
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Fault of(String name) {
        return Arrays.stream(values())
                .filter(fault -> fault.toString().equals(name.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "faults must be none, or some of " + Arrays.toString(values()) + ": " + name));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
