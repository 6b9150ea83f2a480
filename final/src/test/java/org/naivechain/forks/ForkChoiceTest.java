package org.naivechain.forks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;

/**
 * <pre>
 * genesis - a - ...
 *        \\ b - ...
 * </pre>
 */
class ForkChoiceTest {
    private final Block one = Block.GENESIS.next(BlockData.of("one"));
    private final Block two = Block.GENESIS.next(BlockData.of("two"));
    private final Block smaller = one.hash().text().compareTo(two.hash().text()) < 0 ? one : two;
    private final Block larger = smaller == one ? two : one;

    @Test
    void theLongerChainWinsWhateverItsHash() {
        assertThat(prefers(3, larger, 2, smaller)).isTrue();
        assertThat(prefers(2, smaller, 3, larger)).isFalse();
    }

    @Test
    void ofTwoThatAreEquallyLongTheOneWithTheSmallerHashWins() {
        assertThat(prefers(2, smaller, 2, larger)).isTrue();
        assertThat(prefers(2, larger, 2, smaller)).isFalse();
    }

    @Test
    void nobodyGivesUpAChainForTheSameOne() {
        assertThat(prefers(2, one, 2, one)).isFalse();
    }

    private static boolean prefers(long theirs, Block theirFirst, long ours, Block ourFirst) {
        return ForkChoice.prefers(new ForkChoice.Branch(theirs, theirFirst), new ForkChoice.Branch(ours, ourFirst));
    }
}
