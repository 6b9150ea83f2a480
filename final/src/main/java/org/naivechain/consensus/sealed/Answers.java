package org.naivechain.consensus.sealed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.naivechain.chain.DamagedBlockException;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.IdempotencyKey;

/**
 * Tells users that their data is added, once so many blocks follow. What was deep enough for that and is given up all the same is
 * said aloud: by every node that had it, as each can tell it from its chain, also after a restart. For the node's thread only.
 */
final class Answers {
    static final int MAX_WAITING = 1_000;
    private static final int MAX_REMEMBERED = 10_000;

    private final Map<IdempotencyKey, List<Consumer<AddOutcome>>> waiting = new LinkedHashMap<>();
    /** Adds that are deep enough, by the index of their blocks: the last ones. */
    private final Map<IdempotencyKey, Long> settled = new LinkedHashMap<>();

    private final LedgerContext context;
    private final int confirmations;
    /** The index of the first block that is not deep enough. */
    private long end;

    Answers(LedgerContext context, int confirmations) {
        this.context = context;
        this.confirmations = confirmations;
        this.end = Math.max(0, context.chain().length() - confirmations - MAX_REMEMBERED);
        settle();
    }

    boolean isFull() {
        return waiting.size() >= MAX_WAITING;
    }

    List<IdempotencyKey> waiting() {
        return List.copyOf(waiting.keySet());
    }

    /** Has a user told of an add when it is deep enough, which it may be already. */
    void await(IdempotencyKey key, Consumer<AddOutcome> then) {
        waiting.computeIfAbsent(key, first -> new ArrayList<>()).add(then);
        OptionalLong index = context.ledger().receipts().find(key);
        if (index.isPresent() && index.getAsLong() < end) {
            answer(key, index.getAsLong());
        }
    }

    /** The chain has grown from an index on; where that is not its former end, blocks were given up. */
    void grown(long from) {
        if (from < end) {
            Map<IdempotencyKey, Long> givenUp = new LinkedHashMap<>(settled);
            givenUp.values().removeIf(index -> index < from);
            settled.keySet().removeAll(givenUp.keySet());
            givenUp.forEach(this::sayIfUndone);
            end = from;
        }
        settle();
    }

    private void sayIfUndone(IdempotencyKey key, long index) {
        if (context.ledger().receipts().find(key).isEmpty()) {
            context.log()
                    .error(
                            "UNDONE: the add {} had {} confirmations in block {}, which a branch with more weight has replaced; its"
                                    + " data is added again",
                            key,
                            confirmations,
                            index);
        }
    }

    private void settle() {
        long deep = context.chain().length() - confirmations;
        if (deep <= end) {
            return;
        }
        context.ledger().receipts().between(end, deep).forEach((index, key) -> {
            settled.put(key, index);
            answer(key, index);
        });
        end = deep;
        while (settled.size() > MAX_REMEMBERED) {
            settled.remove(settled.keySet().iterator().next());
        }
    }

    private void answer(IdempotencyKey key, long index) {
        List<Consumer<AddOutcome>> users = waiting.remove(key);
        if (users == null) {
            return;
        }
        AddOutcome outcome = added(index);
        context.durability().whenDurable(() -> users.forEach(then -> then.accept(outcome)));
    }

    private AddOutcome added(long index) {
        try {
            return new AddOutcome.Added(context.chain().page(index, 1).get(0));
        } catch (DamagedBlockException e) {
            return new AddOutcome.Unknown("damaged here, ask another node: " + e.getMessage());
        }
    }

    /** Answers nobody any more, for a reason. */
    void stop(String reason) {
        List<List<Consumer<AddOutcome>>> ended = List.copyOf(waiting.values());
        waiting.clear();
        ended.forEach(users -> users.forEach(then ->
                then.accept(new AddOutcome.Unknown(reason + "; the outcome is unknown: the data may still be added"))));
    }
}
