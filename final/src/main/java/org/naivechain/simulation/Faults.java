package org.naivechain.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.naivechain.consensus.majority.BallotCommand;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;

/** What goes wrong in a run, when chance says so; each fault ends by itself. For one thread. */
final class Faults {
    /** Between two faults of one kind; with more kinds there are more faults. */
    private static final int MAX_PAUSE_MILLIS = 2_400;

    private static final int MAX_KINDS_AT_ONCE = 4;
    private static final int MAX_LASTS_MILLIS = 6_000;
    private static final int MAX_DELAY_MILLIS = 500;
    /** Longer than members wait for a proposer: what one says arrives when they have promised another to vote for it. */
    private static final int LATE_MILLIS = 3_000;

    private static final int MAX_PERCENT = 40;
    private static final int MAX_CLOCK_FACTOR = 5;
    private static final int MAX_JOINS = 3;
    private static final int SOON_MILLIS = 500;

    private final Map<Fault, Integer> happened = new EnumMap<>(Fault.class);
    private final List<Fault> kinds;
    private final List<Machine> machines;
    private final VirtualTime time;
    private final VirtualNetwork network;
    private final RandomGenerator random;
    private final Trace trace;
    private final Simulation simulation;
    private final Consumer<Machine> appear;
    private final Predicate<Peer> members;
    private Optional<Machine> original = Optional.empty();
    private Optional<Machine> copy = Optional.empty();
    /** Not both: two machines might lose the only copies of a block. */
    private boolean restored;

    private boolean damaged;
    private int joined;
    private boolean over;

    /** With what puts a machine among the others, and who is a member, as far as it was decided. */
    Faults(
            Set<Fault> kinds,
            List<Machine> machines,
            Consumer<Machine> appear,
            Predicate<Peer> members,
            Simulation simulation,
            RandomGenerator random) {
        this.simulation = simulation;
        this.appear = appear;
        this.members = members;
        this.kinds = kinds.stream().sorted().toList();
        this.machines = machines;
        this.time = simulation.time();
        this.network = simulation.network();
        this.trace = simulation.log();
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

    /** From now on all is well, and whoever is down starts. */
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
            if (machine.isPaused()) {
                machine.resume();
            }
            if (!machine.isUp()) {
                machine.start();
            }
        }
    }

    /** Whoever was removed, or has not got in, starts again, which makes it join a member. */
    void bringHome() {
        endCopy();
        Optional<Machine> member = machines.stream().filter(Machine::isMember).findFirst();
        machines.stream().filter(machine -> !machine.isMember()).forEach(machine -> {
            member.ifPresent(known -> machine.joinsThrough(known.self().address()));
            restart(machine);
        });
    }

    /** One of the two goes for good: the one that is not a member. */
    private void endCopy() {
        if (copy.isEmpty()) {
            return;
        }
        boolean hasMoved =
                members.test(copy.get().self()) && !members.test(original.get().self());
        Machine stays = hasMoved ? copy.get() : original.get();
        Machine goes = stays == copy.get() ? original.get() : copy.get();
        if (goes.isUp()) {
            goes.crash();
        }
        machines.remove(goes);
        if (!machines.contains(stays)) {
            machines.add(stays);
            stays.start();
        }
    }

    private void next() {
        Fault fault = kinds.get(random.nextInt(kinds.size()));
        happened.merge(fault, 1, Integer::sum);
        happen(fault);
        nextLater();
    }

    private void happen(Fault fault) {
        NetworkConditions before = network.conditions();
        switch (fault) {
            case LOSS ->
                conditions(
                        before.withLoss(1 + random.nextInt(MAX_PERCENT)),
                        () -> network.conditions().withLoss(0));
            case DELAY ->
                conditions(
                        before.withDelay(1 + random.nextInt(random.nextBoolean() ? MAX_DELAY_MILLIS : LATE_MILLIS)),
                        () -> network.conditions().withDelay(NetworkConditions.FAIR.maxDelayMillis()));
            case DUPLICATION ->
                conditions(
                        before.withDuplicates(1 + random.nextInt(MAX_PERCENT)),
                        () -> network.conditions().withDuplicates(0));
            case REORDERING ->
                conditions(before.withOrder(false), () -> network.conditions().withOrder(true));
            case PARTITION -> partition();
            case CRASH -> crash(victim());
            case PAUSE -> pause(victim());
            case CLOCK -> misleadClock(victim());
            case JOIN -> join();
            case LEAVE -> leave(victim());
            case EVICTION -> evict(any(), victim());
            case DAMAGE -> damage(machines.get(0));
            case DEAFNESS -> deafen(victim());
            case COPY -> copy(victim());
            case RESTORATION -> restore(victim());
            default -> throw new IllegalStateException("nobody knows how to cause " + fault);
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

    private void conditions(NetworkConditions bad, Supplier<NetworkConditions> better) {
        change(bad);
        endLater(() -> change(better.get()));
    }

    private void change(NetworkConditions conditions) {
        network.setConditions(conditions);
        trace.note(() -> "the network changes: " + conditions);
    }

    private void partition() {
        List<PeerAddress> one = new ArrayList<>();
        List<PeerAddress> other = new ArrayList<>();
        Machine first = victim();
        one.add(first.self().address());
        if (random.nextInt(3) == 0) {
            // Two who do not hear each other, and others who hear both.
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
            endLater(() -> {
                if (!victim.isUp()) {
                    victim.start();
                }
            });
        }
    }

    private void pause(Machine victim) {
        if (victim.isUp() && !victim.isPaused()) {
            victim.pause();
            endLater(() -> {
                if (victim.isPaused()) {
                    victim.resume();
                }
            });
        }
    }

    /** Always the same machine, and only if another has all that it has: what nobody has cannot be repaired. */
    private void damage(Machine machine) {
        boolean kept = machines.stream()
                .anyMatch(other -> other != machine && other.durableLength() >= machine.durableLength());
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

    private void join() {
        Machine member = any();
        if (joined < MAX_JOINS) {
            joined++;
            Machine fresh = simulation.machine();
            fresh.joinsThrough(member.self().address());
            appear.accept(fresh);
            fresh.start();
            if (random.nextInt(4) == 0) {
                // Perhaps before it is a member, or while it becomes one.
                time.after(Duration.ofMillis(random.nextInt(SOON_MILLIS)), () -> leave(fresh));
            }
        }
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

    /** Once: somebody who goes on like that loses more members for good than a network bears. */
    private void copy(Machine victim) {
        if (copy.isEmpty() && members.test(victim.self())) {
            Machine twin = simulation.copy(victim, random.nextBoolean());
            trace.note(() -> "the disk of " + victim + " is copied to " + twin);
            original = Optional.of(victim);
            copy = Optional.of(twin);
            twin.joinsThrough(any().self().address());
            appear.accept(twin);
            twin.start();
        }
    }

    /** Once, too: with its disk a machine forgets how far others were, so that of two nobody might know. */
    private void restore(Machine victim) {
        victim.backUp();
        endLater(() -> {
            boolean known = machines.stream()
                    .filter(other -> other != victim)
                    .allMatch(other -> victim.backupPosition()
                            .filter(position -> !position.reaches(other.seen(victim)))
                            .isPresent());
            if (known && !restored && !damaged) {
                restored = true;
                victim.restore();
            }
        });
    }

    private void leave(Machine machine) {
        if (machine.isUp() && !machine.isPaused()) {
            machine.leave();
            endLater(() -> restart(machine));
        }
    }

    private void evict(Machine by, Machine victim) {
        by.evict(victim.self());
        endLater(() -> restart(victim));
    }

    private void restart(Machine machine) {
        if (machine.isUp() && !machine.isPaused()) {
            machine.crash();
        }
        if (!machine.isUp()) {
            machine.start();
        }
    }

    /** The next fault comes after a while, or, if chance says so, just after somebody made a promise or voted. */
    private void nextLater() {
        Runnable once = later(MAX_PAUSE_MILLIS / Math.min(kinds.size(), MAX_KINDS_AT_ONCE), this::next);
        switch (random.nextInt(3)) {
            case 0 -> network.afterNextAnswerTo(BallotCommand.Prepare.class, once);
            case 1 -> network.afterNextAnswerTo(BallotCommand.Propose.class, once);
            default -> {}
        }
    }

    /** A fault ends after a while, or, if chance says so, just after somebody made a promise. */
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
        time.after(Duration.ofMillis(1 + random.nextInt(maxMillis)), once);
        return once;
    }
}
