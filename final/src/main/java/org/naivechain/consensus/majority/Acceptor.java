package org.naivechain.consensus.majority;

import java.util.Optional;
import org.naivechain.blocks.Hash;
import org.naivechain.ledger.Batch;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.Reply;

/**
 * The acceptor of Paxos (Lamport, <i>Paxos Made Simple</i>, section 2.2): it answers phase 1 with a promise and phase 2 with
 * a vote, and it is these answers that make the network safe. An instance is the position at which a batch begins; everything
 * before is decided. Only the last vote is kept: it covers everything beyond the chain that this member ever voted for and
 * that may have been decided, because a proposer goes on only after a decision, and starts with the votes of a quorum.
 *
 * <p>For the node's thread only. The answers may leave the node when what was written is durable.
 */
final class Acceptor {
    private final Ledger ledger;
    private final KeptChain chain;
    private final BallotBox box;

    Acceptor(Ledger ledger, BallotBox box) {
        this.ledger = ledger;
        this.chain = ledger.chain();
        this.box = box;
    }

    Ballot promised() {
        return box.promised();
    }

    /** The last vote, whether it was decided or not. */
    Optional<Vote> vote() {
        return box.vote();
    }

    /** Phase 1b. A promise may be asked for again, because the answer may have been lost. */
    Reply promise(Ballot ballot) {
        if (promised().outbids(ballot)) {
            return new BallotReply.Outbid(promised());
        }
        if (ballot.outbids(promised())) {
            box.promise(ballot);
        }
        return new BallotReply.Promised(ledger.position(), box.vote());
    }

    /**
     * Phase 2b. A proposer that has not heard of a decision yet proposes what is decided here already: to that the answer is
     * yes, too.
     */
    Reply vote(BallotCommand.Propose proposal) {
        Batch batch = proposal.batch();
        if (promised().outbids(proposal.ballot())) {
            return new BallotReply.Outbid(promised());
        }
        if (isDecided(batch)) {
            return Reply.ACK;
        }
        if (beyond(batch).isEmpty()) {
            return new Reply.Refusal("the next decision here is " + ledger.position() + ", after "
                    + chain.head().hash() + "; not " + batch.start() + ", after " + batch.previousHash());
        }
        box.vote(new Vote(proposal.ballot(), batch));
        return Reply.ACK;
    }

    /** Whether a batch is decided here. A hash depends on all blocks before it: if the last block is the same, all are. */
    private boolean isDecided(Batch batch) {
        long last = batch.end().length() - 1;
        return ledger.position().reaches(batch.end())
                && hashAt(last).equals(batch.hashAt(last))
                && batch.next()
                        .equals(batch.next()
                                .flatMap(next -> ledger.memberships().find(next.version())));
    }

    /** The part of a batch that follows the chain; nothing if it ends before, or follows another chain. */
    Optional<Batch> beyond(Batch batch) {
        Hash head = chain.head().hash();
        return batch.beyond(ledger.position())
                .filter(rest -> rest.previousHash().equals(head));
    }

    /** The head is in memory, and nearly every proposal and decision follows it: no answer should wait for a read. */
    Hash hashAt(long index) {
        return (index == chain.head().index()
                        ? chain.head()
                        : chain.page(index, 1).get(0))
                .hash();
    }

    /** What it voted for under a ballot, if the decisions under that ballot reach its end: at a place there is only one batch. */
    Optional<Batch> votedFor(Ballot ballot, Position decided) {
        return box.vote()
                .filter(vote -> vote.ballot().equals(ballot))
                .map(Vote::batch)
                .filter(batch ->
                        batch.end().equals(decided) && !ledger.position().reaches(decided));
    }
}
