package org.naivechain.simulation;

import java.util.Arrays;
import java.util.Locale;

/** What happens to a network whose engines are compared. */
public enum Scenario {
    /** Nothing goes wrong; frames take up to 10 ms. */
    NONE,
    /** A tenth of all frames is lost. */
    LOSS,
    /** Frames take up to a second. */
    DELAY,
    /** Two fifths of the nodes are cut off from the others, for 10 s in every 20. */
    PARTITION,
    /** Two fifths of the nodes end without warning, and come back for the last quarter. */
    CRASH,
    /** Three fifths of the nodes are not heard any more, but for the last quarter. */
    SILENCE,
    /** An attacker with a share of the nodes, the hash rate, or the stake, goes on in secret, again and again. */
    ATTACK,
    /** The same with three fifths. */
    TAKEOVER,
    /**
     * With proof of stake: two nodes have the key of an attacker. They are on two sides of a partition again and again, so that the
     * key signs on both branches.
     */
    EQUIVOCATION;

    /**
     * {@return the scenario that {@link #toString()} writes like this}
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Scenario of(String name) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.toString().equals(name.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "a scenario must be one of " + Arrays.toString(values()) + ": " + name));
    }

    boolean isAttack() {
        return this == ATTACK || this == TAKEOVER;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
