package org.naivechain.consensus.naive;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.learn.Explain;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.Reply;

class LateCommitCheck {
    private final OneVoter member = new OneVoter();

    @Test
    @DisplayName("A commit that comes twice commits one block.")
    void comesTwice() {
        Block first = member.next("5 coins to Bob");
        member.engine.vote(first);
        member.engine.commit(OneVoter.commit(first));
        // Somebody else proposes the same text again, and gets this member's vote; there is no majority yet.
        Block second = member.next("5 coins to Bob");
        member.engine.vote(second);
        // The network delivers the commit of block 1 once more.
        Reply reply = member.engine.commit(OneVoter.commit(first));
        Explain.same(
                List.of("5 coins to Bob"),
                member.texts(),
                "Block 1 \"5 coins to Bob\" was committed. Block 2 with the same text is being voted on. Now the commit of block 1"
                        + " comes a second time, because the network repeats a frame, and a block is appended that nobody"
                        + " committed.",
                "Equal texts were taken for one block. What does the commit say beside the text?");
        Explain.same(
                Reply.ACK,
                reply,
                "The commit of block 1 comes a second time, and block 1 is here.",
                "It is true that this member has it, and the sender may only have missed the first answer.");
    }

    @Test
    @DisplayName("A commit of a block that this member did not vote for appends nothing, whatever its text.")
    void notVotedFor() {
        Block voted = member.next("5 coins to Bob");
        member.engine.vote(voted);
        Block other = new Block(1, member.next("another chain").hash(), BlockData.of("5 coins to Bob"), voted.hash());
        Reply reply = member.engine.commit(OneVoter.commit(other));
        Explain.that(
                reply instanceof Reply.Refusal,
                "It voted for block 1 of its own chain. A commit names a block 1 of another chain with an equal text. It answers "
                        + reply + ".",
                "Compare blocks, by all that they are.");
        Explain.same(List.of(), member.texts(), "Which blocks are in its chain?", "It voted for another block.");
    }

    @Test
    @DisplayName(
            "A commit of a node of the older system, which names the text only, still commits the block that was voted for.")
    void theOlderSystem() {
        member.engine.vote(member.next("from the older system"));
        Explain.same(
                Reply.ACK,
                member.engine.commit(new PeerCommand.AddBlock("from the older system", Optional.empty())),
                "A node of the older system commits, and says nothing but the text.",
                "There is no more to go by. Such a network has to live with it.");
        Explain.same(List.of("from the older system"), member.texts(), "Which blocks are in its chain?", "");
    }
}
