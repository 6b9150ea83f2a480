package org.naivechain.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerStore;
import org.naivechain.protocol.PeerTable;
import org.naivechain.protocol.Reply;

class MemberTableTest {
    private final Peer self = peer("self", "127.0.0.1", 15001);
    private final PeerTable table = new PeerTable(self, PeerStore.inMemory(), new MemberTable());

    @Test
    void noNodeOfTheOriginalTakesTheAddressOfAMember() {
        Peer member = peer("a", "127.0.0.1", 15003);
        MemberTable.follow(table, List.of(member));

        assertThat(table.register(original("b", 15003)))
                .hasToString("the address 127.0.0.1:15003 is the member a's: if that one is gone, evict it first"
                        + " (DELETE /peers/a)");
        assertThat(table.register(original("a", 15003))).isEqualTo(Reply.ACK);
        assertThat(table.register(original("b", 15005))).isEqualTo(Reply.ACK);
        assertThat(table.register(original("c", 15005))).as("in place of b").isEqualTo(Reply.ACK);

        assertThat(table.peers()).containsExactly(member, original("c", 15005));
    }

    @Test
    void MembersAreAgreedOnReadersTakeNoPlacesOfMembers() {
        for (int i = 0; i < MemberTable.MAX_READERS; i++) {
            assertThat(table.register(original("reader" + i, 20_000 + i))).isEqualTo(Reply.ACK);
        }

        assertThat(table.register(original("x", 30_000))).hasToString("the table is full: 50 nodes of the original");
        assertThat(table.register(original("x", 20_000)))
                .as("in place of another")
                .isEqualTo(Reply.ACK);
        for (int i = 0; i < PeerTable.MAX_PEERS; i++) {
            assertThat(table.register(peer("member" + i, "127.0.0.1", 40_000 + i)))
                    .isEqualTo(Reply.ACK);
        }
        assertThat(table.register(peer("y", "127.0.0.1", 50_000))).hasToString("the table is full: 200 peers");
    }

    private static Peer original(String id, int port) {
        return new Peer(new PeerId(id), new PeerAddress("127.0.0.1", port), Peer.Kind.ORIGINAL);
    }

    private static Peer peer(String id, String host, int port) {
        return new Peer(new PeerId(id), new PeerAddress(host, port));
    }
}
