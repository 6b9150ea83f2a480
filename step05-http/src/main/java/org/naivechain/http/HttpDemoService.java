package org.naivechain.http;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.JoinOutcome;
import org.naivechain.protocol.NodeContext;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.demo.DemoNode;

/** What the API asks of a node of step 4. It takes data as long as it is alone: how nodes agree comes with the finished node. */
record HttpDemoService(DemoNode node, Instant started) implements NodeService {
    @Override
    public CompletionStage<AddOutcome> add(BlockData data, Optional<IdempotencyKey> key) {
        return node.ask(asked -> {
            if (key.isPresent()) {
                return new AddOutcome.NotAdded(
                        "a node of chapter 5 keeps no keys; the data was not added: leave the Idempotency-Key out");
            }
            if (!asked.peers().peers().isEmpty()) {
                return new AddOutcome.NotAdded(
                        "this node has peers, and nodes that agree on blocks come after chapter 5; the data"
                                + " was not added: add it to a node that is alone, or start the finished node (./naivechain node)");
            }
            Block block = asked.chain().next(data);
            asked.chain().append(block);
            return new AddOutcome.Added(block);
        });
    }

    @Override
    public CompletionStage<List<Block>> page(long from, int limit) {
        return node.ask(asked -> asked.chain().page(from, limit));
    }

    @Override
    public CompletionStage<NodeDetail> info() {
        return node.ask(this::info);
    }

    private NodeDetail info(NodeContext asked) {
        NodeInfo info = new NodeInfo(
                node.self().id(),
                asked.chain().length(),
                asked.chain().verify().isSound(),
                node.self().address().port().number(),
                started);
        return new NodeDetail(info, asked.chain().head().hash(), "none", 0, 0, Optional.empty());
    }

    @Override
    public CompletionStage<List<Peer>> peers() {
        return node.ask(asked -> asked.peers().peers());
    }

    @Override
    public CompletionStage<Map<PeerId, PeerDetail>> peerDetails() {
        return node.ask(asked -> asked.peers().peers().stream().collect(Collectors.toMap(Peer::id, this::unheard)));
    }

    private PeerDetail unheard(Peer peer) {
        return new PeerDetail(
                peer.address(),
                PeerDetail.State.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    @Override
    public CompletionStage<JoinOutcome> join(PeerAddress at, Optional<PeerId> id) {
        return node.join(at, id);
    }

    @Override
    public CompletionStage<Eviction> evict(PeerId peer) {
        return node.ask(asked -> {
            boolean known =
                    asked.peers().peers().stream().anyMatch(other -> other.id().equals(peer));
            asked.peers().forget(peer);
            return known ? new Eviction.Done() : new Eviction.NoSuchPeer(peer);
        });
    }
}
