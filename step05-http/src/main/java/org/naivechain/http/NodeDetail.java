package org.naivechain.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Optional;
import org.naivechain.blocks.Hash;
import org.naivechain.protocol.PeerId;

/**
 * How a node is, with what the original does not tell.
 *
 * <p>As JSON: the fields of {@link NodeInfo}, and <code>"height": 2, "head": "71fb…", "engine": "majority", "members": 3,
 * "quorum": 2, "proposer": "7a02…"</code>, where {@code height} is the same as {@code data_count}.
 *
 * @param members how many nodes have a vote, this one included; 0 if it has none
 * @param quorum how many of them must agree; 0 if this node has no vote
 * @param proposer who proposes blocks, if anybody does
 */
@JsonPropertyOrder({"info", "height", "head", "engine", "members", "quorum", "proposer"})
public record NodeDetail(
        @JsonUnwrapped NodeInfo info,
        @JsonProperty("head") Hash head,
        @JsonProperty("engine") String engine,
        @JsonProperty("members") int members,
        @JsonProperty("quorum") int quorum,
        @JsonProperty("proposer") Optional<PeerId> proposer) {
    @JsonProperty("height")
    long height() {
        return info.dataCount();
    }
}
