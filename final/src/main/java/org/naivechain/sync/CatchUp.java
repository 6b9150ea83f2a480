package org.naivechain.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import org.naivechain.chain.Verdict;
import org.naivechain.ledger.BlockFetcher;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.Misbehaviour;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.Reply;

/**
 * Fetches the blocks that this node misses, page by page, from every peer that has more, in random order. Nodes of the
 * original know no pages; those are joined anew, which makes them send their chain. For the node's thread only.
 */
public final class CatchUp implements BlockFetcher {
    /** A length of the chain, and no blocks when asked for them. */
    private static final Misbehaviour FALSE_HEIGHT = new Misbehaviour("FALSE_HEIGHT", 2_500);

    private static final int PAGE_BLOCKS = 1_000;

    /** A peer that keeps telling this node that it is behind makes it ask around no more often than this. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final LedgerContext context;
    private final Ledger ledger;
    private final KeptChain chain;
    private final BiConsumer<Peer, Runnable> rejoin;
    private final Predicate<Peer> asked;
    private final List<Runnable> waiting = new ArrayList<>();
    private Progress progress = (have, all) -> {};
    private boolean running;
    private boolean again;
    private ObjLongConsumer<Peer> differing = (peer, length) -> {};

    /** How far fetching has come. Called by the node's thread. */
    @FunctionalInterface
    public interface Progress {
        /** A page was fetched: this node has so many blocks now, and will have {@code all} when everything is fetched. */
        void fetched(long have, long all);
    }

    /**
     * Fetches missing blocks from some of the peers, when it is told that there are some.
     *
     * @param rejoin joins a node of the original anew, and tells when it has
     * @param asked which peers may be asked
     */
    public CatchUp(LedgerContext context, BiConsumer<Peer, Runnable> rejoin, Predicate<Peer> asked) {
        this.asked = asked;
        this.context = context;
        this.ledger = context.ledger();
        this.chain = context.chain();
        this.rejoin = rejoin;
    }

    /** Tells of every peer whose blocks do not follow this node's, and how many it says that it has. */
    public void whenDiffering(ObjLongConsumer<Peer> told) {
        differing = told;
    }

    /** Tells of every page that is fetched. */
    public void watch(Progress watcher) {
        progress = watcher;
    }

    @Override
    public void catchUp(Runnable then) {
        waiting.add(then);
        if (running) {
            again = true;
        } else {
            start();
        }
    }

    @Override
    public void compare(Peer peer, long length) {
        differing.accept(peer, length);
    }

    private void start() {
        again = false;
        List<Peer> peers = new ArrayList<>(context.peers().peers());
        peers.removeIf(asked.negate());
        Collections.shuffle(peers, new Random(context.random().nextLong()));
        if (peers.isEmpty() || chain.lostEnd().isPresent()) {
            peers.addAll(ledger.formerMembers());
        }
        walk(peers, this::finished);
    }

    private void finished() {
        running = false;
        tellThoseWhoWait();
        if (again) {
            running = true;
            context.time().after(PAUSE, this::start);
        }
    }

    private void tellThoseWhoWait() {
        List<Runnable> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(Runnable::run);
    }

    /** Fetches what one peer has and this node misses; done when there is nothing more, or the peer cannot be asked. */
    public void from(Peer peer, Runnable done) {
        if (running) {
            // Two that fetch at once would fetch the same.
            waiting.add(() -> from(peer, done));
            return;
        }
        walk(List.of(peer), () -> {
            finished();
            done.run();
        });
    }

    private void walk(List<Peer> peers, Runnable done) {
        running = true;
        new Round(peers.iterator(), done).next();
    }

    /** One walk over peers who may have more. */
    private final class Round {
        private final Iterator<Peer> candidates;
        private final Runnable done;
        private final Position start = ledger.position();

        Round(Iterator<Peer> candidates, Runnable done) {
            this.candidates = candidates;
            this.done = done;
        }

        void next() {
            if (candidates.hasNext()) {
                ask(candidates.next());
                return;
            }
            progress.fetched(chain.length(), chain.length());
            if (chain.length() > start.length()) {
                context.log().info("Caught up: {} blocks", chain.length());
            }
            done.run();
        }

        private void ask(Peer peer) {
            Position before = ledger.position();
            var request = new SyncCommand.GetBlocks(before.length(), PAGE_BLOCKS, before.version());
            PeerChain.ask(context, peer, request, page -> take(peer, before, page), outcome -> {
                if (outcome instanceof Reply.Ack) {
                    rejoin.accept(peer, () -> proceed(before));
                    return;
                }
                if (outcome instanceof SyncReply.Blocks page) {
                    // Perhaps of another network, whose blocks may well follow this node's.
                    context.complaints().log("Refused blocks from {}: the node there is {}", peer, page.peerId());
                }
                next();
            });
        }

        private void take(Peer peer, Position from, SyncReply.Blocks page) {
            Position before = ledger.position();
            if (ledger.adopt(page.blocks(), page.keys(), page.membership()) instanceof Verdict.Fault fault) {
                context.complaints()
                        .log(
                                "Refused blocks from {}: {}{}",
                                peer,
                                fault,
                                ledger.areMembersAgreed()
                                        ? "; if this goes on, start this node with an empty --data-dir"
                                        : ", unless their chain is to be preferred to this one");
                accuseIfForged(peer, page);
                differing.accept(peer, page.position().length());
                next();
            } else if (chain.length() > before.length()
                    && chain.length() < page.position().length()) {
                progress.fetched(chain.length(), page.position().length());
                ask(peer);
            } else {
                long length = page.position().length();
                if (page.blocks().isEmpty() && length > from.length()) {
                    String detail = "it says that it has " + length + " blocks, and gives none from " + from.length();
                    context.network().accuse(peer.address(), FALSE_HEIGHT, detail);
                }
                proceed(before);
            }
        }

        /** Blocks that do not fit may be those of a fork; one whose own hash is wrong is nobody's. */
        private void accuseIfForged(Peer peer, SyncReply.Blocks page) {
            page.blocks().stream()
                    .filter(block -> !block.hasRightHash())
                    .findFirst()
                    .map(block -> "the hash of its block " + block.index() + " is wrong")
                    .ifPresent(detail -> context.network().accuse(peer.address(), Misbehaviour.FORGED_BLOCK, detail));
        }

        /** Those that wait need not wait for slower peers once there is something new. */
        private void proceed(Position before) {
            if (!before.reaches(ledger.position())) {
                tellThoseWhoWait();
            }
            next();
        }
    }
}
