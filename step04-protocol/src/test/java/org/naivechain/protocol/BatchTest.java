package org.naivechain.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Chain;
import org.naivechain.chain.MemoryBlockStore;
import org.naivechain.chain.Verdict;

class BatchTest {
    private static final Addition ONE = addition("one");
    private static final Addition TWO = addition("two");

    @Test
    void itsBlocksFollowWhatTheBatchFollowsAndEachOther() {
        Batch batch = new Batch(1, Block.GENESIS.hash(), List.of(ONE, TWO));
        Chain chain = Chain.over(new MemoryBlockStore());

        assertThat(chain.adopt(batch.blocks())).isEqualTo(Verdict.SOUND);
        Block one = Block.GENESIS.next(BlockData.of("one"));
        assertThat(batch.blocks()).containsExactly(one, one.next(BlockData.of("two")));
        assertThat(batch.end()).isEqualTo(3);
        assertThat(chain.verify()).isEqualTo(Verdict.SOUND);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void refusesToReplaceTheGenesisBlock(long from) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Batch(from, Block.GENESIS.hash(), List.of(ONE)))
                .withMessage("a batch follows the genesis block and is not empty: from=" + from + ", additions=1");
    }

    @Test
    void refusesToBeEmpty() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Batch(1, Block.GENESIS.hash(), List.of()))
                .withMessage("a batch follows the genesis block and is not empty: from=1, additions=0");
    }

    @Test
    void twoBatchesAreTheSameIfTheyStandAtThePlaceFollowTheSameBlockAndCarryTheSame() {
        Batch batch = new Batch(1, Block.GENESIS.hash(), List.of(ONE));

        assertThat(batch)
                .isEqualTo(new Batch(1, Block.GENESIS.hash(), List.of(ONE)))
                .hasSameHashCodeAs(new Batch(1, Block.GENESIS.hash(), List.of(ONE)))
                .isNotEqualTo(new Batch(2, Block.GENESIS.hash(), List.of(ONE)))
                .isNotEqualTo(new Batch(1, batch.blocks().get(0).hash(), List.of(ONE)))
                .isNotEqualTo(new Batch(1, Block.GENESIS.hash(), List.of(TWO)))
                .isNotEqualTo(new Batch(
                        1, Block.GENESIS.hash(), List.of(new Addition(AddKey.ofClient("other"), ONE.data()))));
    }

    @Test
    void staysAsItWasWhateverBecomesOfTheList() {
        List<Addition> additions = new ArrayList<>(List.of(ONE));
        Batch batch = new Batch(1, Block.GENESIS.hash(), additions);

        additions.add(TWO);

        assertThat(batch.additions()).containsExactly(ONE);
    }

    private static Addition addition(String text) {
        return new Addition(AddKey.ofClient(text), BlockData.of(text));
    }
}
