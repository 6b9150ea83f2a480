package org.naivechain.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.naivechain.blocks.Hash;
import org.naivechain.protocol.PeerId;

/**
 * How a node is.
 *
 * <p>As JSON: <code>{"peer_id": "c3ab…", "data_count": 2, "health": true, "rpc_port": "15001", "age": "2018-06-02
 * 12:42:13.860551", "height": 2, "head": "71fb…", "engine": "majority", "members": 3, "quorum": 2, "proposer":
 * "7a02…"}</code>, where {@code age} is the start in local time, with microseconds. The first five fields are those of the
 * original; {@code height} is the same as {@code data_count}.
 *
 * @param peerId its id
 * @param dataCount how many blocks its chain has, the genesis block included
 * @param health whether its chain is sound
 * @param rpcPort the port of its WebSocket listener
 * @param started when it started
 * @param head the hash of its last block
 * @param engine how the members agree
 * @param members how many nodes have a vote, this one included; 0 if it has none
 * @param quorum how many of them must agree; 0 if this node has no vote
 * @param proposer who proposes blocks, if anybody does
 */
@JsonPropertyOrder({
    "peer_id",
    "data_count",
    "health",
    "rpc_port",
    "age",
    "height",
    "head",
    "engine",
    "members",
    "quorum",
    "proposer"
})
public record NodeInfo(
        @JsonProperty("peer_id") PeerId peerId,
        @JsonProperty("data_count") long dataCount,
        @JsonProperty("health") boolean health,
        @JsonIgnore int rpcPort,
        @JsonIgnore Instant started,
        @JsonProperty("head") Hash head,
        @JsonProperty("engine") String engine,
        @JsonProperty("members") int members,
        @JsonProperty("quorum") int quorum,
        @JsonProperty("proposer") Optional<PeerId> proposer) {

    private static final DateTimeFormatter START =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    @JsonProperty("rpc_port")
    String rpcPortText() {
        return Integer.toString(rpcPort);
    }

    @JsonProperty("height")
    long height() {
        return dataCount;
    }

    @JsonProperty("age")
    String age() {
        return age(ZoneId.systemDefault());
    }

    String age(ZoneId zone) {
        return START.format(started.atZone(zone));
    }
}
