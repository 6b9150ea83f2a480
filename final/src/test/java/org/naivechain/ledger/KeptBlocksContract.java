package org.naivechain.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.BlockStoreContract;

/** What every store keeps that may be damaged. */
public abstract class KeptBlocksContract extends BlockStoreContract {
    private final Block one = Block.GENESIS.next(BlockData.of("one"));
    private final Block two = one.next(BlockData.of("two"));

    @Override
    protected abstract KeptBlocks empty();

    @Test
    void replacesSomeBlocksAndLeavesThoseAfterThem() {
        KeptBlocks store = empty();
        store.write(0, List.of(one, two, two, two));

        store.replace(0, List.of(Block.GENESIS, one));

        assertThat(store.read(0, 10)).containsExactly(Block.GENESIS, one, two, two);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.replace(3, List.of(two, two)))
                .withMessage("only what is there is replaced: length=4, to=5");
        assertThat(store.read(0, 10)).containsExactly(Block.GENESIS, one, two, two);
    }
}
