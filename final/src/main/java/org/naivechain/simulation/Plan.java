package org.naivechain.simulation;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

/**
 * What to simulate. The same plan gives the same run, to the message.
 *
 * @param nodes the size of the network at first
 * @param seed the source of all chance
 * @param duration how long faults happen and users write; after that the network has time to heal
 * @param faults what can go wrong
 */
public record Plan(int nodes, long seed, Duration duration, Set<Fault> faults) {
    /** The most nodes of a simulated network. */
    public static final int MAX_NODES = 50;

    /** Throws an IllegalArgumentException if a number is out of range. */
    public Plan {
        if (nodes < 2 || nodes > MAX_NODES) {
            throw new IllegalArgumentException("a simulated network has 2 to " + MAX_NODES + " nodes: " + nodes);
        }
        if (duration.isNegative() || duration.isZero() || duration.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "a simulation takes 1 second to 1440 minutes: " + duration.toSeconds() + " s");
        }
        faults = Set.copyOf(faults);
    }

    /**
     * {@return a short run whose network and faults depend on the seed} Of five seeds one has every fault; one has only
     * crashes, which leave the most time between them for rare events; one has members that come and go while frames are
     * lost; one has late members, so that two take themselves for the proposer; and one has a random choice.
     */
    public static Plan of(long seed) {
        Random random = new Random(seed);
        int nodes = 3 + random.nextInt(3);
        Set<Fault> faults = EnumSet.allOf(Fault.class);
        switch ((int) Math.floorMod(seed, 5L)) {
            case 0 -> {}
            case 1 -> faults = EnumSet.of(Fault.CRASH);
            case 2 ->
                faults = EnumSet.of(Fault.JOIN, Fault.LEAVE, Fault.EVICTION, Fault.PARTITION, Fault.LOSS, Fault.CRASH);
            case 3 -> faults = EnumSet.of(Fault.CLOCK, Fault.PARTITION, Fault.DELAY, Fault.PAUSE);
            default -> faults.removeIf(fault -> random.nextBoolean());
        }
        return new Plan(nodes, seed, Duration.ofSeconds(20), faults);
    }
}
