package org.naivechain.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.naivechain.chain.Chain;
import org.naivechain.chain.Verdict;

/**
 * Fetches the blocks that this node misses, page by page, from peers in random order until one has had something new. Nodes
 * of the original know no pages; those are joined anew, which makes them send their chain. For the node's thread only.
 */
public final class CatchUp {
    private static final int PAGE_BLOCKS = 1_000;

    private final Surroundings surroundings;
    private final Chain chain;
    private final Joining joining;
    private boolean running;

    /**
     * What fetches missing blocks, when it is told that there are some.
     *
     * @param surroundings what it works on and with
     * @param joining how to join a node of the original anew
     */
    public CatchUp(Surroundings surroundings, Joining joining) {
        this.surroundings = surroundings;
        this.chain = surroundings.chain();
        this.joining = joining;
    }

    /** Asks the peers for what this node misses, if that is not being done already. */
    public void start() {
        if (!running) {
            running = true;
            List<Peer> peers = new ArrayList<>(surroundings.peers().peers());
            Collections.shuffle(peers, new Random(surroundings.random().nextLong()));
            new Round(peers.iterator(), () -> running = false).next();
        }
    }

    /**
     * Fetches what one peer has and this node misses.
     *
     * @param peer whom to ask
     * @param done what to do when there is nothing more to fetch, or the peer cannot be asked
     */
    void from(Peer peer, Runnable done) {
        new Round(List.of(peer).iterator(), done).next();
    }

    /** One walk over peers who may have more. */
    private final class Round {
        private final Iterator<Peer> candidates;
        private final Runnable done;

        Round(Iterator<Peer> candidates, Runnable done) {
            this.candidates = candidates;
            this.done = done;
        }

        void next() {
            if (candidates.hasNext()) {
                ask(candidates.next());
            } else {
                done.run();
            }
        }

        private void ask(Peer peer) {
            long before = chain.length();
            var request = new Command.GetBlocks(before, PAGE_BLOCKS);
            surroundings.network().send(peer.address(), request, outcome -> {
                if (outcome instanceof Reply.Blocks page) {
                    take(peer, page, before);
                } else if (outcome instanceof Reply.Ack) {
                    joining.join(peer.address(), Optional.of(peer.id()), joined -> proceed(before));
                } else {
                    next();
                }
            });
        }

        private void take(Peer peer, Reply.Blocks page, long before) {
            Verdict verdict = chain.adopt(page.blocks());
            if (verdict instanceof Verdict.Fault fault) {
                surroundings.log().warn("Refused blocks from {}: {}", peer, fault);
                next();
            } else if (chain.length() > before && chain.length() < page.length()) {
                ask(peer);
            } else {
                proceed(before);
            }
        }

        private void proceed(long before) {
            if (chain.length() > before) {
                surroundings.log().info("Caught up: {} blocks", chain.length());
                done.run();
            } else {
                next();
            }
        }
    }
}
