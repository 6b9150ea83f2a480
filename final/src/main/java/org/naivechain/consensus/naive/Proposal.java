package org.naivechain.consensus.naive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.naivechain.blocks.Block;
import org.naivechain.chain.Verdict;
import org.naivechain.ledger.Addition;
import org.naivechain.ledger.BlockFetcher;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.Reply;

/**
 * One attempt to have a block agreed on. Every other member is asked for its vote; when a majority has agreed the block is
 * appended here, and each member that voted for it, also later, is told to append it too. A member that did not is told
 * nothing to append, because one of the original would append it wherever it stands. For the node's thread only.
 */
final class Proposal {
    private final LedgerContext context;
    private final Addition addition;
    private final Consumer<AddOutcome> then;
    private final Runnable concluded;
    private final BlockFetcher fetcher;
    private VotingRound round;
    private boolean mayRetry = true;
    private boolean told;

    Proposal(
            LedgerContext context,
            Addition addition,
            Consumer<AddOutcome> then,
            Runnable concluded,
            BlockFetcher fetcher) {
        this.context = context;
        this.addition = addition;
        this.then = then;
        this.concluded = concluded;
        this.fetcher = fetcher;
    }

    void start() {
        round = new VotingRound();
        round.open();
    }

    /** Ends the wait for this proposal, whatever becomes of it. */
    void abandon(String reason) {
        if (round != null && round.appended) {
            unconfirmed(reason);
        } else {
            refused(reason);
        }
    }

    private void refused(String reason) {
        conclude(new AddOutcome.NotAdded(reason + "; the data was not added, try again"));
    }

    private void unconfirmed(String reason) {
        conclude(new AddOutcome.Unknown(reason + "; the data is in this node's chain, whether it stays is unknown"));
    }

    private void conclude(AddOutcome outcome) {
        if (!told) {
            told = true;
            context.durability().whenDurable(() -> then.accept(outcome));
            concluded.run();
        }
    }

    /** A member that disagrees may have a block that this node misses: with that block, the data is proposed once more. */
    private void retryWhenCaughtUp(VotingRound failed) {
        mayRetry = false;
        fetcher.catchUp(() -> {
            if (told) {
                return;
            }
            if (context.chain().length() > failed.block.index()) {
                start();
            } else {
                refused(failed.votes.toString());
            }
        });
    }

    /** The votes and commits for one block. */
    private final class VotingRound {
        private final Block block = context.chain().next(addition.data());
        private final Tally votes = new Tally("vote", context.peers());
        private final Tally commits = new Tally("commit", context.peers());
        private final List<Peer> supporters = new ArrayList<>();
        private boolean decided;
        private boolean appended;
        private boolean contradicted;

        void open() {
            decide();
            for (Peer other : votes.others()) {
                context.network()
                        .send(other.address(), new PeerCommand.ValidateBlock(block), outcome -> voted(other, outcome));
            }
        }

        private void voted(Peer voter, Outcome outcome) {
            if (outcome instanceof Reply.Ack) {
                votes.yes();
                supporters.add(voter);
                if (appended) {
                    sendCommit(voter);
                }
            } else {
                contradicted |= outcome instanceof Reply.Refusal;
                votes.no(voter, outcome);
                commits.no(voter, outcome);
                if (appended) {
                    concludeIfCommitted();
                }
            }
            decide();
        }

        private void decide() {
            if (decided || told) {
                return;
            }
            if (votes.hasCarried()) {
                decided = true;
                append();
            } else if (votes.hasFailed()) {
                decided = true;
                if (contradicted && mayRetry) {
                    retryWhenCaughtUp(this);
                } else {
                    refused(votes.toString());
                }
            }
        }

        private void append() {
            if (context.chain().check(block) instanceof Verdict.Fault fault) {
                refused("another block was added meanwhile (" + fault + ")");
                return;
            }
            context.ledger().adopt(List.of(block), Map.of(block.index(), addition.key()));
            appended = true;
            context.log().info("Block {} added: {}", block.index(), block.hash());
            List.copyOf(supporters).forEach(this::sendCommit);
            concludeIfCommitted();
        }

        private void sendCommit(Peer supporter) {
            var commit = new PeerCommand.AddBlock(block);
            context.network().send(supporter.address(), commit, outcome -> {
                if (outcome instanceof Reply.Ack) {
                    commits.yes();
                } else {
                    commits.no(supporter, outcome);
                }
                if (outcome instanceof Reply) {
                    // The confirmation round of the original.
                    context.network().send(supporter.address(), new PeerCommand.ConfirmBlock(block), ignored -> {});
                }
                concludeIfCommitted();
            });
        }

        private void concludeIfCommitted() {
            if (commits.hasCarried()) {
                conclude(new AddOutcome.Added(block));
            } else if (commits.hasFailed()) {
                unconfirmed(commits.toString());
            }
        }
    }
}
