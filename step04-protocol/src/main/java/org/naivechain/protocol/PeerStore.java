package org.naivechain.protocol;

import java.util.List;

/** Where a node keeps who the other members are: a port, used by the node's thread. */
public interface PeerStore {
    /** {@return the peers that were kept last, in order; none at first} */
    List<Peer> read();

    /** Replaces what is kept. */
    void write(List<Peer> peers);

    /** {@return a new store that keeps nothing beyond the program} */
    static PeerStore inMemory() {
        return new PeerStore() {
            private List<Peer> kept = List.of();

            @Override
            public List<Peer> read() {
                return kept;
            }

            @Override
            public void write(List<Peer> peers) {
                kept = List.copyOf(peers);
            }
        };
    }
}
