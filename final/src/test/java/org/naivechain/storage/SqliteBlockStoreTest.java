package org.naivechain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Seal;
import org.naivechain.chain.Chain;
import org.naivechain.chain.DamagedBlockException;
import org.naivechain.chain.Verdict;
import org.naivechain.ledger.KeptBlocks;
import org.naivechain.ledger.KeptBlocksContract;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.Tip;

class SqliteBlockStoreTest extends KeptBlocksContract {
    @TempDir
    private Path directory;

    private final List<SqliteFile> open = new ArrayList<>();

    @Override
    protected KeptBlocks empty() {
        return new SqliteBlockStore(open());
    }

    @AfterEach
    void closeFiles() {
        open.forEach(SqliteFile::close);
    }

    private Path path() {
        return directory.resolve("chain.db");
    }

    private SqliteFile open() {
        try {
            SqliteFile file = SqliteFile.open(path());
            open.add(file);
            return file;
        } catch (StorageException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A committed chain of the genesis block and four more. */
    private Chain five(SqliteFile file) {
        KeptChain chain = KeptChain.over(new SqliteBlockStore(file));
        for (String text : List.of("one", "two", "three", "four")) {
            chain.append(chain.next(BlockData.of(text)));
        }
        file.commit();
        return chain;
    }

    @Test
    void whatWasCommittedIsThereAtTheNextStart() {
        SqliteFile file = open();
        List<Block> written = five(file).page(0, 10);
        file.close();

        KeptBlocks again = new SqliteBlockStore(open());

        assertThat(again.length()).isEqualTo(5);
        assertThat(again.read(0, 10)).isEqualTo(written);
    }

    @Test
    void whatWasNotCommittedIsGoneAtTheNextStart() {
        SqliteFile file = open();
        Chain chain = five(file);
        chain.append(chain.next(BlockData.of("five")));
        file.close();

        assertThat(new SqliteBlockStore(open()).length()).isEqualTo(5);
    }

    @Test
    void aReaderSeesOnlyWhatIsCommitted() throws StorageException {
        SqliteFile file = open();
        Chain chain = five(file);
        chain.append(chain.next(BlockData.of("five")));

        try (SqliteFile reader = SqliteFile.openReader(path())) {
            assertThat(new SqliteBlockStore(reader).length()).isEqualTo(5);
            file.commit();
            assertThat(new SqliteBlockStore(reader).read(5, 1)).containsExactly(chain.head());
        }
    }

    @Test
    void aRollbackBringsBackTheBlocksAndTheLength() {
        SqliteFile file = open();
        KeptBlocks store = new SqliteBlockStore(file);
        store.write(0, List.of(Block.GENESIS));
        file.commit();
        Block one = Block.GENESIS.next(BlockData.of("one"));

        store.write(0, List.of(one, one, one));
        file.rollback();

        assertThat(store.length()).isEqualTo(1);
        assertThat(store.read(0, 10)).containsExactly(Block.GENESIS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "UPDATE blocks SET data = '\"THREE\"' WHERE position = 3 ; 3 ; curr_hash must be ",
                "UPDATE blocks SET block_index = 7 WHERE position = 3    ; 3 ; index must follow 2: index=7",
                "UPDATE blocks SET block_index = 7 WHERE position = 0    ; 0 ; the first block must be the genesis block",
                "UPDATE blocks SET curr_hash = previous_hash WHERE position = 2 ; 2 ; curr_hash must be ",
                "UPDATE blocks SET previous_hash = curr_hash WHERE position = 2 ; 2 ; previous_hash must be ",
                // Rows that are no blocks.
                "UPDATE blocks SET data = 'THREE' WHERE position = 3 ; 3 ; data must be a JSON string literal: THREE",
                "UPDATE blocks SET data = '\"\u00e9\"' WHERE position = 3 ; 3 ; data must be an ASCII JSON string literal",
                "UPDATE blocks SET data = '\"\\u0041\"' WHERE position = 3 ; 3 ; data must be an ASCII JSON string literal",
                "UPDATE blocks SET data = '' WHERE position = 3 ; 3 ; data must be a JSON string literal",
                "UPDATE blocks SET curr_hash = 'x' WHERE position = 3 ; 3 ; a hash must be 64 lowercase hexadecimal digits: \"x\"",
                "UPDATE blocks SET previous_hash = upper(previous_hash) WHERE position = 3 ; 3 ; a hash must be 64 lowercase",
                "UPDATE blocks SET block_index = -1 WHERE position = 3 ; 3 ; index must not be negative: index=-1",
                "UPDATE blocks SET block_index = 'three' WHERE position = 3 ; 3 ; block_index must be an integer: block_index=three",
                "UPDATE blocks SET block_index = 3.5 WHERE position = 3 ; 3 ; block_index must be an integer: block_index=3.5",
                "UPDATE blocks SET data = x'ff00' WHERE position = 3 ; 3 ; data must be a JSON string literal: ",
                "UPDATE blocks SET curr_hash = '', previous_hash = '' WHERE position = 3 ; 3 ; a hash must be 64 lowercase",
                "UPDATE blocks SET curr_hash = 'a b' WHERE position = 3 ; 3 ; a hash must be 64 lowercase",
                "UPDATE blocks SET data = data || char(0) WHERE position = 3 ; 3 ; data must be a JSON string literal",
                "UPDATE blocks SET data = zeroblob(20000000) WHERE position = 3 ; 3 ; its row must hold no more than 1050576 bytes",
                "UPDATE blocks SET data = hex(zeroblob(600000)) WHERE position = 3 ; 3 ; its row must hold no more than 1050576 bytes",
                // Rows that are gone.
                "DELETE FROM blocks WHERE position = 0 ; 0 ; the block is missing",
                "DELETE FROM blocks WHERE position = 2 ; 2 ; the block is missing",
                "DELETE FROM blocks WHERE position = 4 ; 4 ; the block is missing",
                "DELETE FROM blocks WHERE position > 1 ; 2 ; the block is missing",
                "DELETE FROM blocks                    ; 0 ; the block is missing",
                "UPDATE blocks SET position = 9 WHERE position = 2 ; 2 ; the block is missing",
                "UPDATE blocks SET position = -9 WHERE position = 2 ; 2 ; the block is missing",
                // Two faults: the first is told, be it a wrong block or no block.
                "UPDATE blocks SET data = iif(position = 1, '\"ONE\"', '') WHERE position IN (1, 3) ; 1 ; curr_hash must be",
                "UPDATE blocks SET data = iif(position = 1, '', '\"ONE\"') WHERE position IN (1, 3) ; 1 ; data must be a JSON"
            })
    void theChainFindsWhatIsEditedWhileTheFileIsOpen(String edit, long index, String reason) {
        Chain chain = five(open());

        OutsideEditor.run(path(), edit);

        assertThat(chain.verify()).isInstanceOfSatisfying(Verdict.Fault.class, fault -> {
            assertThat(fault.index()).isEqualTo(index);
            assertThat(fault.reason()).startsWith(reason);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE blocks SET data = 'THREE' WHERE position = 3 | block 3: data must be a JSON string literal: THREE",
                "DELETE FROM blocks WHERE position = 2                | block 2: the block is missing",
                "DELETE FROM blocks WHERE position > 2                | block 3: the block is missing"
            })
    void readsNothingInPlaceOfABlockThatIsGoneOrDamaged(String edit, String message) {
        five(open());
        KeptBlocks store = new SqliteBlockStore(open.get(0));

        OutsideEditor.run(path(), edit);

        assertThat(store.length()).isEqualTo(5);
        assertThat(store.read(0, 2)).hasSize(2);
        assertThatExceptionOfType(DamagedBlockException.class)
                .isThrownBy(() -> store.read(1, 10))
                .withMessage(message);
    }

    @Test
    void aFileOfBeforeThereWereSealsIsReadAndTakesSealsFromItsNextOpeningOn() throws StorageException {
        List<Block> blocks = five(open()).page(0, 10);
        open.get(0).close();
        OutsideEditor.run(path(), "ALTER TABLE blocks DROP COLUMN seal");

        try (SqliteFile reader = SqliteFile.openReader(path())) {
            assertThat(new SqliteBlockStore(reader).read(0, 10)).isEqualTo(blocks);
        }
        Block sealed = blocks.get(4).next(BlockData.of("sealed")).sealed(new Seal("work:1"));
        SqliteBlockStore store = new SqliteBlockStore(open());
        store.write(5, List.of(sealed));

        assertThat(store.read(4, 10)).containsExactly(blocks.get(4), sealed);
    }

    @Test
    void aDamagedBlockIsMendedByWritingItAndAllAfterItAgain() {
        Chain chain = five(open());
        List<Block> blocks = chain.page(0, 10);
        OutsideEditor.run(
                path(),
                "DELETE FROM blocks WHERE position = 2",
                "UPDATE blocks SET data = 'x' WHERE position = 3",
                "INSERT INTO blocks SELECT 7, 7, previous_hash, data, curr_hash, NULL FROM blocks WHERE position = 1");

        new SqliteBlockStore(open.get(0)).write(2, blocks.subList(2, 5));

        assertThat(chain.verify()).isEqualTo(Verdict.SOUND);
        open.get(0).commit();
        assertThat(new SqliteBlockStore(open()).length()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "UPDATE blocks SET position = 9223372036854775806 WHERE position = 4 ; 4",
                "DELETE FROM blocks WHERE position = 4                  ; 4",
                "DELETE FROM blocks WHERE position > 1                  ; 2",
                "DELETE FROM blocks WHERE position <> 3                 ; 4",
                "DELETE FROM blocks                                     ; 1",
                "UPDATE blocks SET data = 'no block' WHERE position > 2 ; 3",
                "UPDATE blocks SET data = '\"other\"' WHERE position = 4 ; 4",
                "UPDATE blocks SET block_index = 7 WHERE position = 4   ; 4"
            })
    void aChainThatLostItsEndWhileTheFileWasClosedEndsBeforeThatAndKnowsIt(String edit, long left) {
        Block head = five(open()).head();
        closeFiles();
        OutsideEditor.run(path(), edit);

        KeptChain chain = KeptChain.over(new SqliteBlockStore(open()));

        assertThat(chain.length()).isEqualTo(left);
        assertThat(chain.lostEnd()).contains(new Tip(5, head.hash()));
    }

    @Test
    void anotherEndThatIsSoundByItselfIsNotTakenForTheOneThatWasWritten() {
        Chain five = five(open());
        Block three = five.page(3, 1).get(0);
        Block other = three.next(BlockData.of("forged"));
        closeFiles();
        OutsideEditor.run(
                path(),
                "UPDATE blocks SET data = '" + other.data().literal() + "', curr_hash = '" + other.hash()
                        + "' WHERE position = 4");

        KeptChain chain = KeptChain.over(new SqliteBlockStore(open()));

        assertThat(chain.head()).isEqualTo(three);
        assertThat(chain.append(other))
                .hasToString("block 4: the chain ended here with " + five.head().hash()
                        + " before its end was lost: curr_hash=" + other.hash());
        assertThat(chain.adopt(List.of(other)).isSound()).isFalse();
        assertThat(chain.appendComputed(List.of(other)).isSound()).isFalse();
        assertThat(chain.length()).isEqualTo(4);
    }

    @Test
    void aChainHasItsEndAgainWhenTheBlocksAreAppended() {
        Block head = five(open()).head();
        closeFiles();
        OutsideEditor.run(path(), "DELETE FROM blocks WHERE position > 2");
        SqliteFile file = open();
        KeptChain chain = KeptChain.over(new SqliteBlockStore(file));

        chain.append(chain.next(BlockData.of("three")));
        assertThat(chain.lostEnd()).isPresent();
        file.commit();
        assertThat(KeptChain.over(new SqliteBlockStore(open())).lostEnd()).isPresent();
        chain.append(head);

        assertThat(chain.lostEnd()).isEmpty();
        file.commit();
        assertThat(KeptChain.over(new SqliteBlockStore(open())).lostEnd()).isEmpty();
    }

    @Test
    void theTipIsNoFartherThanWhatIsCommitted() {
        SqliteFile file = open();
        Chain chain = five(file);
        KeptBlocks store = new SqliteBlockStore(file);

        store.write(5, List.of(chain.next(BlockData.of("five"))));
        assertThat(store.tip()).map(Tip::length).contains(6L);
        file.rollback();

        assertThat(store.tip()).contains(new Tip(5, chain.head().hash()));
    }

    @Test
    void aFileOfBeforeThereWereTipsIsTakenAsItIs() {
        five(open());
        closeFiles();
        OutsideEditor.run(path(), "DROP TABLE tip");

        KeptChain chain = KeptChain.over(new SqliteBlockStore(open()));

        assertThat(chain.length()).isEqualTo(5);
        assertThat(chain.lostEnd()).isEmpty();
    }
}
