package org.naivechain.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.naivechain.protocol.AddKey;
import org.naivechain.protocol.AddOutcome;

/**
 * The users of a simulated network: at every node somebody adds texts, no two the same. Some give their adds a key, and ask
 * another node again when they are not told that it is done. For one thread.
 */
final class Users {
    private static final int MAX_PAUSE_MILLIS = 600;
    private static final int MAX_BURST = 4;
    private static final int ASKS_WITH_KEY = 4;

    private final Set<String> added = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private final Set<String> open = new HashSet<>();
    private final List<Machine> machines;
    private final VirtualTime time;
    private final RandomGenerator random;
    private long unknown;
    private long lastText;
    private boolean over;

    Users(List<Machine> machines, VirtualTime time, RandomGenerator random) {
        this.machines = machines;
        this.time = time;
        this.random = random;
    }

    /** The texts of which somebody was told that they are added. */
    Set<String> added() {
        return added;
    }

    /** The texts of which somebody was told that they are not added, for certain. */
    Set<String> refused() {
        return refused;
    }

    /** The texts of which nobody was told anything yet. */
    Set<String> open() {
        return open;
    }

    long unknown() {
        return unknown;
    }

    void begin() {
        machines.forEach(this::writeLater);
    }

    void end() {
        over = true;
    }

    private void writeLater(Machine machine) {
        time.after(Duration.ofMillis(1 + random.nextInt(MAX_PAUSE_MILLIS)), () -> {
            if (over) {
                return;
            }
            int burst = 1 + random.nextInt(MAX_BURST);
            for (int i = 0; i < burst; i++) {
                write(machine);
            }
            writeLater(machine);
        });
    }

    /** Adds a text, without asking twice. */
    String write(Machine machine) {
        String text = "text " + ++lastText;
        open.add(text);
        boolean withKey = machine.isUp() && random.nextInt(ASKS_WITH_KEY) == 0;
        if (withKey) {
            ask(machine, text, Optional.of(AddKey.ofClient(text.replace(' ', '-'))), ASKS_WITH_KEY);
        } else {
            ask(machine, text, Optional.empty(), 1);
        }
        return text;
    }

    private void ask(Machine machine, String text, Optional<AddKey> key, int asks) {
        List<AddOutcome> told = new ArrayList<>();
        machine.add(new Wish(text, key, outcome -> {
            told.add(outcome);
            if (told.size() == 1) {
                heard(text, key, asks, outcome);
            }
        }));
    }

    private void heard(String text, Optional<AddKey> key, int asks, AddOutcome outcome) {
        if (outcome instanceof AddOutcome.Added) {
            open.remove(text);
            added.add(text);
        } else if (asks > 1) {
            Machine other = machines.get(random.nextInt(machines.size()));
            ask(other, text, key, asks - 1);
        } else if (outcome instanceof AddOutcome.NotAdded && key.isEmpty()) {
            open.remove(text);
            refused.add(text);
        } else {
            open.remove(text);
            unknown++;
        }
    }
}
