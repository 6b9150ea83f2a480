package org.naivechain.consensus.majority;

import java.util.List;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.Hash;
import org.naivechain.chain.Verdict;
import org.naivechain.ledger.Batch;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.protocol.Reply;

/**
 * The learner of Paxos (Lamport, <i>Paxos Made Simple</i>, section 2.3): it appends what is decided. For the node's thread
 * only.
 */
final class Learner {
    private final LedgerContext context;
    private final Acceptor acceptor;
    /** Whether the last decision that could be compared was on other blocks than those here. */
    private boolean differs;

    Learner(LedgerContext context, Acceptor acceptor) {
        this.context = context;
        this.acceptor = acceptor;
    }

    void append(Batch batch) {
        if (context.ledger().append(batch) instanceof Verdict.Fault fault) {
            context.log().error("The chain here is not the one that was decided: {}", fault);
            return;
        }
        batch.next()
                .ifPresentOrElse(
                        next -> context.log().info("The network has {} members now: {}", next.size(), next.members()),
                        () -> logAdded(batch.blocks()));
    }

    private void logAdded(List<Block> blocks) {
        Block first = blocks.get(0);
        Block last = blocks.get(blocks.size() - 1);
        if (first == last) {
            context.log().info("Block {} added: {}", last.index(), last.hash());
        } else {
            context.log().info("Blocks {} to {} added: {}", first.index(), last.index(), last.hash());
        }
    }

    /** Compares a decision that was reached here. If the last decided block is the same, all before it are. */
    Reply compare(BallotCommand.Decide decision) {
        long last = decision.position().length() - 1;
        Hash ours = acceptor.hashAt(last);
        boolean differed = differs;
        differs = !ours.equals(decision.head());
        if (!differs) {
            return Reply.ACK;
        }
        if (!differed) {
            context.log()
                    .error(
                            "The chain here is not the one that was decided: block {} is {} here, and {} for the proposer {};"
                                    + " start this node with an empty --data-dir to take theirs over",
                            last,
                            ours,
                            decision.head(),
                            decision.ballot().proposer());
        }
        return new Reply.Refusal("block " + last + " is " + ours + " here, not " + decision.head());
    }
}
