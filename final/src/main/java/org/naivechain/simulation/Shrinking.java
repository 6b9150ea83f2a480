package org.naivechain.simulation;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Looks for a smaller plan that breaks a promise too, because fewer faults in less time are easier to understand. */
public final class Shrinking {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private Shrinking() {}

    /**
     * Leaves out faults and time for as long as a promise is still broken.
     *
     * @param found a run that broke a promise
     * @param build which nodes run
     * @return the smallest run that was found, traced; it may be the same
     */
    public static Report smallest(Report found, Build build) {
        Report smallest = found;
        Optional<Report> smaller = Optional.of(found);
        while (smaller.isPresent()) {
            smallest = smaller.get();
            smaller = smallerThan(smallest.plan(), build);
        }
        return Trial.runTraced(smallest.plan(), build);
    }

    private static Optional<Report> smallerThan(Plan plan, Build build) {
        // In whole seconds, in which the command that replays it counts.
        Duration half = Duration.ofSeconds(plan.duration().toSeconds() / 2);
        if (half.compareTo(SHORTEST) >= 0) {
            Optional<Report> shorter = broken(new Plan(plan.nodes(), plan.seed(), half, plan.faults()), build);
            if (shorter.isPresent()) {
                return shorter;
            }
        }
        for (Fault fault : plan.faults().stream().sorted().toList()) {
            Set<Fault> fewer = new HashSet<>(plan.faults());
            fewer.remove(fault);
            Optional<Report> calmer = broken(new Plan(plan.nodes(), plan.seed(), plan.duration(), fewer), build);
            if (calmer.isPresent()) {
                return calmer;
            }
        }
        return Optional.empty();
    }

    private static Optional<Report> broken(Plan plan, Build build) {
        Report report = Trial.run(plan, build, passed -> {});
        return report.violation().map(violation -> report);
    }
}
