package org.naivechain.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;

/** What every store of memberships must do; each implementation's test extends this. */
public abstract class MembershipsContract {
    private static final Peer A = new Peer(new PeerId("a"), new PeerAddress("127.0.0.1", 15001));
    private static final Peer B = new Peer(new PeerId("b"), new PeerAddress("::1", 15003));

    /** The first, of a network that begins with a block. */
    protected static final Membership FIRST = new Membership(1, 1, List.of(A));

    /** The second. */
    protected static final Membership SECOND = new Membership(2, 7, List.of(A, B));

    /** A new store. */
    protected abstract Memberships empty();

    @Test
    void knowsNobodyAtFirst() {
        Memberships memberships = empty();

        assertThat(memberships.latest()).isEqualTo(Membership.NONE);
        assertThat(memberships.at(100)).isEqualTo(Membership.NONE);
        assertThat(memberships.find(0)).isEmpty();
        assertThat(memberships.find(1)).isEmpty();
    }

    @Test
    void keepsAllThatThereWere() {
        Memberships memberships = empty();
        memberships.record(FIRST);
        memberships.record(SECOND);

        assertThat(memberships.latest()).isEqualTo(SECOND);
        assertThat(memberships.find(1)).contains(FIRST);
        assertThat(memberships.find(2)).contains(SECOND);
        assertThat(memberships.find(3)).isEmpty();
    }

    @Test
    void tellsWhoTheMembersWereWhenTheChainHadALength() {
        Memberships memberships = empty();
        memberships.record(FIRST);
        memberships.record(SECOND);

        assertThat(memberships.at(0)).isEqualTo(Membership.NONE);
        assertThat(memberships.at(1)).isEqualTo(FIRST);
        assertThat(memberships.at(6)).isEqualTo(FIRST);
        assertThat(memberships.at(7)).isEqualTo(SECOND);
        assertThat(memberships.at(Long.MAX_VALUE)).isEqualTo(SECOND);
    }

    @Test
    void remembersThatTheNodeBelongsToNoNetwork() {
        Memberships memberships = empty();
        memberships.record(FIRST);
        memberships.clear();
        memberships.record(Membership.NONE);

        assertThat(memberships.latest()).isEqualTo(Membership.NONE);
        assertThat(memberships.find(0)).contains(Membership.NONE);
        assertThat(memberships.find(1)).isEmpty();
    }
}
