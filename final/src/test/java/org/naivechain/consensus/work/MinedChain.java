package org.naivechain.consensus.work;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.protocol.IdempotencyKey;

/**
 * A chain that is mined here, one block after the other. Its blocks take four times as long as they should, as their seals say, until
 * the target is so easy that every hash will do: with any difficulty, a chain of any length is made in seconds.
 */
public final class MinedChain {
    private static final int KEPT = 32;

    private final Difficulty difficulty;
    private final WorkRules rules;
    private final List<Block> last = new ArrayList<>(List.of(Block.GENESIS));
    private long time;

    /** A chain whose first block is mined at a time, in milliseconds since 1970. */
    public MinedChain(Difficulty difficulty, long began) {
        this.difficulty = difficulty;
        this.rules = new WorkRules(difficulty, () -> {
            throw new IllegalStateException("who mines does not ask what time it is");
        });
        this.time = began;
    }

    /** Mines a block. */
    public Block next(String text) {
        return next(text, true);
    }

    /** Makes a block whose hash exceeds its target, which must not be easy yet. */
    public Block nextThatMissesItsTarget(String text) {
        return next(text, false);
    }

    private Block next(String text, boolean small) {
        Block head = last.get(last.size() - 1);
        WorkRules.Terms terms = rules.terms(
                head.index() + 1, (index, limit) -> last.subList(Math.max(0, last.size() - limit), last.size()));
        Optional<IdempotencyKey> key = Optional.of(IdempotencyKey.ofNode("mined", head.index()));
        Candidate candidate = new Candidate(head, BlockData.of(text), key, time, terms.target());
        Candidate.Attempts attempts = candidate.attempts();
        long nonce = 0;
        while (attempts.meets(nonce) != small) {
            nonce++;
        }
        boolean easy = Difficulty.work(terms.target()).equals(BigInteger.ONE);
        time += difficulty.blockTime().toMillis() * (easy ? 1 : Difficulty.MAX_CHANGE);
        last.add(candidate.with(nonce));
        if (last.size() > KEPT) {
            last.remove(0);
        }
        return last.get(last.size() - 1);
    }
}
