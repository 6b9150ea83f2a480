package org.naivechain.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.naivechain.consensus.majority.BallotCommand;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;

/** Causes faults at random moments; each fault ends by itself. For one thread. */
final class Faults {
    /** Between two faults of one kind; with more kinds there are more faults. */
    private static final int MAX_PAUSE_MILLIS = 2_400;

    private static final int MAX_KINDS_AT_ONCE = 4;
    private static final int MAX_LASTS_MILLIS = 6_000;
    private static final int MAX_DELAY_MILLIS = 500;
    /** Longer than members wait for a proposer: its frames arrive when they have promised another to vote for it. */
    private static final int LATE_MILLIS = 3_000;

    private static final int MAX_PERCENT = 40;
    private static final int MAX_CLOCK_FACTOR = 5;
    private static final int MAX_JOINS = 3;
    private static final int SOON_MILLIS = 500;

    private final Map<Fault, Integer> happened = new EnumMap<>(Fault.class);
    private final List<Fault> kinds;
    private final List<Machine> machines;
    private final Consumer<Machine> appear;
    private final Predicate<Peer> members;
    private final Simulation simulation;
    private final VirtualNetwork network;
    private final Trace trace;
    private final RandomGenerator random;
    private Optional<Copied> copied = Optional.empty();
    /** Not both: two machines might lose the only copies of a block. */
    private boolean restored;

    private boolean damaged;
    private int joined;
    private boolean over;

    /** A machine and another with a copy of its disk. */
    private record Copied(Machine original, Machine twin) {}

    /**
     * Faults of some kinds.
     *
     * @param appear puts a new machine among the others
     * @param members tells who is a member by the last decision
     */
    Faults(
            Set<Fault> kinds,
            List<Machine> machines,
            Consumer<Machine> appear,
            Predicate<Peer> members,
            Simulation simulation,
            RandomGenerator random) {
        this.kinds = kinds.stream().sorted().toList();
        this.machines = machines;
        this.appear = appear;
        this.members = members;
        this.simulation = simulation;
        this.network = simulation.network();
        this.trace = simulation.trace();
        this.random = random;
    }

    Map<Fault, Integer> happened() {
        return happened;
    }

    void begin() {
        if (!kinds.isEmpty()) {
            nextLater();
        }
    }

    /** Ends all faults, and starts all machines that are down. */
    void end() {
        over = true;
        network.mend();
        machines.forEach(machine -> network.undeafen(machine.self().address()));
        network.setConditions(NetworkConditions.FAIR);
        endCopy();
        trace.note(() -> "all faults end");
        for (Machine machine : machines) {
            machine.setClockSpeed(1);
            machine.stay();
            machine.resume();
            startIfDown(machine);
        }
    }

    /** Restarts the machines that were removed or have not got in, which makes them join a member. */
    void bringHome() {
        endCopy();
        Optional<Machine> member = machines.stream().filter(Machine::isMember).findFirst();
        machines.stream().filter(machine -> !machine.isMember()).forEach(machine -> {
            member.ifPresent(known -> machine.joinsThrough(known.self().address()));
            restart(machine);
        });
    }

    /** Ends one of the two machines for good: the one that is not a member. */
    private void endCopy() {
        copied.ifPresent(both -> {
            boolean hasMoved = members.test(both.twin.self()) && !members.test(both.original.self());
            Machine stays = hasMoved ? both.twin : both.original;
            Machine goes = hasMoved ? both.original : both.twin;
            if (goes.isUp()) {
                goes.crash();
            }
            machines.remove(goes);
            if (!machines.contains(stays)) {
                machines.add(stays);
                stays.start();
            }
        });
    }

    private void next() {
        Fault fault = kinds.get(random.nextInt(kinds.size()));
        happened.merge(fault, 1, Integer::sum);
        happen(fault);
        nextLater();
    }

    private void happen(Fault fault) {
        switch (fault) {
            case LOSS -> worsen(NetworkConditions::withLoss, 1 + random.nextInt(MAX_PERCENT), 0);
            case DELAY ->
                worsen(
                        NetworkConditions::withDelay,
                        1 + random.nextInt(random.nextBoolean() ? MAX_DELAY_MILLIS : LATE_MILLIS),
                        NetworkConditions.FAIR.maxDelayMillis());
            case DUPLICATION -> worsen(NetworkConditions::withDuplicates, 1 + random.nextInt(MAX_PERCENT), 0);
            case REORDERING -> worsen(NetworkConditions::withOrder, false, true);
            case PARTITION -> partition(victim());
            case CRASH -> crash(victim());
            case PAUSE -> pause(victim());
            case CLOCK -> misleadClock(victim());
            case JOIN -> join(any());
            case LEAVE -> leave(victim());
            case EVICTION -> evict(any(), victim());
            case DAMAGE -> damage(machines.get(0));
            case DEAFNESS -> deafen(victim());
            case COPY -> copy(victim());
            case RESTORATION -> restore(victim());
            default -> throw new IllegalStateException("nothing causes " + fault);
        }
    }

    /** Half of the time the proposer: what happens to it matters most. */
    private Machine victim() {
        List<Machine> proposers = machines.stream().filter(Machine::isProposer).toList();
        return proposers.isEmpty() || random.nextBoolean() ? any() : proposers.get(random.nextInt(proposers.size()));
    }

    private Machine any() {
        return machines.get(random.nextInt(machines.size()));
    }

    private <T> void worsen(BiFunction<NetworkConditions, T, NetworkConditions> part, T bad, T fair) {
        change(part.apply(network.conditions(), bad));
        endLater(() -> change(part.apply(network.conditions(), fair)));
    }

    private void change(NetworkConditions conditions) {
        network.setConditions(conditions);
        trace.note(() -> "the network changes: " + conditions);
    }

    private void partition(Machine first) {
        List<PeerAddress> one = new ArrayList<>(List.of(first.self().address()));
        List<PeerAddress> other = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            // Two that do not hear each other, and others that hear both.
            other.add(any().self().address());
        } else {
            boolean isAlone = random.nextBoolean();
            machines.stream()
                    .filter(machine -> machine != first)
                    .forEach(machine -> (isAlone || random.nextBoolean() ? other : one)
                            .add(machine.self().address()));
        }
        part(one, other);
        if (random.nextInt(4) > 0) {
            part(other, one);
        }
        endLater(() -> {
            trace.note(() -> "all hear each other again");
            network.mend();
        });
    }

    private void part(List<PeerAddress> from, List<PeerAddress> to) {
        if (random.nextBoolean()) {
            trace.note(() -> to + " do not hear " + from);
            network.cut(from, to);
        } else {
            trace.note(() -> to + " do not hear " + from + "; what they say arrives when that ends");
            network.hold(from, to);
        }
    }

    private void crash(Machine victim) {
        if (victim.isUp()) {
            victim.crash();
            endLater(() -> startIfDown(victim));
        }
    }

    private void pause(Machine victim) {
        if (victim.isActive()) {
            victim.pause();
            endLater(victim::resume);
        }
    }

    /** Always the same machine, and only if another has all that it has: a block that no machine has cannot be repaired. */
    private void damage(Machine machine) {
        boolean kept = machines.stream()
                .anyMatch(other -> other != machine && other.disk().holdsAllOf(machine.disk()));
        if (kept && !restored) {
            damaged = true;
            machine.damage();
        }
    }

    private void misleadClock(Machine machine) {
        double factor = 2 + random.nextInt(MAX_CLOCK_FACTOR - 1);
        machine.setClockSpeed(random.nextBoolean() ? factor : 1 / factor);
        endLater(() -> machine.setClockSpeed(1));
    }

    private void join(Machine member) {
        if (joined < MAX_JOINS) {
            joined++;
            Machine fresh = simulation.machine();
            startAsNewcomer(fresh, member);
            if (random.nextInt(4) == 0) {
                // Perhaps before it is a member, or while it becomes one.
                simulation.time().after(Duration.ofMillis(random.nextInt(SOON_MILLIS)), () -> leave(fresh));
            }
        }
    }

    private void startAsNewcomer(Machine machine, Machine member) {
        machine.joinsThrough(member.self().address());
        appear.accept(machine);
        machine.start();
    }

    private void deafen(Machine victim) {
        PeerAddress address = victim.self().address();
        trace.note(() -> victim + " cannot be called");
        network.deafen(address);
        endLater(() -> {
            trace.note(() -> victim + " can be called again");
            network.undeafen(address);
        });
    }

    /** Once in a run: each copy costs the network a member for good, and it can lose only a few. */
    private void copy(Machine victim) {
        if (copied.isEmpty() && members.test(victim.self())) {
            Machine twin = simulation.copy(victim, random.nextBoolean());
            trace.note(() -> "the disk of " + victim + " is copied to " + twin);
            copied = Optional.of(new Copied(victim, twin));
            startAsNewcomer(twin, any());
        }
    }

    /** Once, too: with its disk a machine forgets how far others were, so that of two machines no other might know. */
    private void restore(Machine victim) {
        victim.disk().backUp();
        endLater(() -> {
            boolean known = machines.stream()
                    .filter(other -> other != victim)
                    .allMatch(other -> victim.disk()
                            .backupPosition()
                            .filter(position -> !position.reaches(
                                    other.disk().seen(victim.self().id())))
                            .isPresent());
            if (known && !restored && !damaged) {
                restored = true;
                victim.restore();
            }
        });
    }

    private void leave(Machine machine) {
        if (machine.isActive()) {
            machine.leave();
            endLater(() -> restart(machine));
        }
    }

    private void evict(Machine by, Machine victim) {
        by.evict(victim.self());
        endLater(() -> restart(victim));
    }

    private static void restart(Machine machine) {
        if (machine.isActive()) {
            machine.crash();
        }
        startIfDown(machine);
    }

    private static void startIfDown(Machine machine) {
        if (!machine.isUp()) {
            machine.start();
        }
    }

    /** The next fault comes after a while or, if chance says so, just after a promise or a vote. */
    private void nextLater() {
        Runnable once = later(MAX_PAUSE_MILLIS / Math.min(kinds.size(), MAX_KINDS_AT_ONCE), this::next);
        switch (random.nextInt(3)) {
            case 0 -> network.afterNextAnswerTo(BallotCommand.Prepare.class, once);
            case 1 -> network.afterNextAnswerTo(BallotCommand.Propose.class, once);
            default -> {}
        }
    }

    /** A fault ends after a while or, if chance says so, just after a promise. */
    private void endLater(Runnable end) {
        Runnable once = later(MAX_LASTS_MILLIS, end);
        if (random.nextInt(3) == 0) {
            network.afterNextAnswerTo(BallotCommand.Prepare.class, once);
        }
    }

    private Runnable later(int maxMillis, Runnable action) {
        boolean[] done = new boolean[1];
        Runnable once = () -> {
            if (!over && !done[0]) {
                done[0] = true;
                action.run();
            }
        };
        simulation.time().after(Duration.ofMillis(1 + random.nextInt(maxMillis)), once);
        return once;
    }
}
