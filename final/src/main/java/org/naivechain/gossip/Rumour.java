package org.naivechain.gossip;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.stream.Stream;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.ReceivedJson;

/**
 * What is said of a node, as in SWIM (Das, Gupta, Motivala, 2002, section 4.2). Only the node itself raises its incarnation,
 * which is how it contradicts those who believe that it is gone.
 *
 * @param incarnation how often the node has contradicted what was said of it
 * @param height how far its chain was when it was heard of
 */
public record Rumour(
        @JsonProperty(value = "peer_id", required = true) PeerId id,
        @JsonProperty(value = "address", required = true) PeerAddress address,

        @JsonProperty(value = "incarnation", required = true)
        long incarnation,

        @JsonProperty(value = "state", required = true) State state,
        @JsonProperty(value = "height", required = true) Height height) {
    /** The highest incarnation, far beyond any that is reached. */
    public static final long MAX_INCARNATION = 1L << 52;

    /** Whether a node answers; of two words about one incarnation the later one in this order counts. */
    public enum State {
        /** It answered, or somebody says so. */
        ALIVE,
        /** It did not answer, but may contradict. */
        SUSPECT,
        /** It did not answer for long, or has said goodbye. */
        GONE;

        /** Numbers are no names, as Jackson would have it. */
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static State of(String name) {
            return Stream.of(values())
                    .filter(state -> state.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "a state must be ALIVE, SUSPECT, or GONE: " + ReceivedJson.quoted(name)));
        }
    }

    /** Throws an {@link IllegalArgumentException} if the incarnation is none. */
    public Rumour {
        if (incarnation < 0 || incarnation > MAX_INCARNATION) {
            throw new IllegalArgumentException(
                    "an incarnation must be 0 to " + MAX_INCARNATION + ": incarnation=" + incarnation);
        }
    }

    /** {@return the node, with its id and its address} */
    public Peer peer() {
        return new Peer(id, address);
    }

    /** {@return whether it is said that the node answers; false if it is suspect or gone} */
    @JsonIgnore
    public boolean isAlive() {
        return state == State.ALIVE;
    }

    /** {@return whether it is said that the node is not there any more} */
    @JsonIgnore
    public boolean isGone() {
        return state == State.GONE;
    }

    /**
     * Says what to believe of a node after this was heard: {@code known} itself if this says nothing new. The higher
     * incarnation is right in everything; of one incarnation the worse state counts, and the longer chain.
     */
    public Rumour over(Rumour known) {
        if (incarnation != known.incarnation) {
            return incarnation > known.incarnation ? this : known;
        }
        State worse = state.compareTo(known.state) > 0 ? state : known.state;
        Height further = height.isBeyond(known.height) ? height : known.height;
        return worse == known.state && further == known.height
                ? known
                : new Rumour(id, known.address, incarnation, worse, further);
    }

    /** {@return the same of the node, but in another state} */
    public Rumour in(State other) {
        return new Rumour(id, address, incarnation, other, height);
    }

    /** What a node says of itself, as it is to be understood at another: a node at a wildcard is where it was heard. */
    Rumour seenFrom(String host) {
        return new Rumour(id, address.seenFrom(host), incarnation, state, height);
    }
}
