package org.naivechain.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.QueueNetwork;
import org.naivechain.protocol.Reply;

/** What the logic holds against others, and what not. */
class MisbehaviourTest {
    private static final Block NEXT = Block.GENESIS.next(BlockData.of("next"));
    private static final Block FORGED = NEXT.tampered(BlockData.of("other"));

    private static final PeerId LIAR = new PeerId("liar");

    private final QueueNetwork network = SyncNode.network();
    private final SyncNode node = new SyncNode(network, "a", 15001);
    private final SyncNode other = new SyncNode(network, "b", 15003);
    private final PeerAddress liar = new PeerAddress("127.0.0.1", 15005);

    @Test
    void blocksWithWrongHashesAreForged() {
        catchUpFrom(new SyncReply.Blocks(LIAR, List.of(NEXT, FORGED), 3));
        assertThat(network.misbehaviour).containsExactly(liar + " FORGED_BLOCK");
        assertThat(node.chain.length()).isEqualTo(1);
    }

    @Test
    void blocksOfAForkAreNot() {
        node.chain.append(NEXT);
        catchUpFrom(new SyncReply.Blocks(
                LIAR, List.of(Block.GENESIS.next(BlockData.of("a fork")).next(BlockData.of("x"))), 3));
        assertThat(network.misbehaviour).isEmpty();
    }

    @Test
    void aHeightWithoutBlocksIsFalse() {
        catchUpFrom(new SyncReply.Blocks(LIAR, List.of(), 1_000_000));
        assertThat(network.misbehaviour).containsExactly(liar + " FALSE_HEIGHT");
    }

    @Test
    void aPeerThatHasNoMoreThanThisNodeDoesNothingWrong() {
        catchUpFrom(new SyncReply.Blocks(LIAR, List.of(), 1));
        assertThat(network.misbehaviour).isEmpty();
    }

    /** Whoever listens there now never said that it was the one who is known there. */
    @Test
    void blocksOfAnotherNodeAtTheAddressAreRefusedAndNotHeldAgainstIt() {
        catchUpFrom(new SyncReply.Blocks(new PeerId("another"), List.of(Block.GENESIS, FORGED), 2));
        catchUpFrom(new SyncReply.Blocks(new PeerId("another"), List.of(Block.GENESIS, NEXT), 2));
        assertThat(node.chain.length()).isEqualTo(1);
        assertThat(network.misbehaviour).isEmpty();
    }

    @Test
    void anUploadWithWrongHashesIsHeldAgainstWhoSentIt() {
        network.nodes.put(
                liar,
                (sender, command, answer) -> node.receive(
                        network.sender("192.0.2.7"),
                        new PeerCommand.JoinDataUpload(List.of(), List.of(Block.GENESIS, FORGED), Optional.empty()),
                        answer));
        node.join(liar, Optional.of(new PeerId("liar")), outcome -> {});
        network.run();
        assertThat(network.misbehaviour).containsExactly("192.0.2.7 FORGED_BLOCK");
    }

    @Test
    void whoClaimsTheIdOfAnotherIsToldApartFromWhoComesAgain() {
        other.join(node);
        List<Peer> claims = List.of(
                other.self,
                new Peer(other.self.id(), liar),
                new Peer(node.self.id(), liar),
                new Peer(new PeerId("new"), liar));
        for (Peer claim : claims) {
            node.receive(network.sender("192.0.2.7"), new PeerCommand.AddPeer(claim), reply -> {});
        }
        assertThat(network.misbehaviour).containsExactly("192.0.2.7 FALSE_ID", "192.0.2.7 FALSE_ID");
    }

    private void catchUpFrom(Reply answer) {
        network.nodes.put(liar, (sender, command, reply) -> reply.accept(answer));
        node.peers.register(new Peer(LIAR, liar));
        node.catchUp.catchUp();
        network.run();
    }
}
