package org.naivechain.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.learn.Explain;
import org.naivechain.ledger.Durability;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;
import org.naivechain.simulation.VirtualTime;
import org.slf4j.helpers.NOPLogger;

/** A node whose disk is slow: what waits for it goes on when the check says so. */
class BeforeTheDiskCheck {
    private static final Block BLOCK = Block.GENESIS.next(BlockData.of("Alice pays Bob 5"));

    private final List<Runnable> waiting = new ArrayList<>();
    private final List<Reply> answers = new ArrayList<>();
    private final Node node;

    BeforeTheDiskCheck() {
        Node.Stores memory = Node.Stores.inMemory();
        Durability disk = waiting::add;
        node = new Node(
                new Peer(new PeerId("a"), new PeerAddress("127.0.0.1", 15001)),
                new Node.Stores(
                        memory.blocks(),
                        memory.receipts(),
                        memory.memberships(),
                        memory.ballots(),
                        memory.peers(),
                        disk),
                new Node.Ports((to, command, then) -> {}, new VirtualTime(), new Random(1)),
                Consensus.NAIVE.engine(2),
                name -> NOPLogger.NOP_LOGGER);
    }

    private void receive(Command command) {
        node.receive(() -> "127.0.0.1", command, answers::add);
    }

    private void sync() {
        List<Runnable> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(Runnable::run);
    }

    @Test
    @DisplayName("The answer to a commit leaves when the block is on the disk, and not before.")
    void waitsForTheDisk() {
        receive(new PeerCommand.ValidateBlock(BLOCK));
        sync();
        answers.clear();
        receive(new PeerCommand.AddBlock(BLOCK));
        Explain.same(
                2L,
                node.length(),
                "A block was voted for and committed. How long is the chain?",
                "It is appended at once.");
        Explain.same(
                List.of(),
                answers,
                "The block is in the chain, and not on the disk yet. What has been answered?",
                "If the power fails now, the block is gone. An ACK that has left cannot be taken back. See Durability.whenDurable.");
        sync();
        Explain.same(
                List.of(Reply.ACK),
                answers,
                "Now the block is on the disk. What has been answered?",
                "The answer waits for the disk, and then it leaves, once.");
    }

    @Test
    @DisplayName("The command itself is handled at once: only its answer waits.")
    void handlesAtOnce() {
        receive(new PeerCommand.ValidateBlock(BLOCK));
        receive(new PeerCommand.AddBlock(BLOCK));
        Explain.same(
                2L,
                node.length(),
                "A vote and a commit came one after the other, and the disk is slow. How long is the chain?",
                "If each command waited for the disk, the node would handle one command for each sync. One sync is to serve many.");
    }

    @Test
    @DisplayName("A ping is answered at once, though the disk is behind.")
    void pings() {
        receive(new PeerCommand.Ping());
        Explain.same(
                List.of(new Reply.Pong(new PeerId("a"))),
                answers,
                "A ping came while the disk is slow. What has been answered?",
                "A pong rests on nothing that is written. If it waited, a node with a slow disk would be taken for dead.");
    }
}
