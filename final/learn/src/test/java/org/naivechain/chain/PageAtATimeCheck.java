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

/** Exercise 2.4: a chain of a hundred blocks is verified in steps of at most 32, without a gap between them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PageAtATimeCheck {
    private static final int BLOCKS = 100;
    private static final int STEPS = 1_000;

    private final BadDisk store = new BadDisk();

    @BeforeEach
    void hundredBlocks() {
        Chain chain = Chain.over(store);
        while (chain.length() < BLOCKS) {
            chain.append(chain.next(BlockData.of("block " + chain.length())));
        }
        store.largestRead = 0;
    }

    @Test
    @Order(1)
    @DisplayName("A sound chain is sound, from the beginning and from the middle")
    void findsASoundChainSound() {
        Explain.same(Verdict.SOUND, verify(0), "A sound chain of 100 blocks was verified.", "Everything fits.");
        Explain.same(
                Verdict.SOUND,
                verify(50),
                "The blocks from 50 on of a sound chain were verified.",
                "Block 49 is read first, and taken for sound: block 50 follows it.");
    }

    @Test
    @Order(2)
    @DisplayName("A step reads no more than 32 blocks")
    void readsAPageAtATime() {
        StoreVerification verification = new StoreVerification(store, 0, BLOCKS);

        boolean more = verification.step();

        Explain.that(
                store.largestRead <= 32,
                "One step read " + store.largestRead + " blocks at once.",
                "A block may have a mebibyte. `wanted` says how many there is room for.");
        Explain.same(
                32L,
                verification.next(),
                "`next()` after the first step.",
                "32 blocks were wanted, and all are sound.");
        Explain.that(
                more, "`step` says after 32 of 100 blocks that there is no more to check.", "Block 32 comes next.");
    }

    @Test
    @Order(3)
    @DisplayName("A forgery at the end of a page is found, too")
    void checksTheLinkBetweenPages() {
        Block forged = store.read(30, 1).get(0).next(BlockData.of("forged"));
        List<Block> behind = store.read(32, BLOCKS);
        store.write(31, List.of(forged));
        store.write(32, behind);

        expectFault(
                32,
                verify(0),
                "Block 31, the last of the first page, was replaced by another one with a right hash.",
                "Block 32, the first of the second page, names the old hash. Does the verification remember the last"
                        + " block of the page before?");
    }

    @Test
    @Order(4)
    @DisplayName("A range that begins in the middle is checked against the block before it")
    void checksTheLinkToTheBlockBefore() {
        Block forged = store.read(48, 1).get(0).next(BlockData.of("forged"));
        List<Block> behind = store.read(50, BLOCKS);
        store.write(49, List.of(forged));
        store.write(50, behind);

        expectFault(
                50,
                verify(50),
                "The blocks from 50 on were verified, and block 49 was replaced before.",
                "Two ranges that touch are a whole only if the second is checked against the end of the first.");
    }

    @Test
    @Order(5)
    @DisplayName("Blocks that are missing at the end are a fault")
    void findsAMissingEnd() {
        store.write(70, List.of());

        expectFault(
                70,
                verify(0),
                "A chain of 100 blocks was verified, and the store had lost the last 30.",
                "What is left is sound by itself. Only the number of blocks that there should be gives the loss away.");
    }

    @Test
    @Order(6)
    @DisplayName("A block that cannot be read is a fault")
    void findsADamagedBlock() {
        store.damaged = 40;

        expectFault(
                40,
                verify(0),
                "Block 40 could not be read: somebody wrote there.",
                "Blocks 32 to 39 are on the same page, and are sound. Block 40 is not.");
    }

    @Test
    @Order(7)
    @DisplayName("An altered block before a damaged one is named first")
    void findsTheFirstOfTwoFaults() {
        store.damaged = 40;
        Block altered = store.peek(35).tampered(BlockData.of("forged"));
        store.replace(35, altered);

        expectFault(
                35,
                verify(0),
                "The data of block 35 was altered, and block 40 on the same page could not be read.",
                "Whoever repairs a chain begins with the first fault. What is before it is taken for sound.");
    }

    @Test
    @Order(8)
    @DisplayName("A range behind a block that cannot be read ends with that fault")
    void endsWhereTheBlockBeforeIsDamaged() {
        store.damaged = 49;

        expectFault(
                49,
                verify(50),
                "The blocks from 50 on were verified, and block 49, which is read first, could not be read.",
                "There are no blocks before it in this range that could be checked first.");
    }

    @Test
    @Order(9)
    @DisplayName("A range behind the end of the store ends with the block before it, which is missing")
    void endsWhereTheBlockBeforeIsMissing() {
        store.write(40, List.of());

        expectFault(
                49,
                verify(50),
                "The blocks from 50 on were verified, and the store had lost all from block 40 on.",
                "Block 49 is read first. A list without it has no first block.");
    }

    @Test
    @Order(10)
    @DisplayName("An altered block in the middle of a page is the verdict, and the page is not checked further")
    void stopsAtTheFirstFault() {
        store.replace(40, store.peek(40).tampered(BlockData.of("forged")));

        StoreVerification verification = new StoreVerification(store, 0, BLOCKS);
        String what = "The data of block 40 of 100 was altered, and nothing else.";
        Verdict verdict = verify(verification);

        expectFault(
                40,
                verdict,
                what,
                "Return at the first fault. The blocks behind it must not overwrite the verdict, and `next` stays.");
        expectReason("curr_hash must be ", verdict, what);
        Explain.same(
                40L,
                verification.next(),
                what + " `next()` after the end:",
                "After a sound block `next` moves on. At a fault it stays: so many blocks were found sound.");
    }

    @Test
    @Order(11)
    @DisplayName("An altered block is altered, and not missing, also where blocks behind it are missing")
    void namesTheAlteredBlockBeforeTheMissingOnes() {
        store.replace(69, store.peek(69).tampered(BlockData.of("forged")));
        store.write(71, List.of());

        String what =
                "The data of block 69 was altered, and the store had lost all blocks behind 70. Both are on one page.";
        Verdict verdict = verify(0);
        expectFault(69, verdict, what, "The first fault is the one of block 69.");
        expectReason("curr_hash must be ", verdict, what);
    }

    private static void expectReason(String beginning, Verdict verdict, String what) {
        Explain.that(
                ((Verdict.Fault) verdict).reason().startsWith(beginning),
                what + " The verdict is: " + verdict + ".",
                "The reason must be that of the block that does not fit. It is there, and its hash is not that of its"
                        + " data. What comes after the first fault must not overwrite the verdict.");
    }

    private Verdict verify(long from) {
        return verify(new StoreVerification(store, from, BLOCKS));
    }

    private static Verdict verify(StoreVerification verification) {
        int steps = 0;
        while (verification.step()) {
            steps++;
            Explain.that(
                    steps < STEPS,
                    "After " + STEPS + " steps the verification still says that there is more to check. `next()` is "
                            + verification.next() + ", the verdict " + verification.verdict() + ".",
                    "A step must come further or find a fault.");
        }
        return verification.verdict();
    }

    private static void expectFault(long index, Verdict verdict, String what, String why) {
        Explain.that(!verdict.isSound(), what + " The verdict is: sound.", why);
        Explain.same(
                index, ((Verdict.Fault) verdict).index(), what + " The verdict is: " + verdict + ".\nIts index:", why);
    }

    /** A store on which one block can no longer be read. */
    private static final class BadDisk extends MemoryBlockStore {
        private int damaged = -1;
        private int largestRead;

        @Override
        public List<Block> read(long from, int limit) {
            largestRead = Math.max(largestRead, limit);
            if (from <= damaged && damaged < from + limit) {
                throw new DamagedBlockException(damaged, "the block cannot be read");
            }
            return super.read(from, limit);
        }

        private Block peek(int index) {
            return super.read(index, 1).get(0);
        }

        private void replace(int index, Block block) {
            List<Block> behind = super.read(index + 1L, BLOCKS);
            write(index, List.of(block));
            write(index + 1L, behind);
        }
    }
}
