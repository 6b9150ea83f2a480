package org.naivechain.consensus.stake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Seal;
import org.naivechain.consensus.sealed.SealedCommand;
import org.naivechain.node.Node;
import org.naivechain.node.StakeFactory;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;
import org.naivechain.simulation.VirtualTime;
import org.slf4j.helpers.NOPLogger;

/** A node with the key of one of three holders, and what the others send it. */
class HostileTurnsTest {
    private final Holders holders = new Holders(1, 1, 1);
    private final VirtualTime time = new VirtualTime();
    private final Node node = new Node(
            new Peer(new PeerId("a"), new PeerAddress("127.0.0.1", 15001)),
            Node.Stores.inMemory(),
            new Node.Ports((to, command, then) -> {}, time, new Random(1)),
            new StakeFactory(holders.stakes(), new Signatures(holders.stakes()), Optional.of(holders.key(0)), 1, 1),
            name -> NOPLogger.NOP_LOGGER);

    private Reply ask(Command command) {
        List<Reply> replies = new ArrayList<>();
        node.receive(() -> "127.0.0.9", command, replies::add);
        assertThat(replies).hasSize(1);
        return replies.get(0);
    }

    private Reply announce(Block block) {
        return ask(new SealedCommand.Sealed(new PeerId("b"), block));
    }

    private void goTo(long slot) {
        time.advance(holders.stakes().until(slot, time.now()).plus(Duration.ofMillis(1)));
    }

    private List<String> texts() {
        return node.page(1, 1_000).stream().map(block -> block.data().text()).toList();
    }

    @Test
    void aNodeSignsOneBlockInEachOfItsTurnsAndNoneBeforeTheNextSlot() {
        goTo(200);

        List<Long> turns = java.util.stream.LongStream.rangeClosed(1, 200)
                .filter(slot -> holders.stakes().leader(slot) == 0)
                .boxed()
                .toList();
        assertThat(node.page(1, 1_000))
                .extracting(block -> StakeSeal.parse(block.seal().orElseThrow())
                        .orElseThrow()
                        .slot())
                .isEqualTo(turns);
    }

    @Test
    void whoIsRefusedIsToldWhichSlotItMayNotUse() {
        goTo(200);
        long past = holders.turn(1, 1);
        long future = holders.turn(1, 300);

        assertThat(announce(holders.sealed(node.head(), "text", "k", past)).toString())
                .contains("slot must be later than that of the block before, ")
                .contains(": slot=" + past);
        assertThat(announce(holders.sealed(node.head(), "text", "k", future)).toString())
                .contains("slot must have begun by this node's clock, which has come to 201: slot=" + future);
    }

    @Test
    void twoBlocksForOneSlotCostTheirSignerItsTurns() {
        long slot = holders.turn(1, 1);
        goTo(slot);
        Block head = node.head();
        Block one = holders.sealed(head, "pay Alice", "k1", slot);
        Block other = holders.sealed(head, "pay Bob", "k2", slot);
        assertThat(announce(one)).isEqualTo(Reply.ACK);
        assertThat(announce(other)).isInstanceOf(Reply.Refusal.class);

        goTo(holders.turn(0, slot + 1));
        assertThat(texts()).last().asString().startsWith("equivocation ");
        long next = holders.turn(1, holders.turn(0, slot + 1) + 1);
        goTo(next);
        StakeSeal seal = new StakeSeal(next, 1, List.of(1), Optional.empty(), "");
        Reply refused = announce(holders.sealed(node.head(), "", seal, 1));

        assertThat(refused.toString()).contains("holder 1 signed two blocks for one slot, and has no turns any more");
        assertThat(texts()).filteredOn(text -> text.startsWith("equivocation")).hasSize(1);
    }

    /** Its holder would be accused of what another did. */
    @Test
    void aBlockWithTheSameContentIsNoSecondOneAndAForgedOneAccusesNobody() {
        long slot = holders.turn(1, 1);
        goTo(slot);
        Block one = holders.sealed(node.head(), "pay Alice", "k1", slot);
        StakeSeal seal = StakeSeal.parse(one.seal().orElseThrow()).orElseThrow();
        Block forged = node.head().next(BlockData.of("x")).sealed(seal.toSeal());
        announce(one);
        announce(one);
        announce(forged);

        goTo(slot + 20);

        assertThat(texts()).noneMatch(text -> text.startsWith("equivocation"));
    }

    @Test
    void whateverASealSaysTheChainStaysAndTheNodeAnswers() {
        Random random = new Random(7);
        String[] parts = {
            "stake",
            "work",
            "",
            "0",
            "-1",
            "1",
            "9223372036854775807",
            "99999999999",
            "0,1",
            ",",
            "c:k",
            "n:",
            "::",
            "ab".repeat(64),
            "x".repeat(200)
        };
        for (int i = 0; i < 5_000; i++) {
            StringBuilder seal = new StringBuilder("stake");
            for (int j = random.nextInt(7); j >= 0; j--) {
                seal.append(':').append(parts[random.nextInt(parts.length)]);
            }
            Block block = Block.GENESIS.next(BlockData.of("" + i)).sealed(new Seal(seal.toString()));

            assertThat(announce(block)).isInstanceOf(Reply.Refusal.class);
        }
        assertThat(node.length()).isEqualTo(1);
    }
}
