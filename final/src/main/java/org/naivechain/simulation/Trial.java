package org.naivechain.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.naivechain.protocol.AddOutcome;

/**
 * One simulated run of a network with writers at every node and faults, all drawn from the plan's seed: the promises are
 * checked after every event, and again when all is healed. For one thread.
 */
public final class Trial {
    /** How long a healed network has to take data again, and to bring all nodes up to date. */
    private static final Duration HEALING = Duration.ofSeconds(15);

    /** How long after the last request somebody may still be removed, or wait for an answer that was lost. */
    private static final Duration LAST_CHANGES = Duration.ofSeconds(10);

    private static final Set<Fault> COMING_AND_GOING =
            Set.of(Fault.JOIN, Fault.LEAVE, Fault.EVICTION, Fault.COPY, Fault.RESTORATION);

    /** The slow check of a node finds what is lost within two walks through the chain. */
    private static final int CHECKED_BLOCKS_PER_SECOND = 250;

    private static final Duration SLICE = Duration.ofSeconds(1);
    private static final int TRACE_LINES = 60;
    private static final Pattern HASH = Pattern.compile("\\b([0-9a-f]{8})[0-9a-f]{56}\\b");

    private final Plan plan;
    private final Simulation simulation;
    private final List<Machine> machines = new ArrayList<>();
    private final Invariants promises;
    private final Users users;
    private final Faults faults;

    private Trial(Plan plan, Build build, boolean traced) {
        this.plan = plan;
        this.simulation = new Simulation(plan.seed(), build, traced);
        this.promises = new Invariants(machines, simulation.votes());
        for (int i = 0; i < plan.nodes(); i++) {
            machines.add(simulation.machine());
        }
        Random random = new Random(plan.seed() ^ 0x5DEECE66DL);
        this.users = new Users(machines, simulation.time(), new Random(random.nextLong()));
        this.faults = new Faults(
                plan.faults(), machines, this::appear, promises::isMember, simulation, new Random(random.nextLong()));
    }

    private void appear(Machine machine) {
        machines.add(machine);
        users.begin(machine);
    }

    /**
     * Simulates.
     *
     * @param plan what to simulate
     * @param build which nodes run
     * @param progress told how much virtual time has passed, every second of it
     * @return what came of it
     */
    public static Report run(Plan plan, Build build, Consumer<Duration> progress) {
        return new Trial(plan, build, false).run(progress);
    }

    /**
     * Simulates, and notes what happens, which takes longer.
     *
     * @param plan what to simulate
     * @param build which nodes run
     * @return what came of it, with a trace if a promise was broken
     */
    public static Report runTraced(Plan plan, Build build) {
        return new Trial(plan, build, true).run(passed -> {});
    }

    private Report run(Consumer<Duration> progress) {
        for (Machine machine : machines) {
            machine.knows(machines.stream()
                    .filter(other -> other != machine)
                    .map(Machine::self)
                    .toList());
        }
        machines.forEach(Machine::start);
        users.begin();
        faults.begin();
        advance(plan.duration(), progress);
        users.end();
        faults.end();
        if (promises.broken().isEmpty()) {
            heal(progress);
        }
        return report();
    }

    private void heal(Consumer<Duration> progress) {
        if (!Collections.disjoint(plan.faults(), COMING_AND_GOING)) {
            advance(LAST_CHANGES, progress);
            faults.bringHome();
            // What somebody was told may still be decided is decided when a majority is there again: perhaps only now.
            advance(LAST_CHANGES.dividedBy(2), progress);
            faults.bringHome();
        }
        if (plan.faults().contains(Fault.DAMAGE)) {
            advance(Duration.ofSeconds(2 * promises.length() / CHECKED_BLOCKS_PER_SECOND), progress);
        }
        advance(HEALING, progress);
        List<String> last = new ArrayList<>();
        machines.forEach(machine -> last.add(users.write(machine)));
        Optional<AddOutcome> told = users.acknowledged();
        Map<Machine, AddOutcome> again = users.askAgain();
        advance(SLICE.multipliedBy(2), progress);
        if (told.isPresent() && promises.canDecide()) {
            machines.stream()
                    .filter(machine -> !told.get().equals(again.get(machine)))
                    .forEach(machine -> promises.violate(Violation.of(machine + " was asked again for what was added, "
                            + told.get() + ", and tells " + again.get(machine))));
        }
        for (String text : last) {
            if (promises.canDecide() && users.tallies().get(text).added() == 0) {
                promises.violate(Violation.of("\"" + text
                        + "\" was not added within 2 s, although all had been well for " + HEALING.toSeconds() + " s"));
            }
        }
        promises.checkAtTheEnd(users);
    }

    private void advance(Duration duration, Consumer<Duration> progress) {
        Instant end = simulation.time().now().plus(duration);
        while (simulation.time().now().isBefore(end) && promises.broken().isEmpty()) {
            Duration left = Duration.between(simulation.time().now(), end);
            simulation.time().advance(left.compareTo(SLICE) < 0 ? left : SLICE, promises::check);
            progress.accept(passed());
        }
    }

    private Duration passed() {
        return Duration.between(Instant.EPOCH, simulation.time().now());
    }

    private Report report() {
        return new Report(
                plan,
                passed(),
                simulation.network().messages(),
                promises.length(),
                users.added(),
                users.refused(),
                users.unknown(),
                simulation.network().elections(),
                faults.happened(),
                promises.broken(),
                promises.broken().map(this::readable).orElse(List.of()));
    }

    private List<String> readable(Violation violation) {
        Trace trace = simulation.log();
        List<String> lines = violation.index().isPresent()
                ? trace.linesAbout(violation.index().getAsLong())
                : trace.lines();
        return lines.subList(Math.max(0, lines.size() - TRACE_LINES), lines.size()).stream()
                .map(this::shortened)
                .toList();
    }

    /** Names for addresses, and the first digits of hashes and ids: enough to tell them apart. */
    private String shortened(String line) {
        String named = HASH.matcher(line).replaceAll("$1");
        for (Machine machine : machines) {
            named = named.replace(machine.self().address().toString(), machine.toString())
                    .replace(machine.self().id().text(), machine.toString());
        }
        return named;
    }
}
