package org.naivechain.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.naivechain.consensus.majority.Broken;

class TrialTest {
    /** More with {@code -Dseeds}, as the gate does. */
    private static final int SEEDS = Integer.getInteger("seeds", 200);

    private static final int SEEDS_TO_BE_CAUGHT_IN = 200;

    @Test
    void theMajorityVoteKeepsEveryPromiseUnderEveryFault() {
        List<Report> reports = LongStream.range(0, SEEDS)
                .parallel()
                .mapToObj(seed -> run(Plan.of(seed), Build.MAJORITY))
                .toList();

        assertThat(reports)
                .allSatisfy(report ->
                        assertThat(report.violation()).as("%s", report).isEmpty());
        // A network that takes nothing breaks no promise; and faults that never happen prove nothing.
        assertThat(reports).allMatch(report -> report.added() > 0);
        assertThat(reports).extracting(Report::added).anyMatch(added -> added > 500);
        assertThat(reports.stream()
                        .flatMap(report -> report.faults().keySet().stream())
                        .distinct())
                .containsExactlyInAnyOrder(Fault.values());
    }

    @ParameterizedTest
    @EnumSource
    void whatIsBrokenOnPurposeIsCaught(Broken broken) {
        // Where little else goes wrong, what is rare comes to pass soonest.
        Stream<Plan> plans = LongStream.range(broken.seed(), broken.seed() + SEEDS_TO_BE_CAUGHT_IN)
                .mapToObj(seed -> new Plan(3 + (int) (seed % 3), seed, Duration.ofSeconds(20), broken.faults()));
        Optional<Report> caught = firstViolation(broken.build(), plans);

        assertThat(caught).as("%s", broken).isPresent();
    }

    @Test
    void theNaiveVoteIsCaughtWithinAFewSeeds() {
        assertThat(firstViolation(Build.NAIVE, 5)).isPresent();
    }

    @Test
    void theNaiveVoteForksWithoutAnyFault() {
        Report report = run(new Plan(3, 1, Duration.ofMinutes(1), Set.of()), Build.NAIVE);

        assertThat(report.violation())
                .hasValueSatisfying(
                        violation -> assertThat(violation.what()).startsWith("two different blocks at index"));
    }

    @Test
    void withoutFaultsEveryAddIsAcknowledged() {
        Report report = run(new Plan(5, 1, Duration.ofMinutes(1), Set.of()), Build.MAJORITY);

        assertThat(report.violation()).isEmpty();
        assertThat(report.added()).isGreaterThan(1_000);
        assertThat(report.refused() + report.unknown()).isZero();
        assertThat(report.blocks()).isEqualTo(report.added() + 1);
        assertThat(report.elections()).isBetween(1, 10);
    }

    @Test
    void theSamePlanGivesTheSameRunWhetherOrNotItIsTraced() {
        Plan plan = Plan.of(7);

        Report report = run(plan, Build.MAJORITY);

        assertThat(report).isEqualTo(Trial.runTraced(plan, Build.MAJORITY));
        assertThat(report).isNotEqualTo(run(Plan.of(10), Build.MAJORITY));
    }

    @Test
    void aViolationComesWithATraceThatTellsHowItCameToBe() {
        Report found = firstViolation(Broken.QUORUM_OFF_BY_ONE.build(), SEEDS_TO_BE_CAUGHT_IN)
                .orElseThrow();

        Report replayed = Trial.runTraced(found.plan(), Broken.QUORUM_OFF_BY_ONE.build());

        assertThat(replayed.violation()).isEqualTo(found.violation());
        assertThat(replayed.trace()).isNotEmpty().hasSizeLessThanOrEqualTo(60);
    }

    @Test
    void onlyTheFaultsOfThePlanHappen() {
        Report report = run(new Plan(3, 1, Duration.ofMinutes(1), EnumSet.of(Fault.CRASH, Fault.LOSS)), Build.MAJORITY);

        assertThat(report.faults()).containsOnlyKeys(Fault.CRASH, Fault.LOSS);
    }

    private static Optional<Report> firstViolation(Build build, int seeds) {
        return firstViolation(build, LongStream.range(0, seeds).mapToObj(Plan::of));
    }

    private static Optional<Report> firstViolation(Build build, Stream<Plan> plans) {
        return plans.map(plan -> run(plan, build))
                .filter(report -> report.violation().isPresent())
                .findFirst();
    }

    private static Report run(Plan plan, Build build) {
        return Trial.run(plan, build, passed -> {});
    }
}
