package org.naivechain.node;

import java.time.Duration;
import java.util.List;
import org.naivechain.consensus.Engine;
import org.naivechain.gossip.GossipListener;
import org.naivechain.gossip.Height;
import org.naivechain.gossip.Rumour;
import org.naivechain.ledger.BlockFetcher;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerHandler;

/**
 * What a node makes of gossip: where everybody counts, a node that is there is registered; what this node misses it fetches.
 * For the node's thread only.
 */
final class HeardNodes implements GossipListener {
    /** What was decided within this time comes by itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final LedgerContext context;
    private final Engine engine;
    private final BlockFetcher fetcher;
    private final PeerHandler peerHandler;
    private final Height atStart;
    /** What others hear is durable: a node that has lost it in a crash would be taken for an old copy of itself. */
    private Height durable;

    private boolean waiting;

    HeardNodes(LedgerContext context, Engine engine, BlockFetcher fetcher, PeerHandler peerHandler) {
        this.context = context;
        this.engine = engine;
        this.fetcher = fetcher;
        this.peerHandler = peerHandler;
        this.atStart = now();
        this.durable = atStart;
    }

    private Height now() {
        Position position = context.ledger().position();
        return new Height(
                position.length(), position.version(), context.chain().head().hash());
    }

    @Override
    public Height height() {
        Height now = now();
        if (!now.equals(durable)) {
            context.durability().inPassing(() -> durable = now);
        }
        return engine.hasResumed() ? durable : atStart;
    }

    @Override
    public List<Peer> registered() {
        return context.peers().ofThisProgram();
    }

    @Override
    public void heard(Rumour rumour) {
        if (rumour.isAlive()) {
            Peer peer = rumour.peer();
            engine.examine(peer.address(), objection -> {
                if (objection.isEmpty()) {
                    peerHandler.register(peer);
                }
            });
        }
        grown(rumour);
    }

    @Override
    public void answered(Rumour rumour) {
        Height theirs = rumour.height();
        engine.see(rumour.peer(), new Position(theirs.length(), theirs.version()));
    }

    @Override
    public void grown(Rumour rumour) {
        Height theirs = rumour.height();
        if (theirs.isBeyond(now()) && rumour.isAlive() && !waiting) {
            waiting = true;
            context.time().after(PATIENCE, () -> {
                waiting = false;
                if (theirs.isBeyond(now())) {
                    fetcher.catchUp();
                }
            });
        }
    }
}
