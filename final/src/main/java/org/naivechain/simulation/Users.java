package org.naivechain.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.IdempotencyKey;

/**
 * The users of a simulated network: at every node somebody adds texts, most of them unlike all others, some the same as another
 * user's, and in some networks all the same, because blocks with the same text may have the same hash. In some networks they
 * add little, so that a decision is the last one for a while. Some give their adds a key, and ask another node again when they
 * are not told that it is done. For one thread.
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

    /** What somebody was told who gave a key. */
    private record Acknowledged(String text, IdempotencyKey key, AddOutcome.Added outcome) {}

    Users(List<Machine> machines, VirtualTime time, RandomGenerator random) {
        this.machines = machines;
        this.time = time;
        this.random = random;
        this.oneIsCommonOf = random.nextInt(SOME) == 0 ? ALL : SOME;
        this.maxPauseMillis = random.nextInt(BUSY_OF) == 0 ? QUIET * MAX_PAUSE_MILLIS : MAX_PAUSE_MILLIS;
    }

    /** What became of the requests to add one text. */
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

    /** What became of each text. */
    Map<String, Tally> tallies() {
        return tallies;
    }

    long added() {
        return tallies.values().stream().mapToLong(tally -> tally.added).sum();
    }

    long refused() {
        return tallies.values().stream().mapToLong(tally -> tally.refused).sum();
    }

    /** Those who were not told whether it is added, or not told anything. */
    long unknown() {
        return tallies.values().stream()
                .mapToLong(tally -> tally.asked - tally.added - tally.refused)
                .sum();
    }

    void begin() {
        machines.forEach(this::begin);
    }

    /** Somebody begins to write at a machine. */
    void begin(Machine machine) {
        writeLater(machine);
    }

    void end() {
        over = true;
    }

    private void writeLater(Machine machine) {
        time.after(Duration.ofMillis(1 + random.nextInt(maxPauseMillis)), () -> {
            if (over) {
                return;
            }
            int burst = 1 + random.nextInt(MAX_BURST);
            for (int i = 0; i < burst; i++) {
                writeSome(machine);
            }
            writeLater(machine);
        });
    }

    private void writeSome(Machine machine) {
        boolean common = random.nextInt(oneIsCommonOf) == 0;
        write(machine, common ? "common text" : "text " + ++lastText);
    }

    /** Has somebody add a text like no other. */
    String write(Machine machine) {
        String text = "text " + ++lastText;
        write(machine, text);
        return text;
    }

    /** What was told to the last user who gave a key. */
    Optional<AddOutcome> acknowledged() {
        return acknowledged.map(Acknowledged::outcome);
    }

    /** Has that user ask all machines again; the answers come when time passes. */
    Map<Machine, AddOutcome> askAgain() {
        Map<Machine, AddOutcome> answers = new HashMap<>();
        acknowledged.ifPresent(last -> machines.forEach(machine -> machine.add(
                new UserRequest(last.text, Optional.of(last.key), outcome -> answers.put(machine, outcome)))));
        return answers;
    }

    private void write(Machine machine, String text) {
        Tally tally = tallies.computeIfAbsent(text, unheard -> new Tally());
        tally.asked++;
        requests++;
        boolean withKey = machine.isUp() && random.nextInt(ASKS_WITH_KEY) == 0;
        if (withKey) {
            ask(machine, text, Optional.of(IdempotencyKey.ofClient("wish-" + requests)), ASKS_WITH_KEY);
        } else {
            ask(machine, text, Optional.empty(), 1);
        }
    }

    private void ask(Machine machine, String text, Optional<IdempotencyKey> key, int asks) {
        List<AddOutcome> told = new ArrayList<>();
        machine.add(new UserRequest(text, key, outcome -> {
            told.add(outcome);
            if (told.size() == 1) {
                heard(text, key, asks, outcome);
            }
        }));
    }

    private void heard(String text, Optional<IdempotencyKey> key, int asks, AddOutcome outcome) {
        Tally tally = tallies.get(text);
        if (outcome instanceof AddOutcome.Added added) {
            tally.added++;
            key.ifPresent(known -> acknowledged = Optional.of(new Acknowledged(text, known, added)));
        } else if (asks > 1) {
            Machine other = machines.get(random.nextInt(machines.size()));
            ask(other, text, key, asks - 1);
        } else if (outcome instanceof AddOutcome.NotAdded && key.isEmpty()) {
            tally.refused++;
        }
    }
}
