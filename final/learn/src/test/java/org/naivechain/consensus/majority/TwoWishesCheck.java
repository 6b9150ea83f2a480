package org.naivechain.consensus.majority;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.learn.Explain;
import org.naivechain.ledger.Addition;
import org.naivechain.ledger.Batch;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.MemoryKeptBlocks;
import org.naivechain.ledger.MemoryMemberships;
import org.naivechain.ledger.MemoryReceipts;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.simulation.VirtualTime;

class TwoWishesCheck {
    private final Ledger ledger =
            new Ledger(KeptChain.over(new MemoryKeptBlocks()), new MemoryReceipts(), new MemoryMemberships());
    private final PendingAdds adds = new PendingAdds(ledger, new VirtualTime(), key -> {});
    private final List<AddOutcome> toAlice = new ArrayList<>();
    private final List<AddOutcome> toCarol = new ArrayList<>();

    private final Addition alices = OneMember.addition("alice-1", "5 coins to Bob");
    private final Addition carols = OneMember.addition("carol-1", "5 coins to Bob");

    TwoWishesCheck() {
        ledger.agreeOnMembers(List.of(OneMember.peer("self", 15001)));
    }

    private void decide(Addition... additions) {
        ledger.append(new Batch(ledger.position(), ledger.chain().head().hash(), List.of(additions)));
    }

    @Test
    @DisplayName("Two users who add the same text get two blocks, or one of them is not told that it is added.")
    void equalTexts() {
        adds.add(alices, toAlice::add);
        adds.add(carols, toCarol::add);
        decide(alices);
        Explain.that(
                toAlice.size() + toCarol.size() == 1,
                "Alice and Carol both add \"5 coins to Bob\", each with a key of her own. One block is decided, and its key is"
                        + " Alice's. Alice was told " + toAlice + ", Carol " + toCarol
                        + ": two wishes were acknowledged, and Bob got 5 coins.",
                "Equal texts were taken for one wish. By what does a member know whose wish a block is?");
        Explain.same(
                1,
                toAlice.size(),
                "The block has Alice's key. How often was she told?",
                "It is her wish that came true.");
        decide(carols);
        Explain.that(
                toCarol.size() == 1
                        && toCarol.get(0) instanceof AddOutcome.Added added
                        && added.block().index() == 2,
                "Then block 2 is decided with the same text, under Carol's key. Carol was told " + toCarol + ".",
                "Now it is her wish that came true, as block 2.");
    }

    @Test
    @DisplayName("A block that somebody else's node added with an equal text fulfils no wish of this node's users.")
    void equalTextOfAnotherNode() {
        adds.add(alices, toAlice::add);
        decide(OneMember.addition("dave-1", "5 coins to Bob"));
        Explain.same(
                List.of(),
                toAlice,
                "Dave, at another node, adds \"5 coins to Bob\", and that is decided. Alice waits here for the same text."
                        + " What was she told?",
                "Her own add may still fail. Dave's block is not hers.");
    }

    @Test
    @DisplayName("A user whose key came with another text in a block is told that the key is taken.")
    void theKeyWithAnotherText() {
        adds.add(alices, toAlice::add);
        decide(OneMember.addition("alice-1", "1 coin to Bob"));
        Explain.that(
                toAlice.size() == 1 && toAlice.get(0) instanceof AddOutcome.Contradicted,
                "Alice waits for \"5 coins to Bob\". A block is decided with her key and the text \"1 coin to Bob\", which she"
                        + " had sent through another node. Alice was told " + toAlice + ".",
                "A key stands for one text only. What the user is told, `outcome(…)` works out; only the choice of the add is"
                        + " wrong in this class.");
    }

    @Test
    @DisplayName("Of a batch every user hears of the own block.")
    void aBatch() {
        adds.add(alices, toAlice::add);
        adds.add(carols, toCarol::add);
        decide(OneMember.addition("dave-1", "hello"), carols, alices);
        Explain.that(
                toAlice.size() == 1
                        && toAlice.get(0) instanceof AddOutcome.Added alice
                        && alice.block().index() == 3,
                "A batch of three blocks is decided; the third has Alice's key. Alice was told " + toAlice + ".",
                "The answer names the block. Two blocks here have the same text, and only one of them is hers.");
        Explain.that(
                toCarol.size() == 1
                        && toCarol.get(0) instanceof AddOutcome.Added carol
                        && carol.block().index() == 2,
                "The second block has Carol's key. Carol was told " + toCarol + ".",
                "The answer names the block. Two blocks here have the same text, and only one of them is hers.");
    }
}
