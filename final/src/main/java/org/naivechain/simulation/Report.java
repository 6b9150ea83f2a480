package org.naivechain.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a simulated run.
 *
 * @param plan what was simulated
 * @param time how much virtual time passed
 * @param messages how many frames were sent
 * @param blocks how many blocks the longest chain has
 * @param added how many adds were acknowledged
 * @param refused how many were refused, for certain
 * @param unknown how many ended without certainty
 * @param elections under how many ballots somebody wanted to propose
 * @param faults how many of each kind happened
 * @param violation which promise was broken, if one was
 * @param trace what led to that, if the run was traced
 */
public record Report(
        Plan plan,
        Duration time,
        long messages,
        long blocks,
        long added,
        long refused,
        long unknown,
        int elections,
        Map<Fault, Integer> faults,
        Optional<Violation> violation,
        List<String> trace) {
    /** Keeps copies. */
    public Report {
        faults = Map.copyOf(faults);
        trace = List.copyOf(trace);
    }
}
