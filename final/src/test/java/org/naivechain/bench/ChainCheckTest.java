package org.naivechain.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;

class ChainCheckTest {
    private static final int BYTES = 16;

    /** A chain that grows by a block with every look at its length, until it has all. */
    private static final class Growing implements ChainCheck.Chain {
        private final String name;
        private final List<Block> blocks;
        private long shown;

        Growing(String name, List<Block> blocks, long shown) {
            this.name = name;
            this.blocks = blocks;
            this.shown = shown;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Optional<Long> length() {
            shown = Math.min(blocks.size(), shown + 1);
            return Optional.of(shown);
        }

        @Override
        public List<Block> page(long from, long limit) {
            return blocks.subList((int) from, (int) Math.min(blocks.size(), from + limit));
        }
    }

    private static ChainCheck.Chain chain(String name, Datum... carried) {
        List<Block> blocks = new ArrayList<>(List.of(Block.GENESIS));
        for (Datum datum : carried) {
            blocks.add(blocks.get(blocks.size() - 1).next(BlockData.of(datum.text(BYTES))));
        }
        return new Growing(name, blocks, blocks.size());
    }

    private static Datum datum(int client, int number) {
        return new Datum(client, number);
    }

    /** Two clients, of which the first had so many adds acknowledged, and the second none. */
    private static List<BitSet> acknowledged(int count) {
        BitSet first = new BitSet();
        first.set(0, count);
        return List.of(first, new BitSet());
    }

    private static ChainCheck.Verdict check(List<BitSet> acknowledged, ChainCheck.Chain... chains) throws Exception {
        return new ChainCheck(List.of(chains), acknowledged, BYTES).run(Duration.ZERO);
    }

    @Test
    void equalChainsWithEveryAcknowledgedAddAreGood() throws Exception {
        assertThat(check(
                        acknowledged(2),
                        chain("node 1", datum(0, 0), datum(0, 1)),
                        chain("node 2", datum(0, 0), datum(0, 1))))
                .isEqualTo(
                        new ChainCheck.Verdict(true, "agree on 3 blocks, and every acknowledged add is in them once"));
    }

    @Test
    void chainsOfManyPagesAreReadToTheEnd() throws Exception {
        Datum[] many = new Datum[2_500];
        for (int i = 0; i < many.length; i++) {
            many[i] = datum(0, i);
        }

        assertThat(check(acknowledged(2_500), chain("node 1", many), chain("node 2", many)))
                .isEqualTo(new ChainCheck.Verdict(
                        true, "agree on 2501 blocks, and every acknowledged add is in them once"));
        many[2_400] = datum(1, 0);
        ChainCheck.Chain other = chain("node 2", many);
        many[2_400] = datum(0, 2_400);
        assertThat(check(acknowledged(2_500), chain("node 1", many), other))
                .isEqualTo(new ChainCheck.Verdict(false, "differ: node 2 has another block 2401 than node 1"));
    }

    @Test
    void aNodeThatIsBehindMayCatchUp() throws Exception {
        List<Block> blocks = chain("", datum(0, 0), datum(0, 1)).page(0, 3);
        ChainCheck.Chain late = new Growing("node 2", blocks, 0);

        assertThat(new ChainCheck(List.of(new Growing("node 1", blocks, 3), late), acknowledged(2), BYTES)
                        .run(Duration.ofSeconds(20))
                        .isGood())
                .isTrue();
    }

    @Test
    void aNodeThatStaysBehindDiffers() throws Exception {
        assertThat(check(acknowledged(1), chain("node 1", datum(0, 0)), chain("node 2")))
                .isEqualTo(new ChainCheck.Verdict(false, "differ: after 0 s node 1 has 2 blocks, node 2 has 1 blocks"));
    }

    @Test
    void anAcknowledgedAddThatIsMissingIsBad() throws Exception {
        assertThat(check(acknowledged(2), chain("node 1", datum(0, 1)), chain("node 2", datum(0, 1))))
                .isEqualTo(new ChainCheck.Verdict(
                        false,
                        "agree on 2 blocks, but 1 acknowledged adds are missing and 0 are there more than once"));
    }

    @Test
    void anAddThatIsThereTwiceIsBad() throws Exception {
        assertThat(check(acknowledged(1), chain("node 1", datum(0, 0), datum(0, 0))))
                .isEqualTo(new ChainCheck.Verdict(
                        false,
                        "agree on 3 blocks, but 0 acknowledged adds are missing and 1 are there more than once"));
    }

    @Test
    void anAddThatWasAddedThoughItSeemedToFailIsToldAndGood() throws Exception {
        assertThat(check(acknowledged(1), chain("node 1", datum(0, 0), datum(1, 0))))
                .isEqualTo(new ChainCheck.Verdict(
                        true,
                        "agree on 3 blocks, and every acknowledged add is in them once; 1 adds that seemed to fail are"
                                + " in them, too"));
    }
}
