package org.naivechain.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of a simulated run.
 *
 * @param time the virtual time that passed
 * @param messages frames sent, the lost ones included
 * @param blocks the length of the longest chain
 * @param added acknowledged adds
 * @param refused adds that were refused, for certain
 * @param unknown adds that ended without certainty
 * @param elections ballots under which a node wanted to propose
 * @param trace what led to the violation, if the run was traced
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
        List<Trace.Event> trace) {
    /** Keeps copies. */
    public Report {
        faults = Map.copyOf(faults);
        trace = List.copyOf(trace);
    }
}
