package org.naivechain.gossip;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import org.naivechain.protocol.Reply;

/** What is answered to a {@link GossipCommand}. */
public sealed interface GossipReply extends Reply {
    /**
     * How this node is, and what it has heard of others.
     *
     * @param known how many other nodes it knows that are not gone; one that knows far less asks on
     * @param digest others, at most {@link GossipCommand.Gossip#MAX_DIGEST}
     */
    @JsonTypeName("GOSSIPED")
    record Gossiped(
            @JsonProperty(value = "self", required = true) Rumour self,
            @JsonProperty(value = "known", required = true) int known,
            @JsonProperty(value = "digest", required = true) List<Rumour> digest)
            implements GossipReply {
        /** Keeps a copy; throws an {@link IllegalArgumentException} if it is too long, or the number is negative. */
        public Gossiped {
            known = GossipCommand.Gossip.notNegative("known", known);
            digest = GossipCommand.Gossip.checked(digest);
        }
    }
}
