package org.naivechain.consensus.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Verdict;
import org.naivechain.learn.Explain;
import org.naivechain.simulation.VirtualTime;

class CheapBranchCheck {
    private static final long BLOCK_MILLIS = 10_000;

    private final VirtualTime clock = new VirtualTime();
    private final WorkRules rules = new WorkRules(Difficulty.of(Duration.ofMillis(BLOCK_MILLIS), 64), clock::now);
    private final List<Block> chain = new ArrayList<>(List.of(Block.GENESIS));

    private List<Block> before(long index, int limit) {
        return chain.subList((int) Math.max(0, index - limit), (int) index);
    }

    private WorkRules.Terms terms() {
        return rules.terms(chain.size(), this::before);
    }

    private Block mined(long time, String target) {
        Candidate candidate =
                new Candidate(chain.get(chain.size() - 1), BlockData.of(""), Optional.empty(), time, target);
        Candidate.Attempts attempts = candidate.attempts();
        long nonce = 0;
        while (!attempts.meets(nonce)) {
            nonce++;
        }
        return candidate.with(nonce);
    }

    private void mine(int blocks, long millis) {
        for (int i = 0; i < blocks; i++) {
            clock.advance(Duration.ofMillis(millis));
            Block block = mined(clock.now().toEpochMilli(), terms().target());
            Verdict verdict = rules.check(this::before).next(block);
            Explain.that(
                    verdict.isSound(),
                    "Block " + block.index() + " keeps all rules, and was refused: " + verdict,
                    "Honest blocks must be taken.");
            chain.add(block);
        }
    }

    private void refused(Block block, String what, String why) {
        Verdict verdict = rules.check(this::before).next(block);
        Explain.that(!verdict.isSound(), "Block " + block.index() + " has " + what + ", and the node took it.", why);
    }

    @Test
    @DisplayName("A target that is too easy is refused.")
    void tooEasy() {
        mine(3, BLOCK_MILLIS);
        refused(
                mined(clock.now().toEpochMilli(), "f".repeat(64)),
                "a target that every hash meets",
                "Such blocks cost nothing. Somebody makes as many of them as they like.");
    }

    @Test
    @DisplayName("A target that is too hard is refused, too.")
    void tooHard() {
        mine(3, BLOCK_MILLIS);
        refused(
                mined(clock.now().toEpochMilli(), "00" + "f".repeat(62)),
                "a target for 256 attempts, where one for 64 belongs",
                "The targets after it are computed from it. Whoever chooses it chooses how hard all others have it.");
    }

    @Test
    @DisplayName("After 17 blocks that came too fast the old target is refused.")
    void adjusted() {
        String old = terms().target();
        mine(17, BLOCK_MILLIS / 2);
        refused(
                mined(clock.now().toEpochMilli(), old),
                "the target of the block before, where it was to be adjusted",
                "Otherwise more computers would make more blocks, for ever.");
        mine(16, BLOCK_MILLIS);
    }

    @Test
    @DisplayName("A hash above the target is refused, and so are times that lie.")
    void theOtherRules() {
        mine(12, BLOCK_MILLIS);
        String target = terms().target();
        refused(
                mined(1, target),
                "a time before the median of the last eleven",
                "See the chapter, \"Clocks may lie\".");
        refused(
                mined(clock.now().toEpochMilli() + 3_600_000, target),
                "a time an hour ahead of the node's clock",
                "The next target would follow from it.");
        Candidate candidate = new Candidate(
                chain.get(chain.size() - 1),
                BlockData.of(""),
                Optional.empty(),
                clock.now().toEpochMilli(),
                target);
        long nonce = 0;
        while (candidate.attempts().meets(nonce)) {
            nonce++;
        }
        refused(candidate.with(nonce), "a hash above its target", "That is the proof of work.");
    }
}
