package org.naivechain.consensus.majority;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;
import org.naivechain.protocol.PeerId;

/**
 * The number of an attempt to decide (Lamport's "proposal number"). Ballots are ordered, and no two members ever use the same
 * one, because each carries the id of the member that uses it.
 *
 * @param round what is raised to outbid others, not negative
 */
public record Ballot(
        @JsonProperty(value = "round", required = true) long round,
        @JsonProperty(value = "proposer", required = true) PeerId proposer)
        implements Comparable<Ballot> {
    /** Lower than every ballot that is used: what a member has promised that has promised nothing yet. */
    public static final Ballot NONE = new Ballot(0, new PeerId("-"));

    /** A member that names a round beyond this wants to leave no higher ones to others. */
    private static final long MAX_ROUND = Long.MAX_VALUE / 2;

    private static final Comparator<Ballot> ORDER = Comparator.comparingLong(Ballot::round)
            .thenComparing(ballot -> ballot.proposer().text());

    /**
     * Takes a ballot that a member named.
     *
     * @throws IllegalArgumentException if the round is out of range
     */
    public Ballot {
        if (round < 0 || round > MAX_ROUND) {
            throw new IllegalArgumentException("a round must be 0 to " + MAX_ROUND + ": round=" + round);
        }
    }

    /** {@return the ballot of a member in the next round, which outbids this one} */
    public Ballot next(PeerId by) {
        return new Ballot(round + 1, by);
    }

    @Override
    public int compareTo(Ballot other) {
        return ORDER.compare(this, other);
    }

    /** {@return whether this ballot is higher; false also if both are equal} */
    public boolean outbids(Ballot other) {
        return compareTo(other) > 0;
    }

    Ballot max(Ballot other) {
        return other.outbids(this) ? other : this;
    }

    @Override
    public String toString() {
        return round + " of " + proposer;
    }
}
