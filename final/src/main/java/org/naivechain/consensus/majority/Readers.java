package org.naivechain.consensus.majority;

import java.util.HashMap;
import java.util.Map;
import org.naivechain.blocks.Block;
import org.naivechain.chain.DamagedBlockException;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.protocol.Network;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.Reply;

/**
 * Nodes of the original in a network that decides by ballots: the proposer tells them every decided block, and they have no
 * vote. One of the original appends whatever it is told, wherever it stands; so it is asked first whether the block would be
 * its next, and only then told. For the node's thread only.
 */
final class Readers {
    /** How far back a reader is asked for the block that it needs; a reader that misses more must join anew, which brings all. */
    private static final int MAX_BACK = 50;

    private final Map<Peer, Feed> feeds = new HashMap<>();
    private final LedgerContext context;
    private final KeptChain chain;
    private final Network network;

    Readers(LedgerContext context) {
        this.context = context;
        this.chain = context.chain();
        this.network = context.network();
    }

    /** Tells the readers what they miss. */
    void tell() {
        for (Peer peer : context.peers().peers()) {
            if (!peer.runsThisProgram()) {
                feeds.computeIfAbsent(peer, Feed::new).proceed();
            }
        }
        feeds.keySet().retainAll(context.peers().peers());
    }

    /** One reader, and how far it is. */
    private final class Feed {
        private final Peer reader;
        /** The block that it needs next; at first that is a guess. */
        private long next = Math.max(1, chain.length() - 1);

        private int back;
        private boolean searching;
        private boolean busy;

        Feed(Peer reader) {
            this.reader = reader;
        }

        void proceed() {
            if (busy || next >= chain.length()) {
                return;
            }
            Block block;
            try {
                block = chain.page(next, 1).get(0);
            } catch (DamagedBlockException e) {
                // It is tried again at the next decision; by then the block may have been repaired.
                return;
            }
            busy = true;
            network.send(reader.address(), new PeerCommand.ValidateBlock(block), outcome -> {
                busy = false;
                if (outcome instanceof Reply.Ack) {
                    append(block);
                } else if (outcome instanceof Reply.Refusal) {
                    lookFurtherBack();
                }
            });
        }

        private void append(Block block) {
            busy = true;
            searching = false;
            var commit = new PeerCommand.AddBlock(block);
            network.send(reader.address(), commit, outcome -> {
                busy = false;
                if (outcome instanceof Reply.Ack) {
                    next = block.index() + 1;
                    proceed();
                }
            });
        }

        /**
         * It has this block already, because somebody else told it, or misses one before; which of both it does not say. So
         * the search begins at the last block.
         */
        private void lookFurtherBack() {
            if (!searching) {
                searching = true;
                back = 0;
                next = next < chain.length() - 1 ? chain.length() : next;
            }
            if (next > 1 && back < MAX_BACK) {
                back++;
                next--;
            } else {
                next = chain.length();
                searching = false;
                context.complaints()
                        .log(
                                "The reader {} needs none of the last blocks: it has them, or it misses more than {} and"
                                        + " must join anew",
                                reader,
                                MAX_BACK);
            }
            proceed();
        }
    }
}
