package org.naivechain.ledger;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;

/**
 * A place in the sequence of decisions: how many blocks have been decided before it, and how often who the members are. Every
 * decision adds to one of the two numbers, so that of two places in one sequence one is reached before the other.
 *
 * @param length how many blocks there are, not negative
 * @param version the version of the {@link Membership} that decides next; 0 where the members are not agreed on
 */
public record Position(
        @JsonProperty(value = "length", required = true) long length,
        @JsonProperty(value = "version", required = true) long version)
        implements Comparable<Position> {
    /** Before everything that was ever decided. */
    public static final Position START = new Position(0, 0);

    private static final Comparator<Position> ORDER =
            Comparator.comparingLong(Position::version).thenComparingLong(Position::length);

    /**
     * Takes a place that a member named.
     *
     * @throws IllegalArgumentException if a number is negative
     */
    public Position {
        if (length < 0 || version < 0) {
            throw new IllegalArgumentException(
                    "a position must not be negative: length=" + length + ", version=" + version);
        }
    }

    /**
     * Whether everything before another place is decided here.
     *
     * @return true also if both are the same
     */
    public boolean reaches(Position other) {
        return length >= other.length && version >= other.version;
    }

    /**
     * Everything that is decided at one of two places.
     *
     * @return the further of both, in each of the two numbers
     */
    public Position max(Position other) {
        return new Position(Math.max(length, other.length), Math.max(version, other.version));
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return version == 0 ? Long.toString(length) : length + " under membership " + version;
    }
}
