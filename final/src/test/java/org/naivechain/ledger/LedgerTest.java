package org.naivechain.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Verdict;
import org.naivechain.protocol.IdempotencyKey;

class LedgerTest {
    private static final IdempotencyKey A = IdempotencyKey.ofClient("a");
    private static final IdempotencyKey B = IdempotencyKey.ofClient("b");
    private static final IdempotencyKey C = IdempotencyKey.ofClient("c");

    private final Block one = Block.GENESIS.next(BlockData.of("one"));
    private final Block two = one.next(BlockData.of("two"));
    private final Ledger ledger =
            new Ledger(KeptChain.over(new MemoryKeptBlocks()), new MemoryReceipts(), new MemoryMemberships());
    private final List<String> told = new ArrayList<>();

    LedgerTest() {
        ledger.tell((blocks, keys) -> told.add(blocks.stream().map(Block::index).toList() + " " + keys));
    }

    @Test
    void blocksAndTheirReceiptsComeTogether() {
        assertThat(ledger.adopt(List.of(one, two), Map.of(2L, B))).isEqualTo(Verdict.SOUND);

        assertThat(ledger.chain().page(0, 10)).containsExactly(Block.GENESIS, one, two);
        assertThat(ledger.receipts().between(0, 10)).isEqualTo(Map.of(2L, B));
        assertThat(told).containsExactly("[1, 2] {2=b}");
    }

    @Test
    void onlyWhatIsGainedGetsReceiptsAndIsToldOf() {
        ledger.adopt(List.of(one), Map.of(1L, A));

        // Somebody else names other requests for what is here already, and for what is not there at all.
        ledger.adopt(List.of(one, two), Map.of(0L, C, 1L, C, 2L, B, 3L, C));

        assertThat(ledger.receipts().between(0, 10)).isEqualTo(Map.of(1L, A, 2L, B));
        assertThat(told).containsExactly("[1] {1=a}", "[2] {2=b}");
    }

    @Test
    void blocksThatDoNotFitChangeNothingAndNobodyIsTold() {
        Verdict verdict = ledger.adopt(List.of(one, two.tampered(BlockData.of("forged"))), Map.of(1L, A, 2L, B));

        assertThat(verdict.isSound()).isFalse();
        assertThat(ledger.chain().length()).isEqualTo(1);
        assertThat(ledger.receipts().between(0, 10)).isEmpty();
        assertThat(told).isEmpty();
    }

    /** As of a file that somebody has shortened, where no end is awaited. */
    @Test
    void receiptsBeyondTheEndAreForgotten() {
        MemoryKeptBlocks store = new MemoryKeptBlocks();
        store.write(0, List.of(Block.GENESIS, one));
        MemoryReceipts receipts = new MemoryReceipts();
        receipts.record(Map.of(1L, A, 2L, B));

        new Ledger(KeptChain.over(store), receipts, new MemoryMemberships());

        assertThat(receipts.between(0, 10)).isEqualTo(Map.of(1L, A));
    }

    @Test
    void receiptsOfALostEndAreKeptAsItWillComeBack() {
        MemoryKeptBlocks store = new MemoryKeptBlocks();
        store.write(0, List.of(Block.GENESIS, one));
        KeptBlocks shortened = new ForwardingBlocks(store) {
            @Override
            public Optional<Tip> tip() {
                return Optional.of(new Tip(3, two.hash()));
            }
        };
        MemoryReceipts receipts = new MemoryReceipts();
        receipts.record(Map.of(2L, B));

        new Ledger(KeptChain.over(shortened), receipts, new MemoryMemberships());

        assertThat(receipts.between(0, 10)).isEqualTo(Map.of(2L, B));
    }

    @Test
    void nobodyIsToldOfBlocksThatAreThere() {
        ledger.adopt(List.of(one), Map.of());
        told.clear();

        assertThat(ledger.adopt(List.of(one), Map.of(1L, A))).isEqualTo(Verdict.SOUND);

        assertThat(told).isEmpty();
        assertThat(ledger.receipts().find(A)).isEmpty();
    }

    @Test
    void aDecidedBatchIsAppendedWithAReceiptForEachBlock() {
        assertThat(ledger.append(batch(Block.GENESIS, addition(A, "one"), addition(B, "two"))))
                .isEqualTo(Verdict.SOUND);

        assertThat(ledger.chain().page(1, 10)).containsExactly(one, two);
        assertThat(ledger.receipts().find(A)).hasValue(1);
        assertThat(ledger.receipts().find(B)).hasValue(2);
        assertThat(told).containsExactly("[1, 2] {1=a, 2=b}");
    }

    @Test
    void ofABatchThatBeginsWithBlocksOfTheChainOnlyTheRestIsAppended() {
        ledger.adopt(List.of(one), Map.of(1L, C));

        assertThat(ledger.append(batch(Block.GENESIS, addition(A, "one"), addition(B, "two"))))
                .isEqualTo(Verdict.SOUND);

        assertThat(ledger.chain().page(1, 10)).containsExactly(one, two);
        assertThat(ledger.receipts().between(0, 10)).isEqualTo(Map.of(1L, C, 2L, B));
        assertThat(told).containsExactly("[1] {1=c}", "[2] {2=b}");
    }

    @Test
    void aBatchThatFollowsAnotherBlockIsNotAppended() {
        ledger.adopt(List.of(Block.GENESIS.next(BlockData.of("other"))), Map.of());
        told.clear();

        assertThat(ledger.append(batch(one, addition(B, "two"))).isSound()).isFalse();
        assertThat(ledger.append(batch(Block.GENESIS, addition(A, "one"), addition(B, "two")))
                        .isSound())
                .isFalse();

        assertThat(ledger.chain().length()).isEqualTo(2);
        assertThat(ledger.receipts().between(0, 10)).isEmpty();
        assertThat(told).isEmpty();
    }

    private static Batch batch(Block follows, Addition... additions) {
        return new Batch(new Position(follows.index() + 1, 0), follows.hash(), List.of(additions));
    }

    private static Addition addition(IdempotencyKey key, String text) {
        return new Addition(key, BlockData.of(text));
    }
}
