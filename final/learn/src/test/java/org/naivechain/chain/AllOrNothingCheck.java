package org.naivechain.chain;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.learn.Explain;

/** Exercise 2.3: what another node has is taken over whole, or not at all. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AllOrNothingCheck {
    private final CountingStore store = new CountingStore();
    private final Block one = Block.GENESIS.next(BlockData.of("one"));
    private final Block two = one.next(BlockData.of("two"));
    private final Block three = two.next(BlockData.of("three"));
    private final Block four = three.next(BlockData.of("four"));
    private final Block five = four.next(BlockData.of("five"));
    private Chain chain;

    /** Ours is G - 1 - 2 - 3. */
    @BeforeEach
    void ours() {
        store.write(0, List.of(Block.GENESIS, one, two, three));
        chain = Chain.over(store);
        store.writes = 0;
    }

    /** Knows how often it was written to. */
    private static final class CountingStore extends MemoryBlockStore {
        private int writes;

        @Override
        public void write(long from, List<Block> blocks) {
            writes++;
            super.write(from, blocks);
        }
    }

    @Test
    @Order(1)
    @DisplayName("A longer chain that continues ours is taken over")
    void adoptsALongerChain() {
        Explain.same(
                Verdict.SOUND,
                chain.adopt(List.of(one, two, three, four, five)),
                "Ours is G-1-2-3. Another node sent 1-2-3-4-5.",
                "Blocks 1 to 3 are the same as ours, 4 follows 3, and 5 follows 4.");
        expectKept(
                "Another node sent 1-2-3-4-5.",
                "Only blocks beyond our head are new.",
                Block.GENESIS,
                one,
                two,
                three,
                four,
                five);
        Explain.same(
                shown(five),
                shown(chain.head()),
                "The head after blocks 4 and 5 were taken over.",
                "Block 5 is the last.");
        Explain.same(
                1,
                store.writes,
                "Blocks 4 and 5 were taken over. So often the store was written to:",
                "A power cut between two writes would leave half of what was taken over. One call of write(List) takes all of"
                        + " them; and a store on a disk waits for the disk once.");
    }

    @Test
    @Order(2)
    @DisplayName("Blocks that we all have are sound and change nothing")
    void keepsItsOwnWhenTheirsIsShorter() {
        Explain.same(
                Verdict.SOUND,
                chain.adopt(List.of(Block.GENESIS, one)),
                "Ours is G-1-2-3. Another node sent G-1.",
                "Their chain is the beginning of ours.");
        Explain.same(Verdict.SOUND, chain.adopt(List.of()), "Another node sent no block.", "Nothing differs.");
        expectKept(
                "Another node sent G-1, and then nothing.",
                "A shorter chain takes nothing away.",
                Block.GENESIS,
                one,
                two,
                three);
    }

    @Test
    @Order(3)
    @DisplayName("Of a chain that parts from ours nothing is taken, however long it is")
    void adoptsNothingOfAnotherBranch() {
        Block x = one.next(BlockData.of("x"));
        Block y = x.next(BlockData.of("y"));
        Block z = y.next(BlockData.of("z"));

        expectRefused(
                2, List.of(one, x, y, z), "Ours is G-1-2-3. Another node sent 1-x-y-z, which parts after block 1.");
        expectRefused(
                2,
                List.of(one, x),
                "Ours is G-1-2-3. Another node sent 1-x, which parts after block 1 and is no longer.");
    }

    @Test
    @Order(4)
    @DisplayName("A forgery among the blocks we have is found, although what is new follows our head")
    void comparesWhatItHas() {
        Block forged = two.tampered(BlockData.of("TWO"));

        expectRefused(
                2,
                List.of(one, forged, three, four),
                "Ours is G-1-2-3. Another node sent 1-2-3-4, and its block 2 has other data.");
    }

    @Test
    @Order(5)
    @DisplayName("One forged block beyond our head, and none of the others is taken")
    void adoptsNothingBeforeAForgery() {
        Block forged = five.tampered(BlockData.of("FIVE"));
        Block six = five.next(BlockData.of("six"));

        expectRefused(
                5,
                List.of(three, four, forged, six),
                "Ours is G-1-2-3. Another node sent 3-4-5-6, and its block 5 has other data than its hash says.");
    }

    @Test
    @Order(6)
    @DisplayName("Blocks beyond our head must follow each other without a gap and without a step back")
    void refusesAGapAndAStepBack() {
        expectRefused(4, List.of(five), "Ours is G-1-2-3. Another node sent block 5 alone.");
        expectRefused(5, List.of(four, four), "Ours is G-1-2-3. Another node sent block 4 twice.");
        expectRefused(
                5,
                List.of(four, three, five),
                "Ours is G-1-2-3. Another node sent 4-3-5: blocks that are right each, in an order that is no chain.");
    }

    @Test
    @Order(7)
    @DisplayName("Comparing changes nothing")
    void comparesWithoutAnEffect() {
        Explain.same(
                Verdict.SOUND,
                chain.compare(List.of(three, four, five)),
                "`compare` was asked about 3-4-5.",
                "All would fit.");
        expectKept("`compare` was asked about 3-4-5.", "`compare` only asks.", Block.GENESIS, one, two, three);
    }

    private void expectRefused(long index, List<Block> theirs, String what) {
        String why =
                "One block that does not fit makes the whole list worthless: the node that sent it forges, or follows"
                        + " another chain.";
        Verdict verdict = chain.adopt(theirs);
        expectKept(what, why + " Then nothing is taken.", Block.GENESIS, one, two, three);
        Explain.same(
                shown(three),
                shown(chain.head()),
                what + " The head now:",
                "Nothing was taken, so the head is the same.");
        Explain.that(!verdict.isSound(), what + " `adopt` says: sound.", why);
        Explain.same(
                index, ((Verdict.Fault) verdict).index(), what + " The verdict is: " + verdict + ".\nIts index:", why);
    }

    private void expectKept(String what, String why, Block... blocks) {
        Explain.same(shown(List.of(blocks)), shown(store.read(0, 100)), what + " What our store holds now:", why);
    }

    private static List<String> shown(List<Block> blocks) {
        return blocks.stream().map(AllOrNothingCheck::shown).toList();
    }

    private static String shown(Block block) {
        return String.format("%d %s (%.8s)", block.index(), block.data(), block.hash());
    }
}
