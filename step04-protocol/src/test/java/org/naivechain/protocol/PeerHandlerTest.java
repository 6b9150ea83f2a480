package org.naivechain.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;

/** Joining, uploading, and introducing, over frames. */
class PeerHandlerTest {
    private final QueueNetwork network = new QueueNetwork(PeerCommand.VOCABULARY);
    private final QueueNetwork.TestNode a = network.node("a", 15001);
    private final QueueNetwork.TestNode b = network.node("b", 15003);
    private final QueueNetwork.TestNode c = network.node("c", 15005);

    @Test
    void aJoinerTakesOverTheChainAndThePeersAndIntroducesItself() {
        grow(a, 3);

        assertThat(b.join(a)).isEqualTo(joined(a));
        assertThat(c.join(b)).isEqualTo(joined(b));

        assertThat(b.chain.head()).isEqualTo(a.chain.head());
        assertThat(c.chain.head()).isEqualTo(a.chain.head());
        assertThat(a.peers.peers()).containsExactlyInAnyOrder(b.self, c.self);
        assertThat(b.peers.peers()).containsExactlyInAnyOrder(a.self, c.self);
        assertThat(c.peers.peers()).containsExactlyInAnyOrder(a.self, b.self);
    }

    @Test
    void chainsThatDifferAreNotJoined() {
        // a  G - block 0 - block 1
        // b  G - other
        grow(a, 2);
        b.chain.append(b.chain.next(BlockData.of("other")));
        Block head = b.chain.head();

        assertThat(b.join(a))
                .isInstanceOfSatisfying(
                        JoinOutcome.NotJoined.class,
                        notJoined -> assertThat(notJoined.reason())
                                .contains(
                                        "cannot join a at 127.0.0.1:15001: the joiner refused the upload: block 1: the chains differ"));

        assertThat(b.chain.head()).isEqualTo(head);
        assertThat(a.peers.peers()).isEmpty();
        assertThat(b.peers.peers()).isEmpty();
    }

    @Test
    void theWrongIdIsToldAndNobodyIsRegistered() {
        List<JoinOutcome> outcomes = new ArrayList<>();

        b.join(a.self.address(), Optional.of(new PeerId("x")), outcomes::add);
        network.run();

        assertThat(outcomes)
                .containsExactly(
                        JoinOutcome.NotJoined.ever("cannot join x at 127.0.0.1:15001: the node there is a, not x"));
        assertThat(a.peers.peers()).isEmpty();
        assertThat(b.peers.peers()).isEmpty();
    }

    @Test
    void theIdNeedNotBeGivenForANodeThatTellsIt() {
        List<JoinOutcome> outcomes = new ArrayList<>();

        b.join(a.self.address(), Optional.empty(), outcomes::add);
        network.run();

        assertThat(outcomes).containsExactly(joined(a));
    }

    @Test
    void anUnreachablePeerIsTold() {
        List<JoinOutcome> outcomes = new ArrayList<>();
        network.unreachable.add(a.self.address());

        b.join(a.self.address(), Optional.of(a.self.id()), outcomes::add);
        b.join(a.self.address(), Optional.empty(), outcomes::add);
        network.run();

        assertThat(outcomes)
                .containsExactlyInAnyOrder(
                        JoinOutcome.NotJoined.yet("cannot join a at 127.0.0.1:15001: Connection refused"),
                        JoinOutcome.NotJoined.yet(
                                "cannot join 127.0.0.1:15001: Connection refused; name the WebSocket port of a running node (HTTP is on the next one), and of a node of the older Python system its id, too"));
    }

    @Test
    void aNodeDoesNotJoinItself() {
        assertThat(a.join(a))
                .isEqualTo(JoinOutcome.NotJoined.ever("cannot join a at 127.0.0.1:15001: the id a is this node's own"));
        assertThat(network.frames).as("it need not ask anybody").isEmpty();
    }

    @Test
    void aJoinerThatListensLateIsCalledBackUntilItDoes() {
        network.unreachable.add(b.self.address());
        network.after(Duration.ofSeconds(3), () -> network.unreachable.remove(b.self.address()));

        assertThat(b.join(a)).isInstanceOf(JoinOutcome.Joined.class);
        assertThat(a.peers.peers()).containsExactly(b.self);
    }

    @Test
    void aJoinerThatNeverListensIsRefused() {
        network.unreachable.add(b.self.address());

        assertThat(b.join(a))
                .isEqualTo(
                        JoinOutcome.NotJoined.ever("cannot join a at 127.0.0.1:15001: cannot call 127.0.0.1:15003 back"
                                + " for the upload: Connection refused"));
        assertThat(a.peers.peers()).isEmpty();
    }

    @Test
    void oneJoinIsUnderWayAtATime() {
        List<JoinOutcome> outcomes = new ArrayList<>();

        c.join(a.self.address(), Optional.of(a.self.id()), outcomes::add);
        c.join(b.self.address(), Optional.of(b.self.id()), outcomes::add);
        network.run();

        assertThat(outcomes)
                .containsExactly(
                        JoinOutcome.NotJoined.yet(
                                "cannot join b at 127.0.0.1:15003: another join is under way, try again later"),
                        joined(a));
    }

    @Test
    void joinsAtAMemberAreBoundedAndMakeRoomForLaterOnes() {
        List<Reply> replies = new ArrayList<>();

        for (int i = 0; i < 17; i++) {
            var join = new PeerCommand.NewPeerJoin(
                    new PeerId("p" + i),
                    "127.0.0.1",
                    new Port(16_000 + i),
                    Optional.empty(),
                    Optional.of(1L),
                    Optional.empty());
            a.receive(() -> "127.0.0.1", join, replies::add);
        }

        assertThat(replies).containsExactly(new Reply.Refusal("16 nodes are joining just now, try again later"));
        network.run();
        assertThat(b.join(a)).isInstanceOf(JoinOutcome.Joined.class);
    }

    @Test
    void aJoinerIsNotToldOfItself() {
        c.join(a);
        b.join(a);
        network.frames.clear();

        assertThat(b.join(a)).isInstanceOf(JoinOutcome.Joined.class);

        assertThat(network.frames)
                .filteredOn(frame -> frame.contains("NEW_JOIN_DATA_UPLOAD"))
                .hasSize(1)
                .allSatisfy(
                        frame -> assertThat(frame).contains("\"peer\":\"c\"").doesNotContain("\"peer\":\"b\""));
    }

    @Test
    void anUploadThatNobodyAskedForIsRefused() {
        grow(a, 3);
        var upload = new PeerCommand.JoinDataUpload(
                List.of(new PeerCommand.ListedPeer(new PeerId("evil"), "127.0.0.1", new Port(6666), Optional.empty())),
                a.chain.page(0, 10),
                Optional.empty());

        assertThat(ask(b, upload)).hasToString("no upload was asked for");
        assertThat(b.chain.length()).isEqualTo(1);
        assertThat(b.peers.peers()).isEmpty();
    }

    @Test
    void aForgedUploadIsRefusedAndTheJoinFails() {
        Block real = Block.GENESIS.next(BlockData.of("real"));
        List<Block> forged = List.of(Block.GENESIS, real.tampered(BlockData.of("forged")));
        network.nodes.put(a.self.address(), (sender, command, answer) -> {
            var upload = new PeerCommand.JoinDataUpload(List.of(), forged, Optional.empty());
            b.receive(sender, upload, answer);
        });

        assertThat(b.join(a))
                .isInstanceOfSatisfying(
                        JoinOutcome.NotJoined.class,
                        notJoined -> assertThat(notJoined.reason()).contains("block 1: curr_hash must be"));
        assertThat(b.chain.length()).isEqualTo(1);
        assertThat(b.peers.peers()).isEmpty();
    }

    @Test
    void aPeerThatAgreesButSendsNoChainIsNotJoined() {
        network.nodes.put(a.self.address(), (sender, command, answer) -> answer.accept(Reply.ACK));

        assertThat(b.join(a))
                .isEqualTo(JoinOutcome.NotJoined.yet("cannot join a at 127.0.0.1:15001: it agreed, but sent no chain"));
    }

    @Test
    void afterAFailedJoinAnotherMaySucceed() {
        network.unreachable.add(a.self.address());
        b.join(a);
        network.unreachable.clear();

        assertThat(b.join(a)).isInstanceOf(JoinOutcome.Joined.class);
    }

    @Test
    void nodesThatJoinThroughOneMemberAtTheSameMomentHearOfEachOther() {
        List<JoinOutcome> outcomes = new ArrayList<>();
        b.join(a.self.address(), Optional.of(a.self.id()), outcomes::add);
        c.join(a.self.address(), Optional.of(a.self.id()), outcomes::add);
        network.run();

        assertThat(outcomes).containsExactly(joined(a), joined(a));
        assertThat(b.peers.peers()).containsExactlyInAnyOrder(a.self, c.self);
        assertThat(c.peers.peers()).containsExactlyInAnyOrder(a.self, b.self);
    }

    @Test
    void aRefusedJoinTakesNoBlocksOver() {
        grow(a, 3);
        CommandHandler<Command> real = network.nodes.get(a.self.address());
        network.nodes.put(
                a.self.address(),
                (sender, command, answer) ->
                        real.receive(sender, command, reply -> answer.accept(new Reply.Refusal("changed my mind"))));

        assertThat(b.join(a)).isInstanceOf(JoinOutcome.NotJoined.class);
        assertThat(b.chain.length()).isEqualTo(1);
        assertThat(b.peers.peers()).isEmpty();
    }

    @Test
    void aChainThatDoesNotFitIntoOneFrameIsNotUploadedToAJoinerOfTheOriginal() {
        grow(a, 5_300);
        var join = new PeerCommand.NewPeerJoin(
                b.self.id(), "127.0.0.1", new Port(15003), Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(ask(a, join)).hasToString("the chain has 5301 blocks, too many for one frame");
    }

    @Test
    void answersWhatItIsAsked() {
        grow(a, 3);

        assertThat(ask(a, new PeerCommand.Ping())).isEqualTo(new Reply.Pong(a.self.id()));
        assertThat(ask(a, new PeerCommand.AddPeer(new PeerId("d"), "0.0.0.0", new Port(15007), Optional.empty())))
                .isEqualTo(Reply.ACK);
        assertThat(a.peers.peers())
                .containsExactly(new Peer(new PeerId("d"), new PeerAddress("10.0.0.9", 15007), Peer.Kind.ORIGINAL));
        assertThat(ask(a, new PeerCommand.AddPeer(new PeerId("a"), "0.0.0.0", new Port(15007), Optional.empty())))
                .isInstanceOf(Reply.Refusal.class);
    }

    @Test
    void leavesVotesToTheEngine() {
        Block block = a.chain.next(BlockData.of("x"));
        a.voter.reply = new Reply.Refusal("as told");

        assertThat(ask(a, new PeerCommand.ValidateBlock(block))).isEqualTo(a.voter.reply);
        assertThat(ask(a, new PeerCommand.AddBlock("x", Optional.of(block)))).isEqualTo(a.voter.reply);
        assertThat(ask(a, new PeerCommand.ConfirmBlock(block))).isEqualTo(a.voter.reply);
        assertThat(a.chain.length()).isEqualTo(1);
    }

    private Reply ask(QueueNetwork.TestNode node, Command command) {
        List<Reply> replies = new ArrayList<>();
        node.receive(() -> "10.0.0.9", command, replies::add);
        network.run();
        assertThat(replies).hasSize(1);
        return replies.get(0);
    }

    private static void grow(QueueNetwork.TestNode node, int blocks) {
        for (int i = 0; i < blocks; i++) {
            node.chain.append(node.chain.next(BlockData.of("block " + i)));
        }
    }

    private static JoinOutcome joined(QueueNetwork.TestNode member) {
        return new JoinOutcome.Joined(new Peer(member.self.id(), member.self.address()));
    }
}
