package org.naivechain.consensus.majority;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
    /** What is to be handed to a proposer next, in this order; all of it waits. */
    private final Set<Add> unsent = new LinkedHashSet<>();

    private final Ledger ledger;
    private final Time time;
    private final Consumer<IdempotencyKey> withdrawn;
    private long waitingBytes;
    private boolean sweeping;

    /** With what to tell of a request for which nobody waits any more, and which no other member may propose. */
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

        Add(Addition addition, Instant since) {
            this.addition = addition;
            this.since = since;
        }

        Duration patience() {
            return handedOver ? PATIENCE : PATIENCE_WITHOUT_PROPOSER;
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
            unsent.add(add);
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
            return Optional.of(
                    outcome(addition, ledger.chain().page(index.getAsLong(), 1).get(0)));
        }
        return Optional.ofNullable(waiting.get(addition.key()))
                .map(add -> add.addition.data())
                .filter(data -> !data.equals(addition.data()))
                .map(data -> contradiction(addition, "waiting to be added", data));
    }

    private static AddOutcome outcome(Addition addition, Block block) {
        return block.data().equals(addition.data())
                ? new AddOutcome.Added(block)
                : contradiction(addition, "added as block " + block.index(), block.data());
    }

    private static AddOutcome contradiction(Addition addition, String what, BlockData data) {
        return new AddOutcome.Contradicted("the key \"" + addition.key() + "\" was used for other data: " + data
                + " is " + what + "; use a new key for each add, and the same only to try the same add again");
    }

    /** Takes what is to be sent to a proposer, as much as fits into one message, but at least one addition. */
    List<Addition> takeUnsent(int maxBytes, int max) {
        List<Addition> taken = new ArrayList<>();
        int bytes = 0;
        for (Iterator<Add> all = unsent.iterator(); all.hasNext() && taken.size() < max && bytes < maxBytes; ) {
            Addition addition = all.next().addition;
            all.remove();
            taken.add(addition);
            bytes += addition.weight();
        }
        return taken;
    }

    /** Notes that somebody may propose these from now on, whatever becomes of this node. */
    void handedOver(List<Addition> additions) {
        stillWaiting(additions).forEach(add -> add.handedOver = true);
    }

    /** Has these sent again; the key keeps them from becoming two blocks. */
    void sendAgain(List<Addition> additions) {
        stillWaiting(additions).forEach(unsent::add);
    }

    private Stream<Add> stillWaiting(List<Addition> additions) {
        return additions.stream().map(Addition::key).map(waiting::get).filter(Objects::nonNull);
    }

    /** Has everything sent again that waits. */
    void sendAllAgain() {
        unsent.addAll(waiting.values());
    }

    boolean hasUnsent() {
        return !unsent.isEmpty();
    }

    /** Tells the users whose requests are blocks now. */
    private void grown(List<Block> blocks, Map<Long, IdempotencyKey> keys) {
        if (waiting.isEmpty()) {
            return;
        }
        for (Block block : blocks) {
            Optional.ofNullable(keys.get(block.index())).map(waiting::get).ifPresent(add -> {
                remove(add);
                add.conclude(outcome(add.addition, block));
            });
        }
    }

    private void remove(Add add) {
        waiting.remove(add.addition.key());
        unsent.remove(add);
        waitingBytes -= add.addition.weight();
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
        List<Add> ended = waiting.values().stream()
                .filter(add -> !now.isBefore(add.since.plus(add.patience())))
                .toList();
        ended.forEach(this::remove);
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
        ended.forEach(this::remove);
        ended.forEach(add -> add.conclude(
                add.handedOver
                        ? new AddOutcome.Unknown(reason + "; the outcome is unknown: the data may still be added")
                        : new AddOutcome.NotAdded(reason + "; the data was not added, try again")));
    }
}
