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
import java.util.random.RandomGenerator;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;

/** What goes wrong in a run, when chance says so; each fault ends by itself. For one thread. */
final class Faults {
    private static final int MAX_PAUSE_MILLIS = 1_500;
    private static final int MAX_LASTS_MILLIS = 6_000;
    private static final int MAX_DELAY_MILLIS = 500;
    /** Longer than members wait for a proposer: what one says arrives when they have promised another to vote for it. */
    private static final int LATE_MILLIS = 3_000;

    private static final int MAX_PERCENT = 40;
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
    private boolean restored;
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
            later(MAX_PAUSE_MILLIS, this::next);
        }
    }

    /** From now on all is well, and whoever is down starts. */
    void end() {
        over = true;
        network.mend();
        machines.forEach(machine -> network.undeafen(machine.self().address()));
        network.setWeather(Weather.FAIR);
        endCopy();
        trace.note(() -> "all faults end");
        for (Machine machine : machines) {
            machine.stay();
            if (machine.isPaused()) {
                machine.resume();
            }
            if (!machine.isUp()) {
                machine.start();
            }
        }
    }

    /** Whoever was removed, or has not got in, starts again, which makes it join. */
    void bringHome() {
        endCopy();
        machines.stream().filter(machine -> !machine.isMember()).forEach(this::restart);
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
        machines.stream()
                .filter(machine -> machine != stays)
                .forEach(machine -> machine.joinsThrough(stays.self().address()));
        if (!machines.contains(stays)) {
            machines.add(stays);
            stays.start();
        }
    }

    private void next() {
        Fault fault = kinds.get(random.nextInt(kinds.size()));
        happened.merge(fault, 1, Integer::sum);
        happen(fault);
        later(MAX_PAUSE_MILLIS, this::next);
    }

    private void happen(Fault fault) {
        Weather before = network.weather();
        switch (fault) {
            case LOSS ->
                weather(
                        before.withLoss(1 + random.nextInt(MAX_PERCENT)),
                        () -> network.weather().withLoss(0));
            case DELAY ->
                weather(
                        before.withDelay(1 + random.nextInt(random.nextBoolean() ? MAX_DELAY_MILLIS : LATE_MILLIS)),
                        () -> network.weather().withDelay(Weather.FAIR.maxDelayMillis()));
            case DUPLICATION ->
                weather(
                        before.withDuplicates(1 + random.nextInt(MAX_PERCENT)),
                        () -> network.weather().withDuplicates(0));
            case REORDERING ->
                weather(before.withOrder(false), () -> network.weather().withOrder(true));
            case PARTITION -> partition();
            case CRASH -> crash(any());
            case PAUSE -> pause(any());
            case JOIN -> join();
            case LEAVE -> leave(any());
            case EVICTION -> evict(any(), any());
            case DAMAGE -> damage(machines.get(0));
            case DEAFNESS -> deafen(any());
            case COPY -> copy(any());
            case RESTORATION -> restore(any());
            default -> throw new IllegalStateException("nobody knows how to cause " + fault);
        }
    }

    private Machine any() {
        return machines.get(random.nextInt(machines.size()));
    }

    private void weather(Weather bad, java.util.function.Supplier<Weather> better) {
        change(bad);
        later(MAX_LASTS_MILLIS, () -> change(better.get()));
    }

    private void change(Weather weather) {
        network.setWeather(weather);
        trace.note(() -> "the network changes: " + weather);
    }

    private void partition() {
        List<PeerAddress> one = new ArrayList<>();
        List<PeerAddress> other = new ArrayList<>();
        if (random.nextBoolean()) {
            // Two who do not hear each other, and others who hear both.
            one.add(any().self().address());
            other.add(any().self().address());
        } else {
            machines.forEach(machine ->
                    (random.nextBoolean() ? one : other).add(machine.self().address()));
        }
        boolean bothWays = random.nextInt(4) > 0;
        trace.note(() -> one + " are not heard by " + other + (bothWays ? ", nor the other way" : ""));
        network.cut(one, other);
        if (bothWays) {
            network.cut(other, one);
        }
        later(MAX_LASTS_MILLIS, () -> {
            trace.note(() -> "all hear each other again");
            network.mend();
        });
    }

    private void crash(Machine victim) {
        if (victim.isUp()) {
            victim.crash();
            later(MAX_LASTS_MILLIS, () -> {
                if (!victim.isUp()) {
                    victim.start();
                }
            });
        }
    }

    private void pause(Machine victim) {
        if (victim.isUp() && !victim.isPaused()) {
            victim.pause();
            later(MAX_LASTS_MILLIS, () -> {
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
        if (kept) {
            machine.damage();
        }
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
        later(MAX_LASTS_MILLIS, () -> {
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
        later(MAX_LASTS_MILLIS, () -> {
            boolean known = machines.stream()
                    .filter(other -> other != victim)
                    .allMatch(other -> victim.backupPosition()
                            .filter(position -> !position.reaches(other.seen(victim)))
                            .isPresent());
            if (known && !restored) {
                restored = true;
                victim.restore();
            }
        });
    }

    private void leave(Machine machine) {
        if (machine.isUp() && !machine.isPaused()) {
            machine.leave();
            later(MAX_LASTS_MILLIS, () -> restart(machine));
        }
    }

    private void evict(Machine by, Machine victim) {
        by.evict(victim.self());
        later(MAX_LASTS_MILLIS, () -> restart(victim));
    }

    private void restart(Machine machine) {
        if (machine.isUp() && !machine.isPaused()) {
            machine.crash();
        }
        if (!machine.isUp()) {
            machine.start();
        }
    }

    private void later(int maxMillis, Runnable action) {
        time.after(Duration.ofMillis(1 + random.nextInt(maxMillis)), () -> {
            if (!over) {
                action.run();
            }
        });
    }
}
