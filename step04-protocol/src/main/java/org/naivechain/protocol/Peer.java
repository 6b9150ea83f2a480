package org.naivechain.protocol;

/**
 * A node of the network: who it is and where it can be called.
 *
 * @param id its name
 * @param address where its WebSocket listener is
 */
public record Peer(PeerId id, PeerAddress address) {
    @Override
    public String toString() {
        return id + " at " + address;
    }
}
