package org.naivechain.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.naivechain.protocol.AddOutcome;

/**
 * One simulated run of a network with faults and with users at every node, all drawn from the plan's seed. The promises are
 * checked after every event, and again when all is healed. For one thread.
 */
public final class Trial {
    /** How long a healed network has to take data again, and to bring all nodes up to date. */
    private static final Duration HEALING = Duration.ofSeconds(15);

    /** How long after the last request a member may still be removed, or a node wait for an answer that was lost. */
    private static final Duration LAST_CHANGES = Duration.ofSeconds(10);

    private static final Set<Fault> COMING_AND_GOING =
            Set.of(Fault.JOIN, Fault.LEAVE, Fault.EVICTION, Fault.COPY, Fault.RESTORATION);

    /** The slow check of a node finds what is lost within two walks through the chain. */
    private static final int CHECKED_BLOCKS_PER_SECOND = 250;

    private static final Duration SLICE = Duration.ofSeconds(1);
    private static final int TRACE_LINES = 60;
    private static final Pattern HASH = Pattern.compile("\\b([0-9a-f]{8})[0-9a-f]{56}\\b");

    private final Plan plan;
    private final Consumer<Duration> progress;
    private final Simulation simulation;
    private final List<Machine> machines = new ArrayList<>();
    private final Regime regime;
    private final Promises promises;
    private final Users users;
    private final Faults faults;

    private Trial(Plan plan, Build build, boolean traced, Consumer<Duration> progress) {
        this.plan = plan;
        this.progress = progress;
        this.simulation = new Simulation(plan.seed(), build, traced);
        this.regime = build.regime();
        this.promises = regime.promises(machines, simulation.votes());
        for (int i = 0; i < plan.nodes(); i++) {
            machines.add(simulation.machine());
        }
        Random random = new Random(plan.seed() ^ 0x5DEECE66DL);
        this.users = new Users(machines, simulation.time(), new Random(random.nextLong()), regime.userPauses());
        this.faults = new Faults(
                regime.among(plan.faults()),
                machines,
                this::appear,
                promises::isMember,
                simulation,
                new Random(random.nextLong()));
    }

    private void appear(Machine machine) {
        machines.add(machine);
        users.begin(machine);
    }

    /**
     * Runs a plan.
     *
     * @param progress receives how much virtual time has passed, every second of it
     * @throws CancellationException if the thread is interrupted
     */
    public static Report run(Plan plan, Build build, Consumer<Duration> progress) {
        return new Trial(plan, build, false, progress).run();
    }

    /** Runs a plan with a trace, which takes longer; the report has the trace if a promise was broken. */
    public static Report runTraced(Plan plan, Build build) {
        return new Trial(plan, build, true, passed -> {}).run();
    }

    /**
     * {@return what happened about a block of a run, from the first event to the last, and not about others; nothing if the run has no
     * such block}
     */
    public static List<Trace.Event> history(Plan plan, Build build, long index) {
        Trial trial = new Trial(plan, build, true, passed -> {});
        trial.run();
        return trial.simulation.trace().historyOf(index).stream()
                .map(trial::shortened)
                .toList();
    }

    private Report run() {
        Simulation.start(machines);
        machines.forEach(users::begin);
        faults.begin();
        advance(plan.duration());
        users.end();
        faults.end();
        if (promises.broken().isEmpty()) {
            heal();
            checkThatTheNetworkTakesAdds();
            promises.checkAtTheEnd(users);
        }
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

    private void heal() {
        if (!Collections.disjoint(regime.among(plan.faults()), COMING_AND_GOING)) {
            advance(LAST_CHANGES);
            faults.bringHome();
            // An add without a certain outcome may be decided only now, when a majority is there again.
            advance(LAST_CHANGES.dividedBy(2));
            faults.bringHome();
        }
        if (regime.among(plan.faults()).contains(Fault.DAMAGE)) {
            advance(Duration.ofSeconds(2 * promises.length() / CHECKED_BLOCKS_PER_SECOND));
        }
        advance(HEALING);
    }

    /** Every node must take a new add, and tell of an earlier one what its user was told. */
    private void checkThatTheNetworkTakesAdds() {
        List<String> last = machines.stream().map(users::write).toList();
        Optional<Users.Acknowledged> told = users.acknowledged();
        Map<Machine, AddOutcome> again = new HashMap<>();
        told.ifPresent(add -> machines.forEach(
                machine -> machine.add(add.text(), Optional.of(add.key()), outcome -> again.put(machine, outcome))));
        Instant latest = simulation.time().now().plus(regime.answer());
        do {
            advance(SLICE);
        } while (promises.broken().isEmpty()
                && simulation.time().now().isBefore(latest)
                && (regime == Regime.VOTES
                        || last.stream().anyMatch(this::isMissing)
                        || told.isPresent() && again.size() < machines.size()));
        if (!promises.canDecide()) {
            return;
        }
        told.map(Users.Acknowledged::outcome)
                .ifPresent(outcome -> machines.stream()
                        .filter(machine -> !promises.isSameAnswer(outcome, Optional.ofNullable(again.get(machine))))
                        .forEach(machine -> promises.violate(machine + " was asked again for what was added, " + outcome
                                + ", and tells " + again.get(machine))));
        for (String text : last) {
            if (isMissing(text)) {
                promises.violate("\"" + text + "\" was not added within "
                        + regime.answer().toSeconds() + " s, although all had been well for " + HEALING.toSeconds()
                        + " s");
            }
        }
    }

    private boolean isMissing(String text) {
        return users.tallies().get(text).added() == 0;
    }

    private void advance(Duration duration) {
        VirtualTime time = simulation.time();
        Instant end = time.now().plus(duration);
        while (time.now().isBefore(end) && promises.broken().isEmpty()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("the simulation was interrupted");
            }
            Duration left = Duration.between(time.now(), end);
            time.advance(left.compareTo(SLICE) < 0 ? left : SLICE, promises::check);
            progress.accept(passed());
        }
    }

    private Duration passed() {
        return Duration.between(Instant.EPOCH, simulation.time().now());
    }

    private List<Trace.Event> readable(Violation violation) {
        Trace trace = simulation.trace();
        List<Trace.Event> events = violation.index().isPresent()
                ? trace.eventsAbout(violation.index().getAsLong())
                : trace.events();
        return events.subList(Math.max(0, events.size() - TRACE_LINES), events.size()).stream()
                .map(this::shortened)
                .toList();
    }

    /** Names instead of addresses and ids, and the first digits of hashes: enough to tell them apart. */
    private Trace.Event shortened(Trace.Event event) {
        String named = HASH.matcher(event.text()).replaceAll("$1");
        for (Machine machine : machines) {
            named = named.replace(machine.self().address().toString(), machine.toString())
                    .replace(machine.self().id().text(), machine.toString());
        }
        return new Trace.Event(event.at(), event.sent(), named);
    }
}
