package org.naivechain.http;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Chain;
import org.naivechain.chain.MemoryBlockStore;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.JoinOutcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;

/** A node without a network: a chain in memory behind a lock. Any thread may use it. */
final class LoneChain implements NodeService {
    private final Chain chain = Chain.over(new MemoryBlockStore());
    private final Map<IdempotencyKey, Block> added = new HashMap<>();
    private final PeerId id;
    private final Instant started;

    LoneChain(PeerId id, Instant started) {
        this.id = id;
        this.started = started;
    }

    @Override
    public synchronized CompletionStage<AddOutcome> add(BlockData data, Optional<IdempotencyKey> key) {
        Block block = key.map(added::get).orElseGet(() -> append(data));
        key.ifPresent(name -> added.put(name, block));
        return CompletableFuture.completedFuture(
                block.data().equals(data)
                        ? new AddOutcome.Added(block)
                        : new AddOutcome.Contradicted("the key was used for other data: " + block.data()));
    }

    private Block append(BlockData data) {
        Block block = chain.next(data);
        chain.append(block);
        return block;
    }

    @Override
    public synchronized CompletionStage<List<Block>> page(long from, int limit) {
        return CompletableFuture.completedFuture(chain.page(from, limit));
    }

    @Override
    public synchronized CompletionStage<NodeDetail> info() {
        NodeInfo info = new NodeInfo(id, chain.length(), chain.verify().isSound(), 0, started);
        return CompletableFuture.completedFuture(
                new NodeDetail(info, chain.head().hash(), "none", 1, 1, Optional.empty()));
    }

    @Override
    public CompletionStage<List<Peer>> peers() {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public CompletionStage<Map<PeerId, PeerDetail>> peerDetails() {
        return CompletableFuture.completedFuture(Map.of());
    }

    @Override
    public CompletionStage<JoinOutcome> join(PeerAddress at, Optional<PeerId> peer) {
        return CompletableFuture.completedFuture(JoinOutcome.NotJoined.ever("this is a lone chain without a network"));
    }

    @Override
    public CompletionStage<Eviction> evict(PeerId peer) {
        return CompletableFuture.completedFuture(new Eviction.NoSuchPeer(peer));
    }
}
