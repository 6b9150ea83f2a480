package org.naivechain.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.naivechain.blocks.Hash;
import org.naivechain.protocol.PeerAddress;

/**
 * What a node knows of another.
 *
 * <p>As JSON: <code>{"host": "127.0.0.1", "port": "15003", "state": "alive", "height": 7, "head": "71fb…", "rtt_ms": 0.412,
 * "last_seen": "2018-06-02T12:42:13.860Z", "member": true}</code>, where what is not known is null.
 *
 * @param height how many blocks its chain has, as far as is known
 */
@JsonPropertyOrder({"address", "state", "height", "head", "rtt_ms", "last_seen", "member"})
public record PeerDetail(
        @JsonUnwrapped PeerAddress address,
        @JsonProperty("state") State state,
        @JsonProperty("height") Optional<Long> height,
        @JsonProperty("head") Optional<Hash> head,
        @JsonIgnore Optional<Duration> roundTrip,
        @JsonIgnore Optional<Instant> lastSeen,
        @JsonProperty("member") boolean member) {
    /** Whether a node answers. */
    public enum State {
        /** It does, as far as is known. */
        ALIVE,
        /** It did not, and it is not certain yet that it is gone. */
        SUSPECT,
        /** It did not for long, or has said goodbye. */
        GONE,
        /** Nothing has been heard of it since this node started. */
        UNKNOWN;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @JsonProperty("rtt_ms")
    Optional<Double> roundTripMillis() {
        // Rounded to whole microseconds.
        return roundTrip.map(time -> Math.round(time.toNanos() / 1e3) / 1e3);
    }

    @JsonProperty("last_seen")
    Optional<String> lastSeenText() {
        return lastSeen.map(moment -> moment.truncatedTo(ChronoUnit.MILLIS).toString());
    }
}
