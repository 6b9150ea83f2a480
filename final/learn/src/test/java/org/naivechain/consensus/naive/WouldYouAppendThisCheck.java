package org.naivechain.consensus.naive;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Hash;
import org.naivechain.learn.Explain;
import org.naivechain.ledger.ForwardingBlocks;
import org.naivechain.ledger.MemoryKeptBlocks;
import org.naivechain.ledger.Tip;
import org.naivechain.protocol.Reply;

class WouldYouAppendThisCheck {
    private final OneVoter member = new OneVoter();

    @Test
    @DisplayName("A member votes for a block that comes next, and appends it when it is committed.")
    void votesForTheNext() {
        Block block = member.next("Alice pays Bob 5");
        Explain.same(
                Reply.ACK,
                member.engine.vote(block),
                "The chain ends with block 0, and a sound block 1 is proposed.",
                "Nothing speaks against it: it passes KeptChain.check.");
        Explain.same(
                List.of(), member.texts(), "It voted. Which blocks are in its chain?", "A vote is not a commit yet.");
        Explain.same(
                Reply.ACK,
                member.engine.commit(OneVoter.commit(block)),
                "The block that it voted for is committed.",
                "It takes a block only if it remembers its vote for it: `votedFor`, by the hash.");
        Explain.same(
                List.of("Alice pays Bob 5"), member.texts(), "It was committed. Which blocks are in its chain?", "");
    }

    @Test
    @DisplayName("A member does not vote for a block that does not fit, and says why.")
    void refusesWhatDoesNotFit() {
        Block first = member.next("first");
        member.chain.append(first);
        Explain.same(
                new Reply.Refusal("block 2: index must follow 1: index=1"),
                member.engine.vote(first),
                "The chain ends with block 1, and another block 1 is proposed.",
                "The refusal carries the fault's own words: fault.toString().");
        Explain.same(
                0,
                member.timesBehind,
                "The proposer is behind, not this member. How often did it fetch?",
                "It misses nothing.");
    }

    @Test
    @DisplayName("A member that has lost the end of its chain does not vote.")
    void doesNotVoteWithALostEnd() {
        OneVoter loser = new OneVoter(new ForwardingBlocks(new MemoryKeptBlocks()) {
            @Override
            public Optional<Tip> tip() {
                return Optional.of(new Tip(3, Hash.ORIGIN));
            }
        });
        Reply reply = loser.engine.vote(loser.next("Alice pays Bob 5"));
        Explain.that(
                reply instanceof Reply.Refusal refusal && refusal.reason().contains("lost the end"),
                "The file once held 3 blocks, and 1 is left. A block 1 is proposed. It answers " + reply + ".",
                "There was a block 1, which it does not know any more: context.ledger().endIsLost() is the reason to refuse.");
    }

    @Test
    @DisplayName("A member that is asked about a block further on has missed some, and fetches them.")
    void fetchesWhatItMisses() {
        Block far = member.next("x").next(BlockData.of("y")).next(BlockData.of("far"));
        Reply reply = member.engine.vote(far);
        Explain.that(
                reply instanceof Reply.Refusal,
                "The chain ends with block 0, and block 3 is proposed. It answers " + reply + ".",
                "It cannot judge a block whose predecessor it does not have.");
        Explain.same(
                1,
                member.timesBehind,
                "The chain ends with block 0, and block 3 is proposed. How often did it have blocks fetched?",
                "Others have blocks that this member misses: fetcher.catchUp().");
    }

    @Test
    @DisplayName("A member that is asked about a block that is next and does not fit fetches nothing.")
    void fetchesNothingForTheNext() {
        Block forged = member.next("Alice pays Bob 5").tampered(BlockData.of("Alice pays Bob 5000"));
        Reply reply = member.engine.vote(forged);
        Explain.that(
                reply instanceof Reply.Refusal,
                "The chain ends with block 0, and a block 1 with a wrong hash is proposed. It answers " + reply + ".",
                "KeptChain.check finds a fault.");
        Explain.same(
                0,
                member.timesBehind,
                "The chain ends with block 0, and a block 1 with a wrong hash is proposed. How often did it have blocks"
                        + " fetched?",
                "Block 1 is the next index, not beyond it: this member misses no block. The chain's length is that index.");
    }

    @Test
    @DisplayName("A member forgets a vote when another block has taken the place.")
    void forgetsOldVotes() {
        Block loser = member.next("loser");
        Block winner = member.next("winner");
        member.engine.vote(loser);
        member.engine.vote(winner);
        member.engine.commit(OneVoter.commit(winner));
        member.engine.vote(member.next("next"));
        Reply reply = member.engine.commit(OneVoter.commit(loser));
        Explain.that(
                reply instanceof Reply.Refusal,
                "\"winner\" is block 1, and a late commit of \"loser\" as block 1 comes. It answers " + reply + ".",
                "Votes are for the next index only.");
        Explain.same(List.of("winner"), member.texts(), "Which blocks are in its chain?", "Block 1 is taken.");
    }

    @Test
    @DisplayName("A member remembers its last 100 votes: the oldest goes first, and only that one.")
    void forgetsTheOldestFirst() {
        for (int i = 0; i <= 100; i++) {
            member.engine.vote(member.next("rival " + i));
        }
        Reply oldest = member.engine.commit(OneVoter.commit(member.next("rival 0")));
        Explain.that(
                oldest instanceof Reply.Refusal,
                "It voted for 101 blocks, and the first of them is committed. It answers " + oldest + ".",
                "Whoever proposes without end must not fill its memory: MAX_VOTES.");
        Explain.same(
                Reply.ACK,
                member.engine.commit(OneVoter.commit(member.next("rival 1"))),
                "It voted for 101 blocks, and the second of them is committed.",
                "There was room for 100 votes. Were more forgotten than the oldest one?");
    }

    @Test
    @DisplayName("A vote that is repeated needs no room: no other is forgotten for it.")
    void repeatsAVote() {
        for (int i = 0; i < 100; i++) {
            member.engine.vote(member.next("rival " + i));
        }
        member.engine.vote(member.next("rival 99"));
        Explain.same(
                Reply.ACK,
                member.engine.commit(OneVoter.commit(member.next("rival 0"))),
                "It voted for 100 blocks, and once more for the last of them. The first of them is committed.",
                "100 blocks have room. A proposer asks again if an answer was lost; that must not cost another one its vote.");
    }

    @Test
    @DisplayName("A member votes for two blocks at one index: this is what the older system does.")
    void votesTwice() {
        Explain.same(
                List.of(Reply.ACK, Reply.ACK),
                List.of(member.engine.vote(member.next("text 1")), member.engine.vote(member.next("text 2"))),
                "Two members propose a block 1 at once.",
                "Both fit. A member that agreed to the first only would wait for ever if its proposer has crashed. Chapter 8"
                        + " shows the way out; here the older system is what has to be rebuilt.");
    }
}
