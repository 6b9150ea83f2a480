package org.naivechain.sync;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.naivechain.blocks.Block;
import org.naivechain.ledger.Membership;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;

/** What is answered to a {@link SyncCommand}. */
public sealed interface SyncReply extends Reply {
    /**
     * A page of the chain. It names who sends it, because an address may have come to belong to a node of another network,
     * whose blocks are none of this one's.
     *
     * @param blocks the blocks, in order; none if the chain ends before the first one wanted
     * @param position how far decisions reach, as far as the member knows
     * @param keys the requests behind the blocks, by the index of the block
     * @param membership who the members were at the end of the page, if the node that asks does not know yet
     */
    @JsonTypeName("BLOCKS")
    record Blocks(
            @JsonProperty(value = "peer_id", required = true)
            PeerId peerId,

            @JsonProperty(value = "blocks", required = true) List<Block> blocks,

            @JsonProperty(value = "position", required = true)
            Position position,

            @JsonProperty(value = "keys", required = true) Map<Long, IdempotencyKey> keys,
            @JsonProperty("membership") Optional<Membership> membership)
            implements SyncReply {
        /** Keeps copies. */
        public Blocks {
            blocks = List.copyOf(blocks);
            keys = Map.copyOf(keys);
        }

        /** A page of blocks that were added without keys, of a chain of some length. */
        public Blocks(PeerId peerId, List<Block> blocks, long length) {
            this(peerId, blocks, new Position(length, 0), Map.of(), Optional.empty());
        }
    }
}
