package org.naivechain.consensus.stake;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.DamagedBlockException;
import org.naivechain.consensus.sealed.Sealer;
import org.naivechain.ledger.Addition;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.protocol.Time;

/**
 * Seals a block in every slot that is this holder's turn, and never two: it signs for no slot that is not later than its last one. The
 * slot in which it begins is left out, as it may have signed for it before it was started again.
 */
public final class StakeSealer implements Sealer {
    private static final BlockData NONE = BlockData.of("");
    private static final int MAX_SEEN = 10_000;

    /** What was signed, by the slot, as this node heard it first. */
    private final Map<Long, Signed> seen = new LinkedHashMap<>();

    private final Set<Integer> accused = new HashSet<>();
    private final LedgerContext context;
    private final Stakes stakes;
    private final Signatures signatures;
    private final StakeRules rules;
    private final Optional<StakeKey> key;
    private final OptionalInt holder;
    private Time.Timer turn = () -> {};
    private long used;
    private boolean lost;

    /**
     * A sealer for the chain of a node.
     *
     * @param key that of a holder; without it the node only verifies what others seal
     */
    public StakeSealer(
            LedgerContext context, Stakes stakes, Signatures signatures, StakeRules rules, Optional<StakeKey> key) {
        this.context = context;
        this.stakes = stakes;
        this.signatures = signatures;
        this.rules = rules;
        this.key = key;
        this.holder = key.map(stakes::holderOf).orElse(OptionalInt.empty());
        this.used = perhapsUsed();
    }

    /** {@return the last slot for which this holder may have signed before it was started} */
    private long perhapsUsed() {
        return slot();
    }

    private long slot() {
        return stakes.slotAt(context.time().now());
    }

    @Override
    public void seal(Block head, Optional<Addition> next, Consumer<Block> then) {
        stop();
        if (holder.isEmpty()) {
            return;
        }
        BlockData data = next.map(Addition::data).orElse(NONE);
        StakeRules.Standing before;
        try {
            before = rules.standing(head.index() + 1, context.chain()::before);
        } catch (DamagedBlockException e) {
            // By the next slot it may be repaired.
            turn = context.time().after(stakes.until(slot() + 1, context.time().now()), () -> seal(head, next, then));
            return;
        }
        StakeSeal seal =
                new StakeSeal(slot(), holder.getAsInt(), rules.expelled(before, data), next.map(Addition::key), "");
        sayIfLost(seal);
        Duration wait = isTurn(seal, before)
                ? Duration.ZERO
                : stakes.until(seal.slot() + 1, context.time().now());
        turn = context.time().after(wait, () -> {
            if (slot() == seal.slot() && isTurn(seal, before)) {
                used = seal.slot();
                then.accept(sealed(head.next(data), seal));
            } else {
                seal(head, next, then);
            }
        });
    }

    private void sayIfLost(StakeSeal seal) {
        if (!lost && seal.expelled().contains(seal.holder())) {
            context.log()
                    .error(
                            "Holder {}, whose key this node has, has lost its turns: it signed two blocks for one slot",
                            seal.holder());
            lost = true;
        }
    }

    private boolean isTurn(StakeSeal seal, StakeRules.Standing before) {
        return seal.slot() > Math.max(used, before.slot())
                && stakes.leader(seal.slot()) == seal.holder()
                && !seal.expelled().contains(seal.holder());
    }

    private Block sealed(Block unsealed, StakeSeal seal) {
        String signature = key.orElseThrow().sign(stakes.inNetwork(new Signed(unsealed.hash(), seal).text()));
        return unsealed.sealed(seal.signed(signature).toSeal());
    }

    @Override
    public void stop() {
        turn.cancel();
    }

    @Override
    public Optional<BlockData> evidence(Block heard) {
        Optional<Signed> now = Signed.of(heard)
                .filter(signed ->
                        stakes.leader(signed.seal().slot()) == signed.seal().holder())
                .filter(signed -> signed.isRight(signatures));
        if (now.isEmpty()) {
            return Optional.empty();
        }
        Signed first = seen.putIfAbsent(now.get().seal().slot(), now.get());
        if (seen.size() > MAX_SEEN) {
            seen.remove(seen.keySet().iterator().next());
        }
        return first == null || first.text().equals(now.get().text())
                ? Optional.empty()
                : evidence(Equivocation.of(first, now.get()));
    }

    private Optional<BlockData> evidence(Equivocation proof) {
        if (!accused.add(proof.holder())) {
            return Optional.empty();
        }
        context.log()
                .warn(
                        "Holder {} signed two blocks for slot {}; the proof is added to the chain, and costs it its turns",
                        proof.holder(),
                        proof.one().seal().slot());
        return Optional.of(proof.toData());
    }
}
