package org.naivechain.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.JoinOutcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;

/** A node that answers what a test tells it to, and keeps what it is asked. */
final class FakeNode implements NodeService {
    final List<BlockData> added = Collections.synchronizedList(new ArrayList<>());
    final List<IdempotencyKey> keys = Collections.synchronizedList(new ArrayList<>());
    final List<String> joins = Collections.synchronizedList(new ArrayList<>());
    final List<String> pages = Collections.synchronizedList(new ArrayList<>());

    CompletionStage<AddOutcome> outcome = now(new AddOutcome.Added(Block.GENESIS));
    CompletionStage<JoinOutcome> joined = now(JoinOutcome.NotJoined.yet("not now"));
    CompletionStage<NodeDetail> info = now(info(Instant.EPOCH));
    Map<PeerId, PeerDetail> details = Map.of();
    List<Peer> peers = List.of();
    Eviction eviction = new Eviction.Done();
    final List<PeerId> evicted = Collections.synchronizedList(new ArrayList<>());
    Pages chain = (from, limit) -> now(List.of());

    /** How pages are read. */
    interface Pages {
        CompletionStage<List<Block>> read(long from, int limit);
    }

    static NodeDetail info(Instant started) {
        return new NodeDetail(
                new NodeInfo(new PeerId("me"), 7, false, 15001, started),
                Block.GENESIS.hash(),
                "majority",
                3,
                2,
                Optional.of(new PeerId("one")));
    }

    static <T> CompletionStage<T> now(T answer) {
        return CompletableFuture.completedFuture(answer);
    }

    @Override
    public CompletionStage<AddOutcome> add(BlockData data, Optional<IdempotencyKey> key) {
        added.add(data);
        key.ifPresent(keys::add);
        return outcome;
    }

    @Override
    public CompletionStage<List<Block>> page(long from, int limit) {
        pages.add(from + "+" + limit);
        return chain.read(from, limit);
    }

    @Override
    public CompletionStage<NodeDetail> info() {
        return info;
    }

    @Override
    public CompletionStage<List<Peer>> peers() {
        return now(peers);
    }

    @Override
    public CompletionStage<Map<PeerId, PeerDetail>> peerDetails() {
        return now(details);
    }

    @Override
    public CompletionStage<JoinOutcome> join(PeerAddress at, Optional<PeerId> id) {
        joins.add(at + " " + id.map(PeerId::text).orElse("-"));
        return joined;
    }

    @Override
    public CompletionStage<Eviction> evict(PeerId peer) {
        evicted.add(peer);
        return now(eviction);
    }
}
