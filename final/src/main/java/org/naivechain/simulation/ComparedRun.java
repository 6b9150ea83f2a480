package org.naivechain.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.Hash;
import org.naivechain.node.Consensus;
import org.naivechain.node.EngineFactory;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.PeerAddress;

/**
 * One engine in one scenario: a network of the very nodes in virtual time. At every node two users add texts, each a tenth of a second
 * after the last answer. What the nodes hold is watched from outside, after every event. For one thread.
 */
final class ComparedRun {
    private static final Duration LASTS = Duration.ofSeconds(60);
    private static final Duration ATTACKED = Duration.ofMinutes(20);
    private static final Duration FORMING = Duration.ofSeconds(5);
    private static final Duration CALM = Duration.ofSeconds(8);
    private static final Duration CUT = Duration.ofSeconds(10);
    private static final Duration THINKING = Duration.ofMillis(100);
    /** A user whose node is down, or says nothing, tries again. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration EVERY_SECOND = Duration.ofSeconds(1);
    private static final int USERS = 2;
    private static final int HASHES_PER_SECOND = 400;
    private static final long STAKE = 1_000;
    /** An attacker that is so far behind has no hope. */
    private static final int HOPELESS = 12;

    private static final int LOST_PERCENT = 10;
    static final double MOST = 0.6;

    private final Consensus engine;
    private final Scenario scenario;
    private final int confirmations = Build.MINERS.confirmations();
    private final Duration lasts;
    private final Simulation simulation;
    private final VirtualTime time;
    private final List<Machine> machines = new ArrayList<>();
    private final List<ChainWatch> watches = new ArrayList<>();
    private final int others;
    private final Optional<VirtualMiners> miners;

    private final List<Duration> answers = new ArrayList<>();
    private final List<Block> answered = new ArrayList<>();
    private final Map<Long, Set<Hash>> seen = new HashMap<>();
    private int deepest;
    private long texts;
    private long messagesBefore;
    private int blocksBefore;
    private Optional<Instant> expelled = Optional.empty();

    private int attempts;
    private int successes;
    private boolean racing;
    private long fork;
    private Instant calmUntil = Instant.MAX;

    ComparedRun(Consensus engine, Scenario scenario, int nodes, long seed, double share) {
        double part = scenario == Scenario.TAKEOVER ? MOST : share;
        int group = scenario == Scenario.EQUIVOCATION ? 2 : (int) Math.ceil(nodes * part);
        this.engine = engine;
        this.scenario = scenario;
        this.others = nodes - Math.min(nodes - 1, group);
        this.lasts = scenario.isAttack() && engine.isSealed() ? ATTACKED : LASTS;
        boolean unequal = scenario.isAttack() || scenario == Scenario.EQUIVOCATION;
        List<Double> shares = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            double own = i < others ? (1 - part) / others : part / (nodes - others);
            shares.add(unequal ? own : 1.0 / nodes);
        }
        this.miners = engine == Consensus.WORK
                ? Optional.of(new VirtualMiners(shares.stream()
                        .map(own -> (int) Math.round(own * HASHES_PER_SECOND))
                        .toList()))
                : Optional.empty();
        this.simulation = new Simulation(seed, build(shares, part), false);
        this.time = simulation.time();
        for (int i = 0; i < nodes; i++) {
            machines.add(simulation.machine());
            watches.add(new ChainWatch(machines.get(i)));
        }
    }

    private Build build(List<Double> shares, double part) {
        EngineFactory sealing = miners.<EngineFactory>map(all -> all).orElseGet(() -> holders(shares, part));
        return switch (engine) {
            case WORK -> Build.sealing(sealing, sealing);
            case STAKE -> Build.staking(sealing, sealing);
            default -> Build.of(engine);
        };
    }

    private VirtualHolders holders(List<Double> shares, double part) {
        List<Long> amounts = new ArrayList<>(
                shares.stream().map(own -> Math.round(own * STAKE)).toList());
        boolean twice = scenario == Scenario.EQUIVOCATION;
        if (twice) {
            amounts.remove(amounts.size() - 1);
            amounts.set(amounts.size() - 1, Math.round(part * STAKE));
        }
        return new VirtualHolders(amounts, twice);
    }

    private List<PeerAddress> addresses(int from, int to) {
        return machines.subList(from, to).stream()
                .map(machine -> machine.self().address())
                .toList();
    }

    /** {@return whether the machine is one of those whose users count} */
    private boolean isHonest(int machine) {
        return machine < others || !scenario.isAttack();
    }

    Comparison.Row run() {
        Simulation.start(machines);
        time.advance(FORMING, this::watch);
        messagesBefore = simulation.network().messages();
        blocksBefore = best(0, others).chain().size();
        seen.clear();
        for (int i = 0; i < machines.size(); i++) {
            for (int user = 0; user < (isHonest(i) ? USERS : 1); user++) {
                add(i);
            }
        }
        happen();
        time.advance(lasts, this::watch);
        return row();
    }

    private void add(int machine) {
        boolean[] over = new boolean[1];
        Instant asked = time.now();
        Runnable again = () -> {
            if (!over[0]) {
                over[0] = true;
                time.after(THINKING, () -> add(machine));
            }
        };
        machines.get(machine).add("text " + ++texts, Optional.empty(), outcome -> {
            if (!over[0] && isHonest(machine) && outcome instanceof AddOutcome.Added added) {
                answers.add(Duration.between(asked, time.now()));
                answered.add(added.block());
            }
            again.run();
        });
        time.after(PATIENCE, again);
    }

    private void happen() {
        VirtualNetwork network = simulation.network();
        Duration quarter = lasts.dividedBy(4);
        switch (scenario) {
            case NONE -> {}
            case LOSS -> network.setConditions(NetworkConditions.FAIR.withLoss(LOST_PERCENT));
            case DELAY -> network.setConditions(NetworkConditions.FAIR.withDelay((int) Comparison.SLOW.toMillis()));
            case PARTITION, EQUIVOCATION -> partAndMeet();
            case CRASH -> {
                List<Machine> two = machines.subList(machines.size() * 3 / 5, machines.size());
                two.forEach(Machine::crash);
                time.after(quarter.multipliedBy(3), () -> two.forEach(Machine::start));
            }
            case SILENCE -> {
                List<PeerAddress> three = addresses(machines.size() * 2 / 5, machines.size());
                three.forEach(network::cutOff);
                time.after(quarter.multipliedBy(3), () -> three.forEach(network::heal));
            }
            case ATTACK, TAKEOVER -> {
                if (engine.isSealed()) {
                    calmUntil = time.now();
                } else {
                    partAndMeet();
                }
            }
        }
    }

    /** Those that are cut off are two fifths, or the attacker's; of the two nodes with one key, one. */
    private void partAndMeet() {
        int border = scenario.isAttack() ? others : machines.size() * 3 / 5;
        cut(scenario == Scenario.EQUIVOCATION ? machines.size() - 1 : border);
        time.after(CUT, simulation.network()::mend);
        time.after(CUT.multipliedBy(2), this::partAndMeet);
    }

    private void cut(int border) {
        List<PeerAddress> here = addresses(0, border);
        List<PeerAddress> there = addresses(border, machines.size());
        simulation.network().cut(here, there);
        simulation.network().cut(there, here);
    }

    /** After every event. */
    private void watch() {
        boolean changed = false;
        for (int i = 0; i < watches.size(); i++) {
            ChainWatch.Change change = watches.get(i).look();
            changed |= !change.gained().isEmpty();
            if (isHonest(i)) {
                deepest = Math.max(deepest, change.givenUp());
                change.gained().forEach(this::note);
            }
        }
        if (changed && racing) {
            race();
        } else if (!racing && time.now().isAfter(calmUntil)) {
            racing = true;
            fork = best(0, others).chain().size();
            cut(others);
        }
    }

    private void note(Block block) {
        seen.computeIfAbsent(block.index(), index -> new HashSet<>()).add(block.hash());
        if (expelled.isEmpty() && block.data().literal().startsWith("\"equivocation ")) {
            expelled = Optional.of(time.now());
        }
    }

    private ChainWatch best(int from, int to) {
        return Collections.max(
                watches.subList(from, to), (one, other) -> one.weight().compareTo(other.weight()));
    }

    /** The attacker waits until somebody relies on the first block after the fork, and shows a branch that weighs more, if it can. */
    private void race() {
        ChainWatch honest = best(0, others);
        ChainWatch secret = best(others, machines.size());
        if (honest.chain().size() < fork + 1 + confirmations) {
            return;
        }
        boolean ahead = secret.weight().compareTo(honest.weight()) > 0;
        if (ahead || honest.chain().size() - secret.chain().size() >= HOPELESS) {
            attempts++;
            successes += ahead ? 1 : 0;
            racing = false;
            calmUntil = time.now().plus(CALM);
            simulation.network().mend();
        }
    }

    private Comparison.Row row() {
        List<Block> chain = best(0, others).chain();
        long undone = answered.stream()
                .filter(block -> block.index() >= chain.size()
                        || !chain.get((int) block.index()).hash().equals(block.hash()))
                .count();
        Collections.sort(answers);
        double seconds = (double) lasts.toMillis() / EVERY_SECOND.toMillis();
        int adds = answers.size();
        return new Comparison.Row(
                engine,
                scenario,
                adds,
                seconds,
                adds == 0 ? Optional.empty() : Optional.of(answers.get(adds / 2)),
                undone,
                seen.values().stream().mapToInt(some -> some.size() - 1).sum(),
                deepest,
                chain.size() - blocksBefore,
                simulation.network().messages() - messagesBefore,
                miners.map(VirtualMiners::attempts).orElse(0L),
                attempts,
                successes,
                expelled.map(at -> Duration.between(Instant.EPOCH, at)));
    }
}
