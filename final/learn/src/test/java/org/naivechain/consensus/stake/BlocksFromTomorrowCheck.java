package org.naivechain.consensus.stake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.chain.Verdict;
import org.naivechain.learn.Explain;
import org.naivechain.simulation.VirtualTime;

class BlocksFromTomorrowCheck {
    /** In the middle of this slot of a second is the clock of the node. */
    private static final long NOW = 100;

    private final Holders holders = new Holders(50, 30, 20);
    private final VirtualTime clock = new VirtualTime();
    private final StakeRules rules = new StakeRules(holders.stakes(), new Signatures(holders.stakes()), clock::now);
    private final List<Block> chain = new ArrayList<>(List.of(Block.GENESIS));

    @BeforeEach
    void goOn() {
        clock.advance(Duration.ofMillis(NOW * 1_000 + 500));
    }

    private List<Block> before(long index, int limit) {
        return chain.subList((int) Math.max(0, index - limit), (int) index);
    }

    private Block block(long slot) {
        return holders.sealed(chain.get(chain.size() - 1), "text", "key" + chain.size(), slot);
    }

    private Verdict verdict(Block block) {
        return rules.check(this::before).next(block);
    }

    private String offered(long slot) {
        return "It is slot " + NOW + ". The block before is "
                + (chain.size() == 1 ? "the genesis block" : "of slot 90")
                + ". A block of slot " + slot + " comes, with the right signature, ";
    }

    private void taken(long slot, String why) {
        Verdict verdict = verdict(block(slot));
        Explain.that(verdict.isSound(), offered(slot) + "and was refused: " + verdict, why);
    }

    private void refused(long slot, String why) {
        Explain.that(!verdict(block(slot)).isSound(), offered(slot) + "and the node took it.", why);
    }

    @Test
    @DisplayName("A slot has one block, and slots come in order.")
    void oneBlockASlot() {
        chain.add(block(90));
        refused(90, "A holder could fill its one slot with a thousand blocks, and its branch would be the longest.");
        refused(89, "A holder could use all its turns of the past, and append a thousand blocks at once.");
        refused(0, "A holder could use all its turns of the past, and append a thousand blocks at once.");
    }

    @Test
    @DisplayName("A slot that has not begun has no block.")
    void notBegun() {
        chain.add(block(90));
        String why = "Who may use its turns of tomorrow today has the longest branch today.";
        refused(NOW + 2, why);
        refused(NOW + 3, why);
        refused(NOW + 86_400, why);
        chain.remove(1);
        refused(NOW + 86_400, why);
    }

    @Test
    @DisplayName("A chain may leave out slots, as holders may be away.")
    void emptySlots() {
        String why = "It is later than the block before, and it has begun. Whose turn was in between may be away.";
        taken(0, why);
        taken(90, why);
        chain.add(block(90));
        taken(91, why);
        taken(97, why);
        taken(NOW, why);
    }

    @Test
    @DisplayName("The clock of who signs may be a moment ahead.")
    void aMomentAhead() {
        chain.add(block(90));
        taken(NOW + 1, "Clocks differ a little: `SLOTS_AHEAD` says how much of that is allowed.");
    }

    @Test
    @DisplayName("The other rules still hold.")
    void theOtherRules() {
        long slot = holders.turn(0, 1);
        StakeSeal others = new StakeSeal(slot, 1, List.of(), Optional.empty(), "");
        Block stolen = holders.sealed(Block.GENESIS, "text", others, 1);
        Explain.that(
                !verdict(stolen).isSound(),
                "Holder 1 signed for a slot of holder 0, and the node took it.",
                "It is not its turn.");
        StakeSeal own = new StakeSeal(slot, 0, List.of(), Optional.empty(), "");
        Block forged = holders.sealed(Block.GENESIS, "text", own, 1);
        Explain.that(
                !verdict(forged).isSound(),
                "Holder 1 signed in the name of holder 0, and the node took it.",
                "The signature is not that of holder 0.");
    }
}
