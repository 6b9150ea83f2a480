package org.naivechain.consensus.stake;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.learn.Explain;
import org.naivechain.protocol.IdempotencyKey;

class TwoForOneSlotCheck {
    private static final long SLOT = 7;

    private final Holders holders = new Holders(50, 30, 20);
    private final Signatures signatures = new Signatures(holders.stakes());
    private final Signed alice = signed("pay Alice", SLOT, 1, 1);
    private final Signed bob = signed("pay Bob", SLOT, 1, 1);

    /** What a block shows that names a holder, and was signed by one. */
    private Signed signed(String text, long slot, int named, int by) {
        StakeSeal seal = new StakeSeal(slot, named, List.of(), Optional.empty(), "");
        return Signed.of(holders.sealed(Block.GENESIS, text, seal, by)).orElseThrow();
    }

    private void proof(boolean expected, Signed one, Signed other, String what, String why) {
        for (Equivocation proof : List.of(new Equivocation(one, other), new Equivocation(other, one))) {
            boolean found = Equivocation.in(proof.toData(), signatures).isPresent();
            Explain.that(
                    found == expected,
                    what + " It was " + (found ? "taken for a proof" : "not taken for a proof") + " against holder "
                            + proof.holder() + ".",
                    why);
        }
    }

    @Test
    @DisplayName("Two blocks for one slot, both signed by its holder, are a proof.")
    void proved() {
        proof(
                true,
                alice,
                bob,
                "Holder 1 signed \"pay Alice\" and \"pay Bob\", both for slot 7.",
                "That is what it is about.");
    }

    @Test
    @DisplayName("Two blocks with the same data are two blocks if their seals say different things.")
    void theSameDataTwice() {
        Signed asked = Signed.of(holders.sealed(
                        Block.GENESIS,
                        "pay Alice",
                        new StakeSeal(SLOT, 1, List.of(), Optional.of(IdempotencyKey.ofClient("k")), ""),
                        1))
                .orElseThrow();
        proof(
                true,
                alice,
                asked,
                "Holder 1 signed \"pay Alice\" for slot 7 twice, once without a request key and once with one.",
                "The seals differ, so that the hashes do: these are two blocks. What was signed is the text of Signed.");
    }

    @Test
    @DisplayName("The same block twice proves nothing.")
    void theSameBlock() {
        proof(
                false,
                alice,
                alice,
                "Holder 1 signed one block for slot 7, and somebody got it twice.",
                "Every node gets most blocks more than once. All holders would be expelled in a minute.");
    }

    @Test
    @DisplayName("Blocks for two slots prove nothing.")
    void twoSlots() {
        proof(
                false,
                alice,
                signed("pay Bob", SLOT + 1, 1, 1),
                "Holder 1 signed a block for slot 7 and another one for slot 8.",
                "A holder signs a block in each of its turns.");
    }

    @Test
    @DisplayName("Blocks of two holders prove nothing.")
    void twoHolders() {
        proof(
                false,
                alice,
                signed("pay Bob", SLOT, 2, 2),
                "Holder 1 signed for slot 7, and so did holder 2.",
                "Holder 2 signed out of its turn, which nobody takes. That is no fault of holder 1.");
    }

    @Test
    @DisplayName("A signature that is not the holder's proves nothing.")
    void forged() {
        String why = "Anybody can write the name of holder 1 into a seal. Only its key makes its signature.";
        proof(
                false,
                alice,
                signed("pay Bob", SLOT, 1, 2),
                "Holder 1 signed \"pay Alice\". Holder 2 wrote a block \"pay Bob\" in the name of holder 1, and signed it itself.",
                why);
        proof(
                false,
                signed("pay Alice", SLOT, 1, 2),
                signed("pay Bob", SLOT, 1, 2),
                "Holder 2 wrote two blocks in the name of holder 1, and signed both itself.",
                why);
    }
}
