package org.naivechain.protocol;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/** A node of the network: who it is, where its WebSocket listener is, and whose program it runs, as far as is known. */
public record Peer(
        @JsonProperty(value = "id", required = true) PeerId id,
        @JsonProperty(value = "address", required = true) PeerAddress address,
        @JsonProperty(value = "kind", required = true) Kind kind) {
    /** Whose program a node runs. */
    public enum Kind {
        /** This one. */
        @JsonProperty("OURS")
        THIS_PROGRAM,
        /** The older Python system, or one that speaks like it. */
        ORIGINAL
    }

    /** A node of this program. */
    public Peer(PeerId id, PeerAddress address) {
        this(id, address, Kind.THIS_PROGRAM);
    }

    /** {@return whether it runs this program; false for a node of the original} */
    @JsonIgnore
    public boolean runsThisProgram() {
        return kind == Kind.THIS_PROGRAM;
    }

    @Override
    public String toString() {
        return id + " at " + address;
    }
}
