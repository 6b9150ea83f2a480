package org.naivechain.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;

/** What the logic holds against others, and what not. */
class MisbehaviourTest {
    private static final Block NEXT = Block.GENESIS.next(BlockData.of("next"));
    private static final Block FORGED = NEXT.tampered(BlockData.of("other"));

    private static final PeerId LIAR = new PeerId("liar");

    private final QueueNetwork network = new QueueNetwork();
    private final QueueNetwork.TestNode node = network.node("a", 15001);
    private final QueueNetwork.TestNode other = network.node("b", 15003);
    private final PeerAddress liar = new PeerAddress("127.0.0.1", 15005);

    @Test
    void blocksWithWrongHashesAreForged() {
        catchUpFrom(new Reply.Blocks(LIAR, List.of(NEXT, FORGED), 3));
        assertThat(network.misbehaviour).containsExactly(liar + " FORGED_BLOCK");
        assertThat(node.chain.length()).isEqualTo(1);
    }

    @Test
    void blocksOfAForkAreNot() {
        node.chain.append(NEXT);
        catchUpFrom(new Reply.Blocks(
                LIAR, List.of(Block.GENESIS.next(BlockData.of("a fork")).next(BlockData.of("x"))), 3));
        assertThat(network.misbehaviour).isEmpty();
    }

    @Test
    void aHeightWithoutBlocksIsFalse() {
        catchUpFrom(new Reply.Blocks(LIAR, List.of(), 1_000_000));
        assertThat(network.misbehaviour).containsExactly(liar + " FALSE_HEIGHT");
    }

    @Test
    void aPeerThatHasNoMoreThanThisNodeDoesNothingWrong() {
        catchUpFrom(new Reply.Blocks(LIAR, List.of(), 1));
        assertThat(network.misbehaviour).isEmpty();
    }

    /** Whoever listens there now never said that it was the one who is known there. */
    @Test
    void blocksOfAnotherNodeAtTheAddressAreRefusedAndNotHeldAgainstIt() {
        catchUpFrom(new Reply.Blocks(new PeerId("another"), List.of(Block.GENESIS, FORGED), 2));
        catchUpFrom(new Reply.Blocks(new PeerId("another"), List.of(Block.GENESIS, NEXT), 2));
        assertThat(node.chain.length()).isEqualTo(1);
        assertThat(network.misbehaviour).isEmpty();
    }

    @Test
    void anUploadWithWrongHashesIsHeldAgainstWhoSentIt() {
        network.nodes.put(
                liar,
                (sentFrom, command, answer) -> node.processor.receive(
                        "192.0.2.7",
                        new Command.JoinDataUpload(List.of(), List.of(Block.GENESIS, FORGED), Optional.empty()),
                        answer));
        node.processor.join(liar, Optional.of(new PeerId("liar")), outcome -> {});
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
            node.processor.receive(
                    "192.0.2.7",
                    new Command.AddPeer(
                            claim.id(), claim.address().host(), claim.address().port(), Command.voter(claim)),
                    reply -> {});
        }
        assertThat(network.misbehaviour).containsExactly("192.0.2.7 FALSE_ID", "192.0.2.7 FALSE_ID");
    }

    @Test
    void votesUnderABallotThatIsOutbidAreStaleAndOthersAreNot() {
        Ballot ballot = new Ballot(1, other.self.id());
        Batch batch = new Batch(
                new Position(1, 1),
                Block.GENESIS.hash(),
                List.of(new Addition(IdempotencyKey.ofClient("key"), BlockData.of("next"))));
        for (Reply reply : List.of(Reply.ACK, new Reply.Refusal("no"), new Reply.Outbid(ballot.next(node.self.id())))) {
            node.voter.reply = reply;
            node.processor.receive("192.0.2.7", new Command.Propose(ballot, batch), answer -> {});
        }
        assertThat(network.misbehaviour).containsExactly("192.0.2.7 STALE_VOTE");
    }

    private void catchUpFrom(Reply answer) {
        network.nodes.put(liar, (sentFrom, command, reply) -> reply.accept(answer));
        node.peers.register(new Peer(LIAR, liar));
        node.catchUp.catchUp();
        network.run();
    }
}
