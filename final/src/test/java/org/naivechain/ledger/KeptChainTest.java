package org.naivechain.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Verdict;

class KeptChainTest {
    private final MemoryKeptBlocks store = new MemoryKeptBlocks();
    private final KeptChain chain = KeptChain.over(store);

    @BeforeEach
    void grow() {
        for (String text : List.of("one", "two", "three")) {
            assertThat(chain.append(chain.next(BlockData.of(text)))).isEqualTo(Verdict.SOUND);
        }
    }

    @Test
    void damagedBlocksAreReplacedInTheirPlaces() {
        List<Block> sound = chain.page(0, 10);
        store.replace(1, List.of(sound.get(1).tampered(BlockData.of("x")), Block.GENESIS));

        assertThat(chain.mend(sound.subList(1, 3))).isEqualTo(Verdict.SOUND);

        assertThat(chain.page(0, 10)).isEqualTo(sound);
        assertThat(chain.head()).isEqualTo(sound.get(3));
    }

    @Test
    void nothingIsReplacedByWhatDoesNotFollow() {
        List<Block> sound = chain.page(0, 10);
        Block other = Block.GENESIS.next(BlockData.of("other"));

        assertThat(chain.mend(List.of(other, sound.get(2))))
                .hasToString("block 2: previous_hash must be " + other.hash() + ": previous_hash="
                        + sound.get(2).previousHash());

        assertThat(chain.page(0, 10)).isEqualTo(sound);
    }
}
