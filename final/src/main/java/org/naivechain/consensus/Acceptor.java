package org.naivechain.consensus;

import java.util.Optional;
import org.naivechain.blocks.Hash;
import org.naivechain.chain.Chain;
import org.naivechain.protocol.Ballot;
import org.naivechain.protocol.Batch;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Vote;

/**
 * The acceptor of Paxos (Lamport, <i>Paxos Made Simple</i>, section 2.2): it answers phase 1 with a promise and phase 2 with
 * a vote, and it is these answers that make the network safe. An instance is the index at which a batch begins; the chain up
 * to there is decided. Only the last vote is kept: it covers everything beyond the chain that this member ever voted for and
 * that may have been decided, because a proposer goes on only after a decision, and starts with the votes of a quorum.
 *
 * <p>For the node's thread only. The answers may leave the node when what was written is durable.
 */
final class Acceptor {
    private final Chain chain;
    private final BallotBox box;

    Acceptor(Chain chain, BallotBox box) {
        this.chain = chain;
        this.box = box;
    }

    Ballot promised() {
        return box.promised();
    }

    /** Phase 1b. A promise may be asked for again, because the answer may have been lost. */
    Reply promise(Ballot ballot) {
        if (promised().outbids(ballot)) {
            return new Reply.Outbid(promised());
        }
        if (ballot.outbids(promised())) {
            box.promise(ballot);
        }
        return new Reply.Promised(chain.length(), openVote());
    }

    /**
     * Phase 2b. A proposer that has not heard of a decision yet proposes what is decided here already: to that the answer is
     * yes, too.
     */
    Reply vote(Command.Propose proposal) {
        Batch batch = proposal.batch();
        if (promised().outbids(proposal.ballot())) {
            return new Reply.Outbid(promised());
        }
        if (batch.from() > chain.length()) {
            return new Reply.Refusal("the next block here is " + chain.length() + ", not " + batch.from());
        }
        // A hash depends on all blocks before it: if the last block that both have is the same, all are.
        long common = Math.min(batch.end(), chain.length()) - 1;
        Hash ours = hashAt(chain, common);
        Hash theirs = hashAt(batch, common);
        if (!ours.equals(theirs)) {
            return new Reply.Refusal("block " + common + " is " + ours + " here, not " + theirs);
        }
        if (batch.end() > chain.length()) {
            box.vote(new Vote(proposal.ballot(), batch));
        }
        return Reply.ACK;
    }

    /** The head is in memory, and nearly every proposal follows it: no vote should wait for a read. */
    private static Hash hashAt(Chain chain, long index) {
        return (index == chain.head().index()
                        ? chain.head()
                        : chain.page(index, 1).get(0))
                .hash();
    }

    /** The hash of a block of a batch, or of the block before it. */
    private static Hash hashAt(Batch batch, long index) {
        return index < batch.from()
                ? batch.previousHash()
                : batch.blocks().get((int) (index - batch.from())).hash();
    }

    /** What this member voted for beyond its chain, which may have been decided without its knowing. */
    Optional<Vote> openVote() {
        return box.vote().filter(vote -> vote.batch().end() > chain.length());
    }

    /**
     * The blocks that it voted for, if a decision under a ballot means them. The hash alone does not tell: two users may add
     * the same text, and their blocks differ only in the key. Under one ballot there is only one batch at a place.
     */
    Optional<Batch> votedFor(Ballot ballot, long length, Hash head) {
        return openVote()
                .filter(vote -> vote.ballot().equals(ballot))
                .map(Vote::batch)
                .filter(batch -> ends(batch, length, head));
    }

    private static boolean ends(Batch batch, long length, Hash head) {
        return batch.from() < length
                && length <= batch.end()
                && hashAt(batch, length - 1).equals(head);
    }
}
