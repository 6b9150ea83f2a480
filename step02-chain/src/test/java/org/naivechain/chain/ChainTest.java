package org.naivechain.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Hash;

class ChainTest {
    private final MemoryBlockStore store = new MemoryBlockStore();
    private final Chain chain = Chain.over(store);

    @BeforeEach
    void threeBlocksOnGenesis() {
        for (String text : List.of("one", "two", "three")) {
            assertThat(chain.append(chain.next(BlockData.of(text)))).isEqualTo(Verdict.SOUND);
        }
    }

    @Test
    void startsWithTheGenesisBlock() {
        Chain fresh = Chain.over(new MemoryBlockStore());

        assertThat(fresh.length()).isEqualTo(1);
        assertThat(fresh.head()).isEqualTo(Block.GENESIS);
        assertThat(fresh.verify()).isEqualTo(Verdict.SOUND);
    }

    @Test
    void continuesWhatItsStoreHolds() {
        Chain again = Chain.over(store);

        assertThat(again.length()).isEqualTo(4);
        assertThat(again.head()).isEqualTo(chain.head());
    }

    @Test
    void hasTheHashesOfTheExistingNetwork() {
        Chain fresh = Chain.over(new MemoryBlockStore());

        fresh.append(fresh.next(BlockData.of("Testing String Again")));

        assertThat(fresh.head().hash()).hasToString("c8a8924ed4d8c58638b9f4fcbb7609bb0edb4a509d1514246a04ebba680d5a1f");
    }

    @Test
    void refusesABlockWithAWrongIndexLinkOrHash() {
        Block head = chain.head();
        Block next = chain.next(BlockData.of("four"));
        Block skipping = new Block(5, next.previousHash(), next.data(), next.hash());
        Block unlinked = new Block(4, Hash.ORIGIN, next.data(), Hash.of(Hash.ORIGIN, next.data()));
        Block unhashed = next.tampered(BlockData.of("other"));

        assertThat(chain.append(skipping)).hasToString("block 4: index must follow 3: index=5");
        assertThat(chain.append(unlinked))
                .hasToString("block 4: previous_hash must be " + head.hash() + ": previous_hash=" + Hash.ORIGIN);
        assertThat(chain.append(unhashed))
                .hasToString("block 4: curr_hash must be " + unhashed.computedHash() + ": curr_hash=" + next.hash());
        assertThat(chain.head()).isEqualTo(head);
        assertThat(chain.length()).isEqualTo(4);
    }

    static Stream<Arguments> tamperings() {
        Block wrongGenesis = Block.GENESIS.tampered(BlockData.of("not random"));
        Block one = Block.GENESIS.next(BlockData.of("one"));
        Block two = one.next(BlockData.of("two"));
        Block rehashed = one.next(BlockData.of("TWO"));
        return Stream.of(
                Arguments.of(0L, wrongGenesis, 0L, "the first block must be the genesis block of the network"),
                Arguments.of(2L, two.tampered(BlockData.of("TWO")), 2L, "curr_hash must be"),
                Arguments.of(2L, new Block(7, two.previousHash(), two.data(), two.hash()), 2L, "index must follow 1"),
                Arguments.of(2L, new Block(2, Hash.ORIGIN, two.data(), two.hash()), 2L, "previous_hash must be"),
                Arguments.of(2L, new Block(2, one.hash(), two.data(), one.hash()), 2L, "curr_hash must be"),
                // A forger who computes the hash anew breaks the link of the block after it.
                Arguments.of(2L, rehashed, 3L, "previous_hash must be"));
    }

    @ParameterizedTest
    @MethodSource("tamperings")
    void findsAnyTampering(long at, Block altered, long brokenAt, String rule) {
        List<Block> blocks = new ArrayList<>(store.read(0, 10));
        blocks.set((int) at, altered);
        store.write(0, blocks);

        assertThat(chain.verify()).isInstanceOfSatisfying(Verdict.Fault.class, fault -> {
            assertThat(fault.index()).isEqualTo(brokenAt);
            assertThat(fault.reason()).startsWith(rule);
        });
    }

    @Test
    void verifiesAChainOfManyPages() {
        for (int i = 0; i < 2_500; i++) {
            chain.append(chain.next(BlockData.of("block " + i)));
        }
        assertThat(chain.verify()).isEqualTo(Verdict.SOUND);

        List<Block> tail = store.read(2_000, 1_000);
        store.write(2_000, List.of(tail.get(0).tampered(BlockData.of("forged"))));
        store.write(2_001, tail.subList(1, tail.size()));

        assertThat(chain.verify())
                .isInstanceOfSatisfying(
                        Verdict.Fault.class, fault -> assertThat(fault.index()).isEqualTo(2_000));
    }

    @Test
    void aPageEndsAtTheLimitTheEndOrEnoughBytes() {
        for (int i = 0; i < 100; i++) {
            chain.append(chain.next(BlockData.of("x".repeat(100_000))));
        }

        assertThat(chain.page(1, 2)).isEqualTo(store.read(1, 2));
        assertThat(chain.page(102, 1_000)).isEqualTo(store.read(102, 2));
        assertThat(chain.page(104, 10)).isEmpty();
        assertThat(chain.page(0, 0)).isEmpty();
        // Four small blocks, then as many large ones as it takes to reach half a mebibyte.
        assertThat(chain.page(0, 1_000)).isEqualTo(store.read(0, 4 + 6));
    }

    @Test
    void adoptsALongerChainThatContinuesItsOwn() {
        // ours    G - 1 - 2 - 3
        // theirs  G - 1 - 2 - 3 - 4 - 5
        List<Block> theirs = new ArrayList<>(store.read(0, 10));
        theirs.add(chain.head().next(BlockData.of("four")));
        theirs.add(theirs.get(4).next(BlockData.of("five")));

        assertThat(chain.adopt(theirs)).isEqualTo(Verdict.SOUND);
        assertThat(chain.length()).isEqualTo(6);
        assertThat(chain.head()).isEqualTo(theirs.get(5));
        assertThat(chain.verify()).isEqualTo(Verdict.SOUND);
    }

    @Test
    void keepsItsOwnChainWhenTheirsIsTheBeginningOfIt() {
        assertThat(chain.adopt(store.read(0, 2))).isEqualTo(Verdict.SOUND);
        assertThat(chain.length()).isEqualTo(4);
    }

    @Test
    void adoptsNothingOfAChainThatDiffers() {
        // ours    G - 1 - 2 - 3
        // theirs  G - 1 - x - y - z
        Block x = store.read(1, 1).get(0).next(BlockData.of("x"));
        Block y = x.next(BlockData.of("y"));
        Block z = y.next(BlockData.of("z"));
        List<Block> before = store.read(0, 10);

        assertThat(chain.adopt(List.of(before.get(0), before.get(1), x, y, z)))
                .hasToString("block 2: the chains differ from here on: ours has hash "
                        + before.get(2).hash() + ", theirs " + x.hash());
        assertThat(store.read(0, 10)).isEqualTo(before);
    }

    @Test
    void adoptsNothingThatIsForgedOrLeavesAGap() {
        Block four = chain.next(BlockData.of("four"));
        Block five = four.next(BlockData.of("five"));
        Block six = five.next(BlockData.of("six"));

        assertThat(chain.adopt(List.of(four, five.tampered(BlockData.of("forged")), six)))
                .isInstanceOf(Verdict.Fault.class);
        assertThat(chain.adopt(List.of(five))).hasToString("block 4: index must follow 3: index=5");
        assertThat(chain.adopt(List.of(four, four))).hasToString("block 5: index must follow 4: index=4");
        assertThat(chain.adopt(List.of(four, store.read(3, 1).get(0)))).isInstanceOf(Verdict.Fault.class);
        assertThat(chain.length()).isEqualTo(4);
    }

    @Test
    void aPageEndsBeforeWhatWasAlteredAndDoesNotBeginWithIt() {
        List<Block> sound = chain.page(0, 4);
        store.write(2, List.of(sound.get(2).tampered(BlockData.of("forged")), sound.get(3)));

        assertThat(chain.page(0, 4)).isEqualTo(sound.subList(0, 2));
        assertThat(chain.page(3, 1)).isEqualTo(sound.subList(3, 4));
        assertThatExceptionOfType(DamagedBlockException.class)
                .isThrownBy(() -> chain.page(2, 2))
                .withMessageStartingWith("block 2: curr_hash must be ");
    }

    /** A forger computes the hash anew, and cannot do so for the blocks behind. */
    @Test
    void aPageEndsWhereTheNextBlockDoesNotFollow() {
        List<Block> sound = chain.page(0, 4);
        Block forged = sound.get(1).next(BlockData.of("forged"));
        store.write(2, List.of(forged, sound.get(3)));

        assertThat(chain.page(0, 4)).containsExactly(sound.get(0), sound.get(1), forged);
    }

    /**
     * <pre>
     * genesis - one - two - three
     *               \\ other - more - most
     * </pre>
     */
    @Test
    void aReorganisationGivesUpTheEndForAnother() {
        Block other = chain.page(1, 1).get(0).next(BlockData.of("other"));
        Block more = other.next(BlockData.of("more"));
        Block most = more.next(BlockData.of("most"));

        assertThat(chain.reorganise(List.of(other, more, most))).isEqualTo(Verdict.SOUND);

        assertThat(chain.page(2, 10)).containsExactly(other, more, most);
        assertThat(chain.head()).isEqualTo(most);
        assertThat(chain.verify()).isEqualTo(Verdict.SOUND);
    }

    @Test
    void aBranchThatDoesNotFollowChangesNothing() {
        List<Block> before = chain.page(0, 10);
        Block other = chain.page(1, 1).get(0).next(BlockData.of("other"));

        assertThat(chain.reorganise(List.of(other, before.get(3))).isSound()).isFalse();
        assertThat(chain.reorganise(List.of(Block.GENESIS)))
                .hasToString("block 0: a branch must follow a block that stays: length=4");

        assertThat(chain.page(0, 10)).isEqualTo(before);
        assertThat(chain.head()).isEqualTo(before.get(3));
    }
}
