package org.naivechain.consensus.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Hash;
import org.naivechain.blocks.Seal;
import org.naivechain.consensus.sealed.SealedCommand;
import org.naivechain.consensus.sealed.SealedReply;
import org.naivechain.ledger.Addition;
import org.naivechain.node.Node;
import org.naivechain.node.WorkFactory;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Misbehaviour;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Sender;
import org.naivechain.simulation.VirtualTime;
import org.naivechain.sync.SyncCommand;
import org.slf4j.helpers.NOPLogger;

/** A node that does not mine itself, and what strangers send it. */
class HostileSealsTest {
    private static final Difficulty DIFFICULTY = Difficulty.of(Duration.ofSeconds(10), 16);

    private final VirtualTime time = new VirtualTime();
    private final List<String> accused = new ArrayList<>();
    private final List<Command> asked = new ArrayList<>();
    private final Peer other = new Peer(new PeerId("b"), new PeerAddress("127.0.0.1", 15002));
    private final Node.Stores stores = Node.Stores.inMemory();
    private final Node node;

    HostileSealsTest() {
        stores.peers().write(List.of(other));
        node = new Node(
                new Peer(new PeerId("a"), new PeerAddress("127.0.0.1", 15001)),
                stores,
                new Node.Ports((to, command, then) -> asked.add(command), time, new Random(1)),
                new WorkFactory(DIFFICULTY, clock -> (candidate, from, found) -> () -> {}, 1, 1),
                name -> NOPLogger.NOP_LOGGER);
    }

    private final Sender stranger = new Sender() {
        @Override
        public String host() {
            return "127.0.0.9";
        }

        @Override
        public void accuse(Misbehaviour what, String detail) {
            accused.add(what + ": " + detail);
        }
    };

    private Reply ask(Command command) {
        List<Reply> replies = new ArrayList<>();
        node.receive(stranger, command, replies::add);
        assertThat(replies).hasSize(1);
        return replies.get(0);
    }

    private Reply announce(Block block) {
        return ask(new SealedCommand.Sealed(other.id(), block));
    }

    private Block mined(Block head, String text, Optional<IdempotencyKey> key, long millis, String target) {
        Candidate candidate = new Candidate(head, BlockData.of(text), key, millis, target);
        Candidate.Attempts attempts = candidate.attempts();
        long nonce = 0;
        while (!attempts.meets(nonce)) {
            nonce++;
        }
        return candidate.with(nonce);
    }

    private Block good(Block head, String text, String key, long millis) {
        return mined(head, text, Optional.of(IdempotencyKey.ofClient(key)), millis, DIFFICULTY.first());
    }

    @Test
    void sealedBlocksThatFitAreTakenAndOthersRefusedWithTheReason() {
        Block one = good(Block.GENESIS, "one", "k1", 1);
        Block unsealed = Block.GENESIS.next(BlockData.of("x"));
        Block easy = mined(Block.GENESIS, "x", Optional.empty(), 1, "f".repeat(64));
        Block early = good(one, "x", "k2", 1);
        Block late = good(one, "x", "k2", Duration.ofDays(1).toMillis());
        Block twice = good(one, "one", "k1", 2);
        Block forged = one.tampered(BlockData.of("forged"));

        assertThat(announce(unsealed).toString()).contains("seal must be one of proof of work");
        assertThat(announce(easy).toString()).contains("target must be");
        assertThat(announce(forged).toString()).contains("curr_hash must be");
        assertThat(accused).containsExactly("FORGED_BLOCK: the hash of its sealed block is wrong");
        assertThat(announce(one)).isEqualTo(Reply.ACK);
        assertThat(announce(one)).isEqualTo(Reply.ACK);
        assertThat(announce(early).toString()).contains("later than the median");
        assertThat(announce(late).toString()).contains("ahead of this node's clock");
        assertThat(announce(twice).toString()).contains("the request k1 is in block 1 already");
        assertThat(node.head()).isEqualTo(one);
    }

    /** Comparisons at random may come too late. */
    @Test
    void aHeavierBlockOfAShorterBranchMakesThisNodeCompareWithItsSealer() {
        Block one = good(Block.GENESIS, "one", "k1", 1);
        announce(one);
        announce(good(one, "two", "k2", 2));
        announce(good(Block.GENESIS, "as heavy", "k3", 3));
        assertThat(asked).noneMatch(SyncCommand.GetBlocks.class::isInstance);
        Block heavier = mined(
                Block.GENESIS,
                "x",
                Optional.empty(),
                1,
                "00" + DIFFICULTY.first().substring(2));

        ask(new SealedCommand.Sealed(new PeerId("stranger"), heavier));
        assertThat(asked).noneMatch(SyncCommand.GetBlocks.class::isInstance);
        announce(heavier);
        assertThat(asked).last().isInstanceOf(SyncCommand.GetBlocks.class);
    }

    @Test
    void whateverASealSaysTheChainStaysAndTheNodeAnswers() {
        Random random = new Random(7);
        String[] parts = {
            "work",
            "stake",
            "",
            "0",
            "-1",
            "1",
            "9223372036854775807",
            "9223372036854775808",
            DIFFICULTY.first(),
            "f".repeat(64),
            "0".repeat(64),
            "c:k",
            "n:",
            "::",
            "x".repeat(200)
        };
        for (int i = 0; i < 5_000; i++) {
            StringBuilder seal = new StringBuilder("work");
            for (int j = random.nextInt(6); j >= 0; j--) {
                seal.append(':').append(parts[random.nextInt(parts.length)]);
            }
            Block block = Block.GENESIS.next(BlockData.of("" + i)).sealed(new Seal(seal.toString()));
            long index = random.nextInt(4) == 0 ? random.nextInt(5) : 1;
            Hash previous = random.nextInt(4) == 0 ? block.hash() : block.previousHash();
            Block sent = new Block(index, previous, block.data(), block.hash(), block.seal());

            assertThat(announce(sent)).isInstanceOf(Reply.Refusal.class);
        }
        assertThat(node.length()).isEqualTo(1);
    }

    @Test
    void nobodyFillsTheMemoryWithDataThatWaits() {
        Reply last = Reply.ACK;
        String text = "x".repeat(100_000);
        for (int i = 0; i < 1_000; i++) {
            last = ask(new SealedCommand.Pending(new Addition(IdempotencyKey.ofClient("k" + i), BlockData.of(text))));
        }
        assertThat(last.toString()).contains("too much data waits");
        List<AddOutcome> outcomes = new ArrayList<>();
        node.add(BlockData.of(text), outcomes::add);
        assertThat(outcomes.toString()).contains("too much data waits for a block; the data was not added");
    }

    @Test
    void whoAsksForVotesIsToldThatThereAreNone() {
        Block next = Block.GENESIS.next(BlockData.of("x"));

        assertThat(ask(new PeerCommand.ValidateBlock(next)).toString()).contains("nobody votes in this network");
        assertThat(ask(new PeerCommand.AddBlock(next)).toString()).contains("proof of work");
        assertThat(ask(new SealedCommand.AskRules()))
                .isEqualTo(new SealedReply.Rules("proof of work, a block in 10000 ms, 16 attempts at first"));
    }
}
