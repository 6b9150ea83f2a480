package org.naivechain.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Hash;

/** What every block store must do; each implementation's test extends this. */
public abstract class BlockStoreContract {
    private final Block one = Block.GENESIS.next(BlockData.of("one"));
    private final Block two = one.next(BlockData.of("two"));
    private final Block other = one.next(BlockData.of("other"));

    /** A new, empty store. */
    protected abstract BlockStore empty();

    @Test
    void startsEmpty() {
        BlockStore store = empty();

        assertThat(store.length()).isZero();
        assertThat(store.read(0, 10)).isEmpty();
    }

    @Test
    void keepsBlocksInOrder() {
        BlockStore store = empty();

        store.write(0, List.of(Block.GENESIS));
        store.write(1, List.of(one, two));

        assertThat(store.length()).isEqualTo(3);
        assertThat(store.read(0, 10)).containsExactly(Block.GENESIS, one, two);
    }

    @Test
    void readsNoMoreThanWantedAndNothingBeyondTheEnd() {
        BlockStore store = empty();
        store.write(0, List.of(Block.GENESIS, one, two));

        assertThat(store.read(1, 1)).containsExactly(one);
        assertThat(store.read(1, Integer.MAX_VALUE)).containsExactly(one, two);
        assertThat(store.read(0, 0)).isEmpty();
        assertThat(store.read(3, 1)).isEmpty();
        assertThat(store.read(Long.MAX_VALUE, 1)).isEmpty();
    }

    @Test
    void replacesEverythingFromThePositionOn() {
        BlockStore store = empty();
        store.write(0, List.of(Block.GENESIS, one, two));

        store.write(2, List.of(other));
        assertThat(store.read(0, 10)).containsExactly(Block.GENESIS, one, other);

        store.write(1, List.of());
        assertThat(store.read(0, 10)).containsExactly(Block.GENESIS);
    }

    @Test
    void refusesToLeaveAGap() {
        BlockStore store = empty();
        store.write(0, List.of(Block.GENESIS));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.write(2, List.of(two)))
                .withMessage("a store has no gaps: length=1, from=2");
        assertThat(store.read(0, 10)).containsExactly(Block.GENESIS);
    }

    @Test
    void keepsWhatItIsGivenSoundOrNot() {
        BlockStore store = empty();
        Block unsound = one.tampered(BlockData.of("é \" \\ \u0000"));

        store.write(0, List.of(unsound));

        assertThat(store.read(0, 1)).containsExactly(unsound);
    }

    @Test
    void keepsTheLargestDataAndTheLargestIndex() {
        BlockStore store = empty();
        BlockData data = BlockData.of("x".repeat(BlockData.MAX_BYTES - 2));
        Block large = new Block(Long.MAX_VALUE, Hash.ORIGIN, data, Hash.of(Hash.ORIGIN, data));

        store.write(0, List.of(large));

        assertThat(store.read(0, 1)).containsExactly(large);
    }

    @Test
    void writesNothingIfOneBlockCannotBeWritten() {
        BlockStore store = empty();
        store.write(0, List.of(Block.GENESIS, one));

        assertThatNullPointerException().isThrownBy(() -> store.write(1, Arrays.asList(other, null)));

        assertThat(store.length()).isEqualTo(2);
        assertThat(store.read(0, 10)).containsExactly(Block.GENESIS, one);
    }

    @Test
    void aListThatWasReadStaysAsItWas() {
        BlockStore store = empty();
        store.write(0, List.of(Block.GENESIS, one, two));
        List<Block> read = store.read(0, 10);

        store.write(1, List.of());

        assertThat(read).containsExactly(Block.GENESIS, one, two);
    }
}
