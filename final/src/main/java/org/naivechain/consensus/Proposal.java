package org.naivechain.consensus;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Verdict;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Surroundings;

/**
 * One attempt to have a block agreed on: a round of votes, then a round of commits, each until a majority of the members has
 * said yes or cannot say it any more. For the node's thread only.
 */
final class Proposal {
    private static final int REASONS_SHOWN = 5;

    private final Surroundings surroundings;
    private final BlockData data;
    private final Consumer<AddOutcome> then;
    private final Runnable concluded;
    private final Runnable behind;
    private Block block;
    private boolean appended;
    private boolean told;

    Proposal(
            Surroundings surroundings, BlockData data, Consumer<AddOutcome> then, Runnable concluded, Runnable behind) {
        this.surroundings = surroundings;
        this.data = data;
        this.then = then;
        this.concluded = concluded;
        this.behind = behind;
    }

    void start() {
        block = surroundings.chain().next(data);
        new Round("vote", new Command.ValidateBlock(block), this::commit, this::refused) {
            @Override
            void heard(Peer from, Outcome outcome) {
                // A member that disagrees may have a block that this node misses.
                if (outcome instanceof Reply.Refusal) {
                    behind.run();
                }
            }
        }.start();
    }

    /** Ends the wait for this proposal, whatever becomes of it. */
    void abandon(String reason) {
        if (appended) {
            unconfirmed(reason);
        } else {
            refused(reason);
        }
    }

    private void commit() {
        if (told) {
            return;
        }
        Verdict verdict = surroundings.chain().append(block);
        if (verdict instanceof Verdict.Fault fault) {
            refused("another block was added meanwhile (" + fault + ")");
            return;
        }
        appended = true;
        surroundings.log().info("Block {} added: {}", block.index(), block.hash());
        var commit = new Command.AddBlock(data.text(), Optional.of(block));
        new Round("commit", commit, this::added, this::unconfirmed) {
            @Override
            void heard(Peer from, Outcome outcome) {
                // The confirmation round of the original.
                if (outcome instanceof Reply) {
                    surroundings.network().send(from.address(), new Command.ConfirmBlock(block), ignored -> {});
                }
            }
        }.start();
    }

    private void added() {
        conclude(new AddOutcome.Added(block));
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
            then.accept(outcome);
            concluded.run();
        }
    }

    /** Asks every other member the same and counts; this node's own yes is the first. */
    private class Round {
        private final List<Peer> others = surroundings.peers().peers();
        private final int members = surroundings.peers().members();
        private final int quorum = surroundings.peers().quorum();
        private final Map<Peer, Outcome> refusals = new HashMap<>();
        private final String name;
        private final Command question;
        private final Runnable carried;
        private final Consumer<String> failed;
        private int agreed = 1;
        private boolean decided;

        Round(String name, Command question, Runnable carried, Consumer<String> failed) {
            this.name = name;
            this.question = question;
            this.carried = carried;
            this.failed = failed;
        }

        void start() {
            decide();
            for (Peer other : others) {
                surroundings.network().send(other.address(), question, outcome -> {
                    heard(other, outcome);
                    count(other, outcome);
                });
            }
        }

        void heard(Peer from, Outcome outcome) {
            // Nothing, unless a round has something to add.
        }

        private void count(Peer from, Outcome outcome) {
            if (outcome instanceof Reply.Ack) {
                agreed++;
            } else {
                refusals.put(from, outcome);
            }
            decide();
        }

        private String reasons() {
            String shown = others.stream()
                    .filter(refusals::containsKey)
                    .limit(REASONS_SHOWN)
                    .map(other -> other + ": " + refusals.get(other))
                    .collect(Collectors.joining("; "));
            return refusals.size() <= REASONS_SHOWN
                    ? shown
                    : shown + "; and " + (refusals.size() - REASONS_SHOWN) + " more";
        }

        private void decide() {
            if (decided) {
                return;
            }
            if (agreed >= quorum) {
                decided = true;
                carried.run();
            } else if (members - refusals.size() < quorum) {
                decided = true;
                failed.accept("the " + name + " failed, " + agreed + " of " + members + " members agreed and " + quorum
                        + " are needed (" + reasons() + ")");
            }
        }
    }
}
