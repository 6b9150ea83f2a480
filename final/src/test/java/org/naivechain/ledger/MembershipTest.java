package org.naivechain.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerTable;

class MembershipTest {
    private static final Peer A = peer("a", 15001);
    private static final Peer B = peer("b", 15003);
    private static final Peer C = peer("c", 15005);

    private final Membership two = new Membership(4, 7, List.of(A, B));

    private static Peer peer(String id, int port) {
        return new Peer(new PeerId(id), new PeerAddress("127.0.0.1", port));
    }

    @Test
    void changesByOneMemberAtATime() {
        assertThat(two.after(Change.add(C), 9)).contains(new Membership(5, 9, List.of(A, B, C)));
        assertThat(two.after(Change.remove(A), 9)).contains(new Membership(5, 9, List.of(B)));
    }

    @Test
    void nothingIsToBeDoneWhenAllIsAsWanted() {
        assertThat(two.after(Change.add(B), 9)).isEmpty();
        assertThat(two.after(Change.remove(C), 9)).isEmpty();
    }

    @Test
    void whoHasTheIdOrTheAddressOfANodeMustGoBeforeItComes() {
        Peer heir = new Peer(C.id(), B.address());
        Peer moved = new Peer(B.id(), C.address());

        assertThat(two.inTheWayOf(heir)).contains(B);
        assertThat(two.inTheWayOf(moved)).contains(B);
        assertThat(two.inTheWayOf(B)).isEmpty();
        assertThat(two.inTheWayOf(C)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> two.after(Change.add(moved), 9))
                .withMessage(
                        "b at 127.0.0.1:15003 is a member, and must be removed before b at 127.0.0.1:15005 can come");
    }

    @Test
    void theEndOfAMemberWhereItWasIsNotItsEndWhereItIs() {
        assertThat(two.after(Change.remove(new Peer(B.id(), C.address())), 9)).isEmpty();
    }

    @Test
    void aMemberIsWhoHasItsIdAndItsAddress() {
        assertThat(two.contains(B)).isTrue();
        assertThat(two.contains(new Peer(B.id(), C.address()))).isFalse();
        assertThat(two.contains(new Peer(C.id(), B.address()))).isFalse();
    }

    @Test
    void theLastMemberCannotLeave() {
        Membership last = new Membership(5, 9, List.of(A));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> last.after(Change.remove(A), 9))
                .withMessage("the last member cannot leave: a at 127.0.0.1:15001");
    }

    @Test
    void aNetworkDoesNotGrowWithoutEnd() {
        List<Peer> many = IntStream.range(0, Membership.MAX_MEMBERS)
                .mapToObj(i -> peer("m" + i, 20_000 + i))
                .toList();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Membership(1, 1, many).after(Change.add(A), 9))
                .withMessage("the network has 201 members, which is the limit");
    }

    @Test
    void majoritiesOfOneMembershipAndTheNextShareAMember() {
        for (int members = 1; members < 50; members++) {
            assertThat(PeerTable.quorumOf(members) + PeerTable.quorumOf(members + 1))
                    .as("%d members and one more", members)
                    .isGreaterThan(members + 1);
        }
    }
}
