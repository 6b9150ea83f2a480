package org.naivechain.simulation;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Looks for a smaller plan that also breaks a promise, because fewer faults in less time are easier to understand. */
public final class Shrinking {
    private Shrinking() {}

    /**
     * {@return the smallest run found that still breaks a promise, traced: it leaves out faults and time; it may have the
     * same plan}
     *
     * @param found a run that broke a promise
     */
    public static Report smallest(Report found, Build build) {
        Plan smallest = found.plan();
        Optional<Plan> smaller = Optional.of(smallest);
        while (smaller.isPresent()) {
            smallest = smaller.get();
            smaller = smallerThan(smallest)
                    .filter(plan ->
                            Trial.run(plan, build, passed -> {}).violation().isPresent())
                    .findFirst();
        }
        return Trial.runTraced(smallest, build);
    }

    private static Stream<Plan> smallerThan(Plan plan) {
        // In whole seconds, in which the command that replays it counts.
        Duration half = Duration.ofSeconds(plan.duration().toSeconds() / 2);
        Stream<Plan> shorter = Stream.of(half)
                .filter(duration -> !duration.isZero())
                .map(duration -> new Plan(plan.nodes(), plan.seed(), duration, plan.faults()));
        Stream<Plan> calmer = plan.faults().stream().sorted().map(fault -> {
            Set<Fault> fewer = new HashSet<>(plan.faults());
            fewer.remove(fault);
            return new Plan(plan.nodes(), plan.seed(), plan.duration(), fewer);
        });
        return Stream.concat(shorter, calmer);
    }
}
