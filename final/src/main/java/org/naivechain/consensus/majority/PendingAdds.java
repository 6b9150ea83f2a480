package org.naivechain.consensus.majority;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.ledger.Addition;
import org.naivechain.ledger.Ledger;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Time;

/**
 * What the users of this node want to add, from the moment they ask until it shows in this node's chain or patience ends.
 * What was never given to a proposer is certainly not added; about the rest nobody can be sure. For the node's thread only.
 */
final class PendingAdds {
    /** How long a user waits for a decision. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** How long a user waits for somebody to propose. */
    private static final Duration PATIENCE_WITHOUT_PROPOSER = Duration.ofSeconds(5);

    private static final Duration SWEEP = Duration.ofMillis(500);
    private static final int MAX_WAITING = 20_000;
    private static final long MAX_WAITING_BYTES = 64L * 1024 * 1024;

    private final Map<IdempotencyKey, Add> waiting = new LinkedHashMap<>();
    private final Deque<Add> unsent = new ArrayDeque<>();
    private final Ledger ledger;
    private final Time time;
    private final Consumer<IdempotencyKey> withdrawn;
    private long waitingBytes;
    private boolean sweeping;

    /** With whom to tell of what nobody waits for any more and nobody else may propose. */
    PendingAdds(Ledger ledger, Time time, Consumer<IdempotencyKey> withdrawn) {
        this.ledger = ledger;
        this.time = time;
        this.withdrawn = withdrawn;
        ledger.tell(this::grown);
    }

    /** One request, and who waits for it. */
    private static final class Add {
        private final Addition addition;
        private final List<Consumer<AddOutcome>> askers = new ArrayList<>();
        private final Instant since;
        private boolean handedOver;
        private boolean queued;

        Add(Addition addition, Instant since) {
            this.addition = addition;
            this.since = since;
        }

        void conclude(AddOutcome outcome) {
            askers.forEach(asker -> asker.accept(outcome));
        }
    }

    void add(Addition addition, Consumer<AddOutcome> then) {
        Optional<AddOutcome> known = outcomeKnown(addition);
        if (known.isPresent()) {
            then.accept(known.get());
            return;
        }
        Add add = waiting.get(addition.key());
        if (add == null) {
            if (waiting.size() >= MAX_WAITING || waitingBytes >= MAX_WAITING_BYTES) {
                then.accept(new AddOutcome.NotAdded(
                        waiting.size() + " adds are waiting at this node; the data was not added, try again later"));
                return;
            }
            add = new Add(addition, time.now());
            waiting.put(addition.key(), add);
            waitingBytes += addition.weight();
            queue(add);
            sweepLater();
        }
        add.askers.add(then);
    }

    private Optional<AddOutcome> outcomeKnown(Addition addition) {
        // A key that this node has just made up is new.
        OptionalLong index = addition.key().isOfNode()
                ? OptionalLong.empty()
                : ledger.receipts().find(addition.key());
        if (index.isPresent()) {
            Block block = ledger.chain().page(index.getAsLong(), 1).get(0);
            return Optional.of(
                    block.data().equals(addition.data())
                            ? new AddOutcome.Added(block)
                            : contradiction(addition, "added as block " + block.index(), block.data()));
        }
        return Optional.ofNullable(waiting.get(addition.key()))
                .map(add -> add.addition.data())
                .filter(data -> !data.equals(addition.data()))
                .map(data -> contradiction(addition, "waiting to be added", data));
    }

    private static AddOutcome contradiction(Addition addition, String what, BlockData data) {
        return new AddOutcome.Contradicted("the key \"" + addition.key() + "\" was used for other data: " + data
                + " is " + what + "; use a new key for each add, and the same only to try the same add again");
    }

    /** Takes what is to be sent to a proposer, as much as fits into one message. */
    List<Addition> takeUnsent(int maxBytes, int max) {
        List<Addition> taken = new ArrayList<>();
        int bytes = 0;
        while (!unsent.isEmpty() && taken.size() < max && (taken.isEmpty() || bytes < maxBytes)) {
            Add add = unsent.remove();
            add.queued = false;
            if (waiting.get(add.addition.key()) == add) {
                taken.add(add.addition);
                bytes += add.addition.weight();
            }
        }
        return taken;
    }

    /** Notes that somebody may propose these from now on, whatever becomes of this node. */
    void handedOver(List<Addition> additions) {
        for (Addition addition : additions) {
            Add add = waiting.get(addition.key());
            if (add != null) {
                add.handedOver = true;
            }
        }
    }

    /** Has these sent again; the key keeps them from becoming two blocks. */
    void sendAgain(List<Addition> additions) {
        for (Addition addition : additions) {
            Add add = waiting.get(addition.key());
            if (add != null) {
                queue(add);
            }
        }
    }

    private void queue(Add add) {
        if (!add.queued) {
            add.queued = true;
            unsent.add(add);
        }
    }

    /** Has everything sent again that waits. */
    void sendAllAgain() {
        waiting.values().forEach(this::queue);
    }

    boolean hasUnsent() {
        return !unsent.isEmpty();
    }

    private void grown(List<Block> blocks, Map<Long, IdempotencyKey> keys) {
        if (waiting.isEmpty()) {
            return;
        }
        for (Block block : blocks) {
            IdempotencyKey key = keys.get(block.index());
            Add add = key == null ? null : remove(key);
            if (add != null) {
                boolean same = add.addition.data().equals(block.data());
                add.conclude(
                        same
                                ? new AddOutcome.Added(block)
                                : contradiction(add.addition, "added as block " + block.index(), block.data()));
            }
        }
    }

    private Add remove(IdempotencyKey key) {
        Add add = waiting.remove(key);
        if (add != null) {
            waitingBytes -= add.addition.weight();
        }
        return add;
    }

    private void sweepLater() {
        if (!sweeping) {
            sweeping = true;
            time.after(SWEEP, this::sweep);
        }
    }

    private void sweep() {
        sweeping = false;
        Instant now = time.now();
        List<Add> ended = new ArrayList<>();
        for (Iterator<Add> all = waiting.values().iterator(); all.hasNext(); ) {
            Add add = all.next();
            Duration patience = add.handedOver ? PATIENCE : PATIENCE_WITHOUT_PROPOSER;
            if (!now.isBefore(add.since.plus(patience))) {
                all.remove();
                waitingBytes -= add.addition.weight();
                ended.add(add);
            }
        }
        // As long as there is no proposer nothing is taken from there.
        unsent.removeIf(add -> waiting.get(add.addition.key()) != add);
        ended.stream().filter(add -> !add.handedOver).forEach(add -> withdrawn.accept(add.addition.key()));
        ended.forEach(add -> add.conclude(
                add.handedOver
                        ? new AddOutcome.Unknown("timed out: no decision within " + PATIENCE.toSeconds()
                                + " s; the outcome is unknown: the data may still be added. Trying again with the same"
                                + " Idempotency-Key is safe")
                        : new AddOutcome.NotAdded("no quorum: for " + PATIENCE_WITHOUT_PROPOSER.toSeconds()
                                + " s no majority of the members could be reached; the data was not added, try again"
                                + " later")));
        if (!waiting.isEmpty()) {
            sweepLater();
        }
    }

    void stop(String reason) {
        List<Add> ended = List.copyOf(waiting.values());
        waiting.clear();
        unsent.clear();
        waitingBytes = 0;
        ended.forEach(add -> add.conclude(
                add.handedOver
                        ? new AddOutcome.Unknown(reason + "; the outcome is unknown: the data may still be added")
                        : new AddOutcome.NotAdded(reason + "; the data was not added, try again")));
    }
}
