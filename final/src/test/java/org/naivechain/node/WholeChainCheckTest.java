package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Hash;
import org.naivechain.chain.BlockStore;
import org.naivechain.chain.Chain;
import org.naivechain.chain.Verdict;
import org.naivechain.storage.SqliteBlockStore;
import org.naivechain.storage.SqliteFile;
import org.naivechain.storage.StorageException;

class WholeChainCheckTest {
    private static final LongConsumer UNHEARD = checked -> {};
    /** With four threads the ranges begin at 0, 75, 150, and 225. */
    private static final int LENGTH = 300;

    @TempDir
    private Path directory;

    private Path path;
    private SqliteFile file;
    private Chain chain;

    @BeforeEach
    void aChain() throws StorageException {
        path = directory.resolve("chain.db");
        file = SqliteFile.open(path);
        chain = Chain.over(new SqliteBlockStore(file));
        List<Block> blocks = new ArrayList<>();
        for (Block block = chain.head(); blocks.size() < LENGTH - 1; blocks.add(block)) {
            block = block.next(BlockData.of("block " + blocks.size()));
        }
        chain.adopt(blocks);
        file.commit();
    }

    @AfterEach
    void noThreadIsLeft() {
        file.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("chain-check"));
    }

    private void edit(String sql) {
        file.write(sql, SqliteFile.Parameters.NONE);
        file.commit();
    }

    private Verdict check(int threads) throws Exception {
        return new WholeChainCheck(WholeChainCheck.of(path), threads).run(LENGTH, UNHEARD);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4", "7", "300", "1000"})
    void findsASoundChainSoundOnAnyNumberOfThreads(int threads) throws Exception {
        List<Long> heard = new ArrayList<>();

        Verdict verdict = new WholeChainCheck(WholeChainCheck.of(path), threads).run(LENGTH, heard::add);

        assertThat(verdict).isEqualTo(Verdict.SOUND);
        assertThat(heard).isSorted().last().isEqualTo((long) LENGTH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "UPDATE blocks SET data = '\"x\"' WHERE position = 100       ; 100",
                "UPDATE blocks SET data = '\"x\"' WHERE position = 74        ; 74",
                "UPDATE blocks SET data = '\"x\"' WHERE position = 75        ; 75",
                "UPDATE blocks SET previous_hash = curr_hash WHERE position = 75 ; 75",
                "UPDATE blocks SET block_index = 3 WHERE position = 74       ; 74",
                "UPDATE blocks SET block_index = 3 WHERE position = 75       ; 75",
                "UPDATE blocks SET data = '\"x\"' WHERE position >= 80       ; 80",
                "UPDATE blocks SET data = '\"x\"' WHERE position IN (299, 160, 140) ; 140",
                "UPDATE blocks SET data = 'no literal' WHERE position = 149  ; 149",
                "DELETE FROM blocks WHERE position = 150                     ; 150",
                "DELETE FROM blocks WHERE position = 149                     ; 149",
                "DELETE FROM blocks WHERE position > 120                     ; 121",
                "DELETE FROM blocks                                          ; 0"
            })
    void findsTheFirstFaultWhereverItIs(String edit, long index) throws Exception {
        edit(edit);

        assertThat(check(4))
                .isEqualTo(chain.verify())
                .isInstanceOfSatisfying(
                        Verdict.Fault.class, fault -> assertThat(fault.index()).isEqualTo(index));
    }

    @Test
    void findsABlockThatFitsItselfButNotTheRangeBefore() throws Exception {
        // A forger hashed everything from block 75 on anew, on a parent of his own.
        Block forged = new Block(
                75,
                Hash.of(Hash.ORIGIN, BlockData.of("x")),
                BlockData.of("y"),
                Hash.of(Hash.ORIGIN, BlockData.of("z")));
        forged = new Block(75, forged.previousHash(), forged.data(), forged.computedHash());
        List<Block> tail = new ArrayList<>();
        for (Block block = forged; block.index() < LENGTH; block = block.next(BlockData.of("forged"))) {
            tail.add(block);
        }
        new SqliteBlockStore(file).write(75, tail);
        file.commit();

        assertThat(check(4))
                .isEqualTo(chain.verify())
                .hasToString("block 75: previous_hash must be "
                        + chain.page(74, 1).get(0).hash() + ": previous_hash=" + forged.previousHash());
    }

    static IntStream seeds() {
        return IntStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void saysWhatASingleWalkSays(int seed) throws Exception {
        Random random = new Random(seed);
        for (int i = random.nextInt(5); i >= 0; i--) {
            edit(damage(random));
        }

        assertThat(check(1 + random.nextInt(8))).isEqualTo(chain.verify());
    }

    private static String damage(Random random) {
        String where = " WHERE position = " + random.nextInt(LENGTH);
        return switch (random.nextInt(7)) {
            case 0 -> "UPDATE blocks SET data = '\"x\"'" + where;
            case 1 -> "UPDATE blocks SET data = 'x'" + where;
            case 2 -> "UPDATE blocks SET block_index = " + random.nextInt(LENGTH) + where;
            case 3 -> "UPDATE blocks SET previous_hash = curr_hash" + where;
            case 4 -> "UPDATE blocks SET curr_hash = previous_hash" + where;
            case 5 -> "DELETE FROM blocks" + where.replace("=", random.nextInt(4) == 0 ? ">" : "=");
            default -> "UPDATE blocks SET curr_hash = curr_hash" + where;
        };
    }

    @Test
    void aReaderThatCannotBeOpenedOrFailsIsToldAndTheOthersEnd() {
        AtomicInteger opened = new AtomicInteger();
        WholeChainCheck.Source second = reader -> {
            if (opened.getAndIncrement() > 0) {
                throw new IllegalStateException("no second reader");
            }
            return WholeChainCheck.of(path).read(reader);
        };

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> new WholeChainCheck(second, 2).run(LENGTH, UNHEARD))
                .withMessage("no second reader");
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() ->
                        new WholeChainCheck(WholeChainCheck.of(directory.resolve("none")), 2).run(LENGTH, UNHEARD))
                .withMessageStartingWith("there is no file ");
    }

    @Test
    void anInterruptEndsEveryRange() {
        AtomicInteger closed = new AtomicInteger();

        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> new WholeChainCheck(endless(Block.GENESIS, closed), 2).run(Long.MAX_VALUE, UNHEARD));

        assertThat(closed).hasValue(2);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aFaultEndsTheRangesAfterIt() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        Block forged = Block.GENESIS.tampered(BlockData.of("x"));

        Verdict verdict = new WholeChainCheck(endless(forged, closed), 2).run(Long.MAX_VALUE, UNHEARD);

        assertThat(verdict).isInstanceOf(Verdict.Fault.class);
        assertThat(closed).hasValue(2);
    }

    private static WholeChainCheck.Source endless(Block first, AtomicInteger closed) {
        return reader -> {
            try {
                return reader.apply(new Endless(first));
            } finally {
                closed.incrementAndGet();
            }
        };
    }

    /** Sound blocks without end, made as they are read, in order. */
    private static final class Endless implements BlockStore {
        private Block next;

        Endless(Block first) {
            this.next = first;
        }

        @Override
        public List<Block> read(long from, int limit) {
            if (next.index() != from) {
                next = new Block(from, Hash.ORIGIN, next.data(), Hash.of(Hash.ORIGIN, next.data()));
            }
            List<Block> blocks = new ArrayList<>();
            while (blocks.size() < limit) {
                blocks.add(next);
                next = next.next(next.data());
            }
            return blocks;
        }

        @Override
        public long length() {
            return Long.MAX_VALUE;
        }

        @Override
        public void write(long from, List<Block> blocks) {
            throw new UnsupportedOperationException();
        }
    }
}
