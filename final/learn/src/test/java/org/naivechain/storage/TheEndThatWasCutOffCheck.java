package org.naivechain.storage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Hash;
import org.naivechain.learn.Explain;
import org.naivechain.ledger.Tip;
import org.naivechain.storage.SqliteFile.Parameters;

/** A real file; another connection sees what is committed. */
class TheEndThatWasCutOffCheck {
    @TempDir
    private Path directory;

    private Path path;
    private SqliteFile file;
    private SqliteBlockStore store;

    @BeforeEach
    void open() throws StorageException {
        path = directory.resolve("naivechain.db");
        file = SqliteFile.open(path);
        store = new SqliteBlockStore(file);
    }

    @AfterEach
    void close() {
        file.close();
    }

    private static List<Block> chain(int length, String payer) {
        List<Block> chain = new ArrayList<>(List.of(Block.GENESIS));
        while (chain.size() < length) {
            Block head = chain.get(chain.size() - 1);
            BlockData data = BlockData.of(payer + " pays Bob " + chain.size());
            chain.add(new Block(head.index() + 1, head.hash(), data, Hash.of(head.hash(), data)));
        }
        return chain;
    }

    private static Optional<Tip> tipOf(List<Block> chain) {
        return Optional.of(new Tip(chain.size(), chain.get(chain.size() - 1).hash()));
    }

    private void cut(long from, String what) {
        try {
            store.write(from, List.of());
        } catch (IndexOutOfBoundsException e) {
            Explain.that(
                    false, what + "`write` threw " + e + ".", "There is no last block whose hash could be the tip's.");
        }
    }

    private List<Long> rows() {
        return file.all("SELECT position FROM blocks ORDER BY position", row -> row.getLong(1));
    }

    private SqliteBlockStore reopened() throws StorageException {
        file.close();
        file = SqliteFile.open(path);
        return new SqliteBlockStore(file);
    }

    @Test
    @DisplayName("Blocks and tip that were committed are there after a restart")
    void committedBlocksAndTipOutliveARestart() throws Exception {
        List<Block> four = chain(4, "Alice");
        store.write(0, four.subList(0, 1));
        store.write(1, four.subList(1, 4));
        file.commit();

        SqliteBlockStore again = reopened();

        Explain.same(
                four,
                again.read(0, 10),
                "4 blocks were written and committed, and the file was opened again. It holds:",
                "What is committed is kept.");
        Explain.same(
                tipOf(four),
                again.tip(),
                "4 blocks were written and committed. The tip after a restart:",
                "Without it nobody can tell whether rows are missing at the end.");
    }

    @Test
    @DisplayName("A missing end is noticed")
    void aMissingEndIsNoticed() throws Exception {
        store.write(0, chain(4, "Alice"));
        file.commit();
        file.write("DELETE FROM blocks WHERE position > 1", Parameters.NONE);
        file.commit();

        Explain.same(
                "block 2: the end is lost, there were 4 blocks",
                ChainFile.verify(path).verdict().toString(),
                "A chain of 4 blocks was committed. Somebody deleted the last two rows. `verify` says:",
                "The two blocks that are left fit together. Only the tip knows that there were 4.");
    }

    @Test
    @DisplayName("The tip stays where it was if the chain now ends before it")
    void theTipStaysIfTheChainIsShorter() {
        List<Block> four = chain(4, "Alice");
        store.write(0, four);

        cut(2, "Of 4 blocks those from index 2 on were cut off: an empty list was written there. ");
        Explain.same(
                2L,
                store.length(),
                "Of 4 blocks those from index 2 on were cut off. The length:",
                "`from` plus the number of blocks.");
        Explain.same(
                tipOf(four),
                store.tip(),
                "Of 4 blocks those from index 2 on were cut off. The tip:",
                "The node has had 4 blocks, and must not forget that it lost two.");

        store.write(2, four.subList(2, 3));
        Explain.same(
                tipOf(four),
                store.tip(),
                "One of the two blocks came back, so that there are 3. The tip:",
                "One is still missing. The tip moves when the chain reaches as far as it says, or farther.");
    }

    @Test
    @DisplayName("The tip moves if another chain of the same length takes over")
    void theTipFollowsAnotherChainOfTheSameLength() throws Exception {
        store.write(0, chain(4, "Alice"));
        file.commit();
        List<Block> other = chain(4, "Carol");

        store.write(1, other.subList(1, 4));
        file.commit();

        String what = "4 blocks of Alice's; then 3 of Carol's took the places from index 1 on. The tip";
        String why =
                "The tip names the hash of the last block. That of Alice's block 3 is gone: no chain could ever reach it.";
        Explain.same(tipOf(other), store.tip(), what + ":", why);
        Explain.same(tipOf(other), reopened().tip(), what + " after a restart:", why);
    }

    @Test
    @DisplayName("If one block cannot be written, nothing is: rows, length, tip")
    void ifOneBlockCannotBeWrittenNothingIs() {
        List<Block> two = chain(2, "Alice");
        List<Block> other = chain(4, "Carol");
        store.write(0, two);

        String failed =
                "2 blocks were written. Then 3 others were to take the places from index 1 on; one of them was null, and"
                        + " `write` failed. ";
        try {
            store.write(1, Arrays.asList(other.get(1), null, other.get(3)));
            Explain.that(false, "One of the blocks was null, and `write` did not fail.", "The caller must hear of it.");
        } catch (RuntimeException e) {
            // As it should.
        }

        Explain.same(
                List.of(0L, 1L),
                rows(),
                failed + "The rows:",
                "The DELETE and the INSERTs belong together: all of it in one `file.atomically(...)`.");
        Explain.same(
                2L,
                store.length(),
                failed + "The store says that its length is:",
                "The rows are as before. Change the field when the rows are written, and not before.");
        Explain.same(
                tipOf(two),
                store.tip(),
                failed + "The tip:",
                "The rows are as before. Change the field when the rows are written, and not before.");
    }

    @Test
    @DisplayName("If the tip cannot be written, no block is")
    void ifTheTipCannotBeWrittenNoBlockIs() {
        file.define("CREATE TRIGGER full BEFORE INSERT ON tip WHEN NEW.length > 2"
                + " BEGIN SELECT RAISE(ABORT, 'disk full'); END");
        store.write(0, chain(2, "Alice"));

        String failed =
                "2 blocks were written. Then 2 more were to follow, and the row in `tip` could not be written. ";
        try {
            store.write(2, chain(4, "Alice").subList(2, 4));
            Explain.that(false, failed + "`write` did not fail.", "The caller must hear of it.");
        } catch (StorageFailure e) {
            // As it should.
        }

        Explain.same(
                List.of(0L, 1L),
                rows(),
                failed + "The rows:",
                "Rows and tip change together: all of it in one `file.atomically(...)`, the tip, too.");
        Explain.same(
                2L,
                store.length(),
                failed + "The store says that its length is:",
                "The rows are as before. Change the field when all is written, and not before.");
    }

    @Test
    @DisplayName("No blocks at the end change nothing")
    void noBlocksAtTheEndChangeNothing() {
        List<Block> four = chain(4, "Alice");
        store.write(0, four);

        String what = "A chain of 4 blocks; then an empty list was written at index 4. ";
        cut(4, what);

        Explain.same(4L, store.length(), what + "The length:", "Nothing was cut off, and nothing came.");
        Explain.same(tipOf(four), store.tip(), what + "The tip:", "The last block is the same.");
    }

    @Test
    @DisplayName("What stood behind the written blocks is deleted")
    void whatStoodBehindIsDeleted() {
        store.write(0, chain(6, "Alice"));

        store.write(2, chain(4, "Carol").subList(2, 4));

        Explain.same(
                List.of(0L, 1L, 2L, 3L),
                rows(),
                "A chain of 6 blocks; two others took the places from index 2 on. The rows:",
                "Blocks 4 and 5 followed a block that is not there any more.");
        Explain.same(4L, store.length(), "The length is:", "`from` plus the number of blocks.");
    }

    @Test
    @DisplayName("Of a transaction that is rolled back nothing is left, neither rows nor tip")
    void aRollbackLeavesNothing() {
        List<Block> two = chain(2, "Alice");
        store.write(0, two);
        file.commit();

        store.write(2, chain(5, "Alice").subList(2, 5));
        file.rollback();

        Explain.same(
                List.of(0L, 1L),
                rows(),
                "2 blocks were committed; 3 more were rolled back. The rows:",
                "All or nothing.");
        Explain.same(
                2L,
                store.length(),
                "2 blocks were committed; 3 more were written and rolled back. The store says that its length is:",
                "It would write the next block behind a gap.");
        Explain.same(
                tipOf(two),
                store.tip(),
                "2 blocks were committed; 3 more were written and rolled back. The tip:",
                "The node would think that it lost blocks which it never had.");
    }

    @Test
    @DisplayName("A gap is refused")
    void aGapIsRefused() {
        store.write(0, chain(2, "Alice"));

        Explain.refuses(
                IllegalArgumentException.class,
                () -> store.write(3, chain(4, "Alice").subList(3, 4)),
                "The store has 2 blocks, and block 3 was written.",
                "Block 2 would be missing, and no later check could say whether it ever was there.");
    }
}
