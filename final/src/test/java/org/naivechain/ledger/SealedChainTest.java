package org.naivechain.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Seal;
import org.naivechain.chain.DamagedBlockException;
import org.naivechain.chain.Verdict;

/** A chain whose blocks must each have a seal, and of which the heavier branch stays. */
class SealedChainTest {
    private static final BlockRules RULES = new BlockRules() {
        @Override
        public Check check(Before before) {
            return block -> {
                before.last(block.index(), 1);
                return block.seal().isPresent() ? Verdict.SOUND : Verdict.fault(block.index(), "no seal");
            };
        }

        @Override
        public boolean heavierWins() {
            return true;
        }
    };

    private final MemoryKeptBlocks store = new MemoryKeptBlocks();

    private static List<Block> blocks(String... texts) {
        List<Block> blocks = new ArrayList<>(List.of(Block.GENESIS));
        for (String text : texts) {
            blocks.add(blocks.get(blocks.size() - 1).next(BlockData.of(text)).sealed(new Seal("a-proof")));
        }
        return blocks;
    }

    @Test
    void theGenesisBlockIsMendedAlthoughNobodyHasSealedIt() {
        KeptChain chain = KeptChain.over(store, RULES);
        List<Block> blocks = blocks("one", "two");
        assertThat(chain.adopt(blocks)).isEqualTo(Verdict.SOUND);
        store.replace(0, List.of(Block.GENESIS.tampered(BlockData.of("x"))));

        assertThat(chain.mend(blocks.subList(0, 1))).isEqualTo(Verdict.SOUND);

        assertThat(chain.page(0, 10)).isEqualTo(blocks);
    }

    @Test
    void nothingIsTakenWhereABlockBeforeIsMissing() {
        List<Block> blocks = blocks("one", "two", "three");
        store.write(0, blocks.subList(0, 3));
        boolean[] isMissing = new boolean[1];
        KeptChain chain = KeptChain.over(
                new ForwardingBlocks(store) {
                    @Override
                    public List<Block> read(long from, int limit) {
                        if (isMissing[0] && from <= 2 && from + limit > 2) {
                            throw new DamagedBlockException(2, "the block is missing");
                        }
                        return super.read(from, limit);
                    }
                },
                RULES);
        isMissing[0] = true;

        assertThat(chain.append(blocks.get(3))).hasToString("block 2: this chain is damaged: the block is missing");

        isMissing[0] = false;
        assertThat(chain.append(blocks.get(3))).isEqualTo(Verdict.SOUND);
    }

    /** With votes the same says that something was lost. */
    @Test
    void aChainThatHasBecomeShorterHasLostNothing() {
        Block last = blocks("one", "two", "three").get(3);
        store.write(0, blocks("heavier"));
        KeptBlocks shorter = new ForwardingBlocks(store) {
            @Override
            public Optional<Tip> tip() {
                return Optional.of(new Tip(4, last.hash()));
            }
        };

        KeptChain chain = KeptChain.over(shorter, RULES);
        assertThat(chain.lostEnd()).isEmpty();
        assertThat(chain.adopt(blocks("heavier", "next", "another", "fourth"))).isEqualTo(Verdict.SOUND);

        store.write(2, List.of());
        assertThat(KeptChain.over(shorter).lostEnd()).isPresent();
    }
}
