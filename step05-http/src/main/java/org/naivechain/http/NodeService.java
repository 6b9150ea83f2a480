package org.naivechain.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.JoinOutcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;

/**
 * What the HTTP API asks of a node: a port. Any thread may call, many at a time; no method blocks or throws. Every stage
 * completes sooner or later, and exceptionally only when the machine is broken (a full disk, say): a refusal is an outcome.
 */
public interface NodeService {
    /**
     * Adds data to the chain.
     *
     * @param key the client's name for this request, so that asking again does not add the data again
     */
    CompletionStage<AddOutcome> add(BlockData data, Optional<IdempotencyKey> key);

    /**
     * Reads some of the blocks, in order.
     *
     * @param from the index of the first, not negative
     * @param limit how many at the most, at least 1
     * @return the blocks, possibly fewer than the limit although the chain goes on; none only if the chain ends before
     *     {@code from}
     */
    CompletionStage<List<Block>> page(long from, int limit);

    /** {@return the node as it is now} */
    CompletionStage<NodeDetail> info();

    /** {@return the other nodes of the network} */
    CompletionStage<List<Peer>> peers();

    /** {@return the other nodes of the network, and those that this node has only heard of, by their ids} */
    CompletionStage<Map<PeerId, PeerDetail>> peerDetails();

    /**
     * Joins the network of a node.
     *
     * @param id that node's id, if the caller knows it
     */
    CompletionStage<JoinOutcome> join(PeerAddress at, Optional<PeerId> id);

    /** Has a peer that will not come back removed from the network. */
    CompletionStage<Eviction> evict(PeerId peer);
}
