package org.naivechain.simulation;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** How a simulated network agrees: which promises it makes, which faults it bears, and how fast it is. */
public enum Regime {
    /** By votes, in milliseconds. */
    VOTES(EnumSet.allOf(Fault.class), 1, Duration.ofSeconds(2)),
    /** By mined blocks, of which one comes every now and then; who belongs to the network, nobody decides. */
    WORK(
            EnumSet.of(
                    Fault.LOSS,
                    Fault.DELAY,
                    Fault.DUPLICATION,
                    Fault.REORDERING,
                    Fault.PARTITION,
                    Fault.CRASH,
                    Fault.PAUSE,
                    Fault.CLOCK,
                    Fault.JOIN,
                    Fault.DAMAGE,
                    Fault.DEAFNESS),
            40,
            Duration.ofMinutes(3)),
    /** By signed blocks, in the same way; the clocks must agree, as they say whose turn it is. */
    STAKE(
            EnumSet.complementOf(EnumSet.of(Fault.CLOCK, Fault.LEAVE, Fault.EVICTION, Fault.COPY, Fault.RESTORATION)),
            40,
            Duration.ofMinutes(3));

    private final Set<Fault> faults;
    private final int userPauses;
    private final Duration answer;

    Regime(Set<Fault> faults, int userPauses, Duration answer) {
        this.faults = faults;
        this.userPauses = userPauses;
        this.answer = answer;
    }

    Promises promises(List<Machine> machines, VoteHistory votes) {
        return this == VOTES ? new Invariants(machines, votes) : new SealedPromises(machines);
    }

    /** Those of some faults that such a network bears. */
    Set<Fault> among(Set<Fault> wanted) {
        Set<Fault> both = EnumSet.noneOf(Fault.class);
        both.addAll(wanted);
        both.retainAll(faults);
        return both;
    }

    /** How much longer a user pauses than where an add takes milliseconds. */
    int userPauses() {
        return userPauses;
    }

    /** Within what time a healthy network answers an add, at the most. */
    Duration answer() {
        return answer;
    }
}
