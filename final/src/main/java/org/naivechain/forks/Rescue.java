package org.naivechain.forks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.Hash;
import org.naivechain.chain.DamagedBlockException;
import org.naivechain.ledger.Addition;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.IdempotencyKey;

/**
 * Adds orphans again: what was in blocks that were given up. Each node adds again what its own users had added, which it knows
 * by the receipts, and nobody else's, so that two nodes that gave up the same branch do not both add it again; where blocks say
 * whose request they are, nobody can add it twice, and every node adds again what was given up. Orphans are kept
 * in the transaction that gives up their blocks, until they are in the chain again, as often as it takes. For the node's thread
 * only.
 */
final class Rescue {
    private static final int MAX_REMEMBERED = 10_000;
    private static final int MAX_AT_ONCE = 100;

    /** Blocks that were given up, should a later branch bring them back. */
    private final Map<Hash, IdempotencyKey> givenUp = new LinkedHashMap<>();

    private final LedgerContext context;
    private final Orphans orphans;
    private final BiConsumer<Addition, Consumer<AddOutcome>> again;
    private final Set<IdempotencyKey> adding = new HashSet<>();
    private boolean walking;

    Rescue(LedgerContext context, Orphans orphans, BiConsumer<Addition, Consumer<AddOutcome>> again) {
        this.context = context;
        this.orphans = orphans;
        this.again = again;
    }

    void begin() {
        context.ledger().tell(this::grown);
    }

    /** The requests behind the blocks of a branch: those that its peer told, and those that this node remembers. */
    Map<Long, IdempotencyKey> keysOf(List<Block> branch, Map<Long, IdempotencyKey> told) {
        Map<Long, IdempotencyKey> keys = new TreeMap<>(told);
        branch.forEach(
                block -> Optional.ofNullable(givenUp.get(block.hash())).ifPresent(key -> keys.put(block.index(), key)));
        return keys;
    }

    /**
     * Keeps what this node's users added from an index on, and the other branch does not bring.
     *
     * @param ours reads a block that is given up; nothing if it is lost
     */
    List<Addition> keep(long from, Collection<IdempotencyKey> brought, LongFunction<Optional<Block>> ours) {
        List<Addition> own = new ArrayList<>();
        String origin = context.peers().self().id().text() + ".";
        context.ledger().receipts().between(from, context.chain().length()).forEach((index, key) -> {
            Optional<Block> given = ours.apply(index);
            if (given.isEmpty() && !brought.contains(key)) {
                context.log().error("LOST: block {} with the add {} is damaged here, and no peer has it", index, key);
            }
            given.filter(block -> context.chain().rules().key(block).isPresent()
                            || key.isOfNode() && key.toString().startsWith(origin))
                    .ifPresent(block -> {
                        givenUp.put(block.hash(), key);
                        own.add(new Addition(key, block.data()));
                    });
        });
        Set<IdempotencyKey> there = Set.copyOf(brought);
        own.removeIf(addition -> there.contains(addition.key()));
        while (givenUp.size() > MAX_REMEMBERED) {
            givenUp.remove(givenUp.keySet().iterator().next());
        }
        orphans.keep(own);
        return own;
    }

    /** {@return a block of this node, or nothing if it is damaged} */
    Optional<Block> readable(long index) {
        try {
            return Optional.of(context.chain().page(index, 1).get(0));
        } catch (DamagedBlockException e) {
            return Optional.empty();
        }
    }

    void release(List<Addition> kept) {
        orphans.release(kept.stream().map(Addition::key).toList());
    }

    private void grown(List<Block> blocks, Map<Long, IdempotencyKey> keys) {
        List<IdempotencyKey> waiting =
                orphans.read().stream().map(Addition::key).toList();
        if (waiting.isEmpty()) {
            return;
        }
        Map<Long, IdempotencyKey> back = new TreeMap<>();
        for (Block block : blocks) {
            IdempotencyKey key = givenUp.get(block.hash());
            if (key != null && waiting.contains(key) && !keys.containsKey(block.index())) {
                back.put(block.index(), key);
            }
        }
        if (!back.isEmpty()) {
            context.ledger().receipts().record(back);
        }
        Set<IdempotencyKey> there = new HashSet<>(keys.values());
        there.addAll(back.values());
        there.retainAll(waiting);
        if (!there.isEmpty()) {
            orphans.release(there);
        }
    }

    void addAgain() {
        // Those that are answered at once, as they are in the chain already, come next time.
        if (walking || context.chain().lostEnd().isPresent()) {
            return;
        }
        walking = true;
        // Votes come one after the other; sealed blocks take what they find.
        int room = (context.chain().rules().heavierWins() ? MAX_AT_ONCE : 1) - adding.size();
        try {
            orphans.read().stream()
                    .filter(orphan -> !adding.contains(orphan.key()))
                    .limit(Math.max(0, room))
                    .toList()
                    .forEach(this::addAgain);
        } finally {
            walking = false;
        }
    }

    private void addAgain(Addition orphan) {
        adding.add(orphan.key());
        again.accept(orphan, outcome -> {
            adding.remove(orphan.key());
            if (outcome instanceof AddOutcome.Added added) {
                // It may have been in the chain already.
                if (orphans.read().contains(orphan)) {
                    orphans.release(List.of(orphan.key()));
                }
                context.log()
                        .info(
                                "Added an orphan again, as block {}",
                                added.block().index());
                addAgain();
            }
        });
    }
}
