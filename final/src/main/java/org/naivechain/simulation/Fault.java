package org.naivechain.simulation;

import java.util.Locale;

/** What can go wrong in a simulated network. */
public enum Fault {
    /** Frames are lost. */
    LOSS,
    /** Frames take up to half a second. */
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
    PAUSE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
