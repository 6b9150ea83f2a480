package org.naivechain.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeerTableTest {
    private final Peer self = peer("self", "127.0.0.1", 15001);
    private final PeerTable table = new PeerTable(self, PeerStore.inMemory());

    @Test
    void countsItselfAmongTheMembersAndNeedsMoreThanHalfOfThem() {
        int[] quorums = {1, 2, 2, 3, 3, 4};
        for (int others = 0; others < quorums.length; others++) {
            assertThat(table.members()).isEqualTo(others + 1);
            assertThat(PeerTable.quorumOf(others + 1))
                    .as("of %s members", others + 1)
                    .isEqualTo(quorums[others]);
            table.register(peer("p" + others, "127.0.0.1", 16001 + others));
        }
    }

    @Test
    void registersAPeerOnce() {
        Peer peer = peer("a", "127.0.0.1", 15003);

        assertThat(table.register(peer)).isEqualTo(Reply.ACK);
        assertThat(table.register(peer)).isEqualTo(Reply.ACK);
        assertThat(table.peers()).containsExactly(peer);
    }

    @Test
    void aNewNodeAtAKnownAddressTakesThePlaceOfTheOldOne() {
        Peer restarted = peer("b", "127.0.0.1", 15003);
        table.register(peer("a", "127.0.0.1", 15003));

        assertThat(table.register(restarted)).isEqualTo(Reply.ACK);
        assertThat(table.peers()).containsExactly(restarted);
    }

    @Test
    void refusesItselfAndAnIdThatIsKnownElsewhere() {
        table.register(peer("a", "127.0.0.1", 15003));

        assertThat(table.register(peer("self", "127.0.0.1", 15005))).hasToString("the id self is this node's own");
        assertThat(table.register(peer("b", "127.0.0.1", 15001)))
                .hasToString("the address 127.0.0.1:15001 is this node's own");
        assertThat(table.register(peer("a", "127.0.0.1", 15005)))
                .hasToString("the peer a is known at 127.0.0.1:15003, not at 127.0.0.1:15005");
        assertThat(table.peers()).hasSize(1);
    }

    @Test
    void isBounded() {
        for (int i = 0; i < PeerTable.MAX_PEERS; i++) {
            assertThat(table.register(peer("p" + i, "127.0.0.1", 20_000 + i))).isEqualTo(Reply.ACK);
        }

        assertThat(table.register(peer("late", "127.0.0.1", 19_999))).hasToString("the table is full: 200 peers");
        assertThat(table.register(peer("p0", "127.0.0.1", 20_000))).isEqualTo(Reply.ACK);
        assertThat(table.register(peer("restarted", "127.0.0.1", 20_001))).isEqualTo(Reply.ACK);
        assertThat(table.peers()).hasSize(PeerTable.MAX_PEERS);
    }

    @Test
    void whoSaysNothingOfItsProgramSaysNothingNew() {
        Peer ours = peer("a", "127.0.0.1", 15003);
        table.register(ours);

        assertThat(table.knows(ours)).isTrue();
        assertThat(table.knows(original("a", 15003))).isTrue();
        assertThat(table.register(original("a", 15003))).isEqualTo(Reply.ACK);
        assertThat(table.peers()).containsExactly(ours);
        assertThat(table.knows(peer("a", "127.0.0.1", 15005))).isFalse();
        assertThat(table.knows(peer("b", "127.0.0.1", 15003))).isFalse();
    }

    @Test
    void aPeerThatTellsItsProgramLaterBecomesOneOfOurs() {
        Peer ours = peer("a", "127.0.0.1", 15003);
        table.register(original("a", 15003));
        assertThat(table.ofThisProgram()).isEmpty();
        assertThat(table.knows(ours)).isFalse();

        assertThat(table.register(ours)).isEqualTo(Reply.ACK);

        assertThat(table.ofThisProgram()).containsExactly(ours);
        assertThat(table.peers()).containsExactly(ours);
    }

    @Test
    void namesOursInOrderAndCountsAllAsMembers() {
        Peer a = peer("a", "127.0.0.1", 15003);
        Peer c = peer("c", "127.0.0.1", 15007);
        table.register(a);
        table.register(original("b", 15005));
        table.register(c);

        assertThat(table.ofThisProgram()).containsExactly(a, c);
        assertThat(table.members()).isEqualTo(4);
    }

    @Test
    void remembersThePeersOfItsStoreAndKeepsNewOnesThere() {
        PeerStore store = PeerStore.inMemory();
        Peer a = peer("a", "127.0.0.1", 15003);
        Peer b = original("b", 15005);

        new PeerTable(self, store).register(a);
        PeerTable later = new PeerTable(self, store);
        later.register(b);

        assertThat(later.peers()).containsExactly(a, b);
        assertThat(store.read()).containsExactly(a, b);
    }

    private static Peer original(String id, int port) {
        return new Peer(new PeerId(id), new PeerAddress("127.0.0.1", port), Peer.Kind.ORIGINAL);
    }

    private static Peer peer(String id, String host, int port) {
        return new Peer(new PeerId(id), new PeerAddress(host, port));
    }
}
