package org.naivechain.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store of peers must do; each implementation's test extends this. */
public abstract class PeerStoreContract {
    private static final Peer A = new Peer(new PeerId("a"), new PeerAddress("127.0.0.1", 15001));
    private static final Peer B =
            new Peer(new PeerId("b"), new PeerAddress("node-b.example", 65535), Peer.Kind.ORIGINAL);

    /** A new store, nobody in it. */
    protected abstract PeerStore empty();

    @Test
    void knowsNobodyAtFirst() {
        assertThat(empty().read()).isEmpty();
    }

    @Test
    void keepsThePeersInOrderWithAllThatIsKnownOfThem() {
        PeerStore store = empty();

        store.write(List.of(B, A));

        assertThat(store.read()).containsExactly(B, A);
    }

    @Test
    void whatIsWrittenReplacesAllThatWasThere() {
        PeerStore store = empty();
        store.write(List.of(A, B));

        Peer moved = new Peer(B.id(), A.address());
        store.write(List.of(moved));
        assertThat(store.read()).containsExactly(moved);

        store.write(List.of());
        assertThat(store.read()).isEmpty();
    }

    @Test
    void staysAsItWasWhateverBecomesOfTheList() {
        PeerStore store = empty();
        List<Peer> peers = new ArrayList<>(List.of(A));

        store.write(peers);
        peers.add(B);

        assertThat(store.read()).containsExactly(A);
    }
}
