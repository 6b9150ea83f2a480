package org.naivechain.http;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.naivechain.protocol.PeerId;

/**
 * How a node is, in the five fields of the original, whose clients may fail at a sixth.
 *
 * <p>As JSON: <code>{"peer_id": "c3ab…", "data_count": 2, "health": true, "rpc_port": "15001", "age": "2018-06-02
 * 12:42:13.860551"}</code>, where {@code age} is the start in local time, with microseconds.
 *
 * @param dataCount how many blocks its chain has, the genesis block included
 */
@JsonPropertyOrder({"peer_id", "data_count", "health", "rpc_port", "age"})
public record NodeInfo(
        @JsonProperty("peer_id") PeerId peerId,
        @JsonProperty("data_count") long dataCount,
        @JsonProperty("health") boolean health,

        @JsonProperty("rpc_port") @JsonFormat(shape = JsonFormat.Shape.STRING)
        int rpcPort,

        @JsonIgnore Instant started) {
    private static final DateTimeFormatter START =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    @JsonProperty("age")
    String age() {
        return age(ZoneId.systemDefault());
    }

    String age(ZoneId zone) {
        return START.format(started.atZone(zone));
    }
}
