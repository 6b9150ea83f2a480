package org.naivechain.consensus.sealed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.ledger.Contexts;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.ledger.MemoryKeptBlocks;
import org.naivechain.ledger.MemoryMemberships;
import org.naivechain.ledger.MemoryReceipts;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerStore;
import org.naivechain.protocol.PeerTable;
import org.naivechain.simulation.Trace;
import org.naivechain.simulation.VirtualTime;

class AnswersTest {
    private static final IdempotencyKey KEY = IdempotencyKey.ofClient("k");
    private static final IdempotencyKey OTHER = IdempotencyKey.ofClient("other");

    private final VirtualTime time = new VirtualTime();
    private final Trace trace = new Trace(time, true);
    private final KeptChain chain = KeptChain.over(new MemoryKeptBlocks());
    private final Ledger ledger = new Ledger(chain, new MemoryReceipts(), new MemoryMemberships());
    private final LedgerContext context = Contexts.of(
            ledger,
            new PeerTable(new Peer(new PeerId("self"), new PeerAddress("127.0.0.1", 15001)), PeerStore.inMemory()),
            (to, command, then) -> {},
            time,
            trace.logger("node"));
    private final List<AddOutcome> told = new ArrayList<>();

    /** Answers after two confirmations, of a node that starts with the chain as it is. */
    private Answers started() {
        Answers answers = new Answers(context, 2);
        ledger.tell((blocks, keys) -> answers.grown(blocks.get(0).index()));
        return answers;
    }

    private Block add(String text, Map<Long, IdempotencyKey> keys) {
        Block block = chain.next(BlockData.of(text));
        assertThat(ledger.adopt(List.of(block), keys).isSound()).isTrue();
        return block;
    }

    /** Three blocks instead of those after the first one. */
    private void reorganise(Map<Long, IdempotencyKey> keys) {
        List<Block> branch = new ArrayList<>();
        Block last = Block.GENESIS;
        for (String text : List.of("a", "b", "c", "d")) {
            last = last.next(BlockData.of(text));
            branch.add(last);
        }
        assertThat(ledger.reorganise(branch, keys).isSound()).isTrue();
    }

    private List<String> undone() {
        return trace.lines().stream().filter(line -> line.contains("UNDONE")).toList();
    }

    @Test
    void aUserIsToldWhenTheBlockIsDeepEnoughAndWhoAsksLaterAtOnce() {
        Answers answers = started();
        answers.await(KEY, told::add);
        Block block = add("x", Map.of(1L, KEY));
        add("y", Map.of());
        assertThat(told).isEmpty();

        add("z", Map.of());
        answers.await(KEY, told::add);

        assertThat(told).containsExactly(new AddOutcome.Added(block), new AddOutcome.Added(block));
        assertThat(answers.waiting()).isEmpty();
    }

    @Test
    void whatWasDeepEnoughAndIsGivenUpIsSaidAlsoAfterARestart() {
        add("x", Map.of(1L, KEY));
        add("y", Map.of(2L, OTHER));
        add("z", Map.of());
        started();

        reorganise(Map.of());

        assertThat(undone()).singleElement().asString().contains("the add k had 2 confirmations in block 1");
    }

    @Test
    void whatTheOtherBranchBringsTooIsNotUndone() {
        Answers answers = started();
        add("x", Map.of(1L, KEY));
        add("y", Map.of());
        add("z", Map.of());
        answers.await(OTHER, told::add);

        reorganise(Map.of(2L, KEY, 1L, OTHER));

        assertThat(undone()).isEmpty();
        assertThat(told).containsExactly(new AddOutcome.Added(chain.page(1, 1).get(0)));
    }
}
