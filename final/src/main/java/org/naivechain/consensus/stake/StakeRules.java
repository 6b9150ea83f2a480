package org.naivechain.consensus.stake;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Seal;
import org.naivechain.chain.Verdict;
import org.naivechain.ledger.BlockRules;
import org.naivechain.protocol.IdempotencyKey;

/**
 * When a signed block may stand in its place: its slot is later than that of the block before and has begun, the holder whose turn it
 * is has signed it, and nobody has proved that this holder signed two blocks for one slot. For the node's thread only.
 */
public final class StakeRules implements BlockRules {
    /** Clocks differ a little. */
    private static final int SLOTS_AHEAD = 1;

    private final Stakes stakes;
    private final Signatures signatures;
    private final InstantSource clock;

    /** Rules for the blocks of some holders. */
    public StakeRules(Stakes stakes, Signatures signatures, InstantSource clock) {
        this.stakes = stakes;
        this.signatures = signatures;
        this.clock = clock;
    }

    /** {@return the same at all nodes of a network} */
    public static String inWords(Stakes stakes) {
        return "proof of stake, slots of " + stakes.slotMillis() + " ms, stakes " + stakes.fingerprint();
    }

    @Override
    public Optional<IdempotencyKey> key(Block block) {
        return block.seal().flatMap(StakeSeal::parse).flatMap(StakeSeal::key);
    }

    /** The branch with more blocks wins, as each block weighs the same: it has the turns of more stake. */
    @Override
    public boolean heavierWins() {
        return true;
    }

    @Override
    public Check check(Before before) {
        Standing[] standing = new Standing[1];
        return block -> {
            if (standing[0] == null) {
                standing[0] = standing(block.index(), before);
            }
            Optional<Signed> signed = Signed.of(block);
            if (signed.isEmpty()) {
                return fault(
                        block,
                        "seal must be one of proof of stake: seal="
                                + block.seal().map(Seal::text).orElse("none"));
            }
            Verdict verdict = verdict(block, signed.get(), standing[0]);
            standing[0] = Standing.after(signed.get().seal());
            return verdict;
        };
    }

    private Verdict verdict(Block block, Signed signed, Standing before) {
        StakeSeal seal = signed.seal();
        long latest = stakes.slotAt(clock.instant()) + SLOTS_AHEAD;
        List<Integer> expelled = expelled(before, block.data());
        if (seal.slot() <= before.slot()) {
            return fault(
                    block,
                    "slot must be later than that of the block before, " + before.slot() + ": slot=" + seal.slot());
        }
        if (seal.slot() > latest) {
            return fault(
                    block,
                    "slot must have begun by this node's clock, which has come to " + latest + ": slot=" + seal.slot());
        }
        int leader = stakes.leader(seal.slot());
        if (seal.holder() != leader) {
            return fault(
                    block, "slot " + seal.slot() + " is the turn of holder " + leader + ": holder=" + seal.holder());
        }
        if (!seal.expelled().equals(expelled)) {
            return fault(block, "expelled must be " + expelled + ": expelled=" + seal.expelled());
        }
        if (expelled.contains(seal.holder())) {
            return fault(
                    block, "holder " + seal.holder() + " signed two blocks for one slot, and has no turns any more");
        }
        return signed.isRight(signatures)
                ? Verdict.SOUND
                : fault(block, "signature must be that of holder " + seal.holder() + ": signature=" + seal.signature());
    }

    private static Verdict fault(Block block, String reason) {
        return Verdict.fault(block.index(), reason);
    }

    /** What the next block depends on. */
    record Standing(long slot, List<Integer> expelled) {
        static Standing after(StakeSeal seal) {
            return new Standing(seal.slot(), seal.expelled());
        }
    }

    /** {@return what the block with an index depends on} */
    Standing standing(long index, Before before) {
        return before.last(index, 1).stream()
                .flatMap(block -> block.seal().stream())
                .flatMap(seal -> StakeSeal.parse(seal).stream())
                .map(Standing::after)
                .findFirst()
                .orElse(new Standing(-1, List.of()));
    }

    /** {@return who has no turns from the block on that carries some data} */
    List<Integer> expelled(Standing before, BlockData data) {
        return Equivocation.in(data, signatures)
                .map(proof -> Stream.concat(before.expelled().stream(), Stream.of(proof.holder()))
                        .distinct()
                        .sorted()
                        .toList())
                .orElse(before.expelled());
    }
}
