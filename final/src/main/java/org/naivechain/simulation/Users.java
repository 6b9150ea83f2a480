package org.naivechain.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.IdempotencyKey;

/**
 * The users of a simulated network: at every node somebody adds texts. Most texts are unlike all others; some, and in some
 * networks all, are the same as another user's, because blocks with the same text may have the same hash. In some networks
 * users add little, so that a decision is the last one for a while. Some users give their adds a key, and ask another node
 * again when they are not told that the text is added. For one thread.
 */
final class Users {
    private static final int MAX_PAUSE_MILLIS = 600;
    private static final int MAX_BURST = 4;
    private static final int ASKS_WITH_KEY = 4;
    private static final int SOME = 5;
    private static final int BUSY_OF = 3;
    private static final int QUIET = 10;
    private static final int ALL = 1;

    private final Map<String, Tally> tallies = new TreeMap<>();
    private final List<Machine> machines;
    private final VirtualTime time;
    private final RandomGenerator random;
    private final int oneIsCommonOf;
    private final int maxPauseMillis;
    private long lastText;
    private long requests;
    private boolean over;
    private Optional<Acknowledged> acknowledged = Optional.empty();

    /** An add with a key, and its outcome. */
    record Acknowledged(String text, IdempotencyKey key, AddOutcome outcome) {}

    /**
     * The users of some machines, at each of which {@link #begin} starts one.
     *
     * @param slowness how much longer they pause than where an add takes milliseconds
     */
    Users(List<Machine> machines, VirtualTime time, RandomGenerator random, int slowness) {
        this.machines = machines;
        this.time = time;
        this.random = random;
        this.oneIsCommonOf = random.nextInt(SOME) == 0 ? ALL : SOME;
        this.maxPauseMillis = slowness * (random.nextInt(BUSY_OF) == 0 ? QUIET * MAX_PAUSE_MILLIS : MAX_PAUSE_MILLIS);
    }

    /** Counts the outcomes of the requests to add one text. */
    static final class Tally {
        private int asked;
        private int added;
        private int refused;

        /** How many users were told that it is added. */
        int added() {
            return added;
        }

        /** How many blocks may carry it: one for each user who was not told for certain that it is not added. */
        int most() {
            return asked - refused;
        }
    }

    Map<String, Tally> tallies() {
        return tallies;
    }

    long added() {
        return sum(tally -> tally.added);
    }

    long refused() {
        return sum(tally -> tally.refused);
    }

    /** How many requests had no certain outcome, or none at all. */
    long unknown() {
        return sum(tally -> tally.asked - tally.added - tally.refused);
    }

    private long sum(ToLongFunction<Tally> count) {
        return tallies.values().stream().mapToLong(count).sum();
    }

    /** The last add with a key that was acknowledged. */
    Optional<Acknowledged> acknowledged() {
        return acknowledged;
    }

    void end() {
        over = true;
    }

    /** From now on somebody writes at a machine, again and again. */
    void begin(Machine machine) {
        time.after(Duration.ofMillis(1 + random.nextInt(maxPauseMillis)), () -> {
            if (over) {
                return;
            }
            int burst = 1 + random.nextInt(MAX_BURST);
            for (int i = 0; i < burst; i++) {
                boolean common = random.nextInt(oneIsCommonOf) == 0;
                write(machine, common ? "common text" : newText());
            }
            begin(machine);
        });
    }

    /** Has somebody add a text that is unlike all others. */
    String write(Machine machine) {
        String text = newText();
        write(machine, text);
        return text;
    }

    private String newText() {
        return "text " + ++lastText;
    }

    private void write(Machine machine, String text) {
        tallies.computeIfAbsent(text, unheard -> new Tally()).asked++;
        requests++;
        if (machine.isUp() && random.nextInt(ASKS_WITH_KEY) == 0) {
            ask(machine, text, Optional.of(IdempotencyKey.ofClient("wish-" + requests)), ASKS_WITH_KEY);
        } else {
            ask(machine, text, Optional.empty(), 1);
        }
    }

    private void ask(Machine machine, String text, Optional<IdempotencyKey> key, int asks) {
        boolean[] told = new boolean[1];
        machine.add(text, key, outcome -> {
            if (!told[0]) {
                told[0] = true;
                heard(text, key, asks, outcome);
            }
        });
    }

    private void heard(String text, Optional<IdempotencyKey> key, int asks, AddOutcome outcome) {
        Tally tally = tallies.get(text);
        if (outcome instanceof AddOutcome.Added) {
            tally.added++;
            key.ifPresent(known -> acknowledged = Optional.of(new Acknowledged(text, known, outcome)));
        } else if (asks > 1) {
            Machine other = machines.get(random.nextInt(machines.size()));
            ask(other, text, key, asks - 1);
        } else if (outcome instanceof AddOutcome.NotAdded && key.isEmpty()) {
            tally.refused++;
        }
    }
}
