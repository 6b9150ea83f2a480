package org.naivechain.chain;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Hash;
import org.naivechain.learn.Explain;

class PageCheck {
    private static final int BLOCK_BYTES = 200;
    private static final int PLENTY = 1_000_000;

    private final DamagedStore store = new DamagedStore();
    private final Chain chain = Chain.over(store);

    /** A store that cannot read one of its rows any more. */
    private static final class DamagedStore extends MemoryBlockStore {
        private long unreadable = Long.MAX_VALUE;

        @Override
        public List<Block> read(long from, int limit) {
            if (from <= unreadable && unreadable < from + limit) {
                throw new DamagedBlockException(unreadable, "the row is no block");
            }
            return super.read(from, limit);
        }
    }

    private void grow(int blocks, int chars) {
        for (int i = 0; i < blocks; i++) {
            chain.append(chain.next(BlockData.of("x".repeat(chars))));
        }
    }

    private static List<Long> indices(List<Block> page) {
        return page.stream().map(Block::index).toList();
    }

    @Test
    @DisplayName("a page ends at the limit")
    void endsAtTheLimit() {
        grow(100, 10);
        Explain.same(
                List.of(3L, 4L),
                indices(chain.page(3, 2, PLENTY)),
                "A chain of 101 blocks was asked for 2 blocks from index 3 on. These indices came:",
                "A node that asks for 2 blocks has room for 2.");
        Explain.same(
                50,
                chain.page(1, 50, PLENTY).size(),
                "A chain of 101 blocks was asked for 50 blocks from index 1 on. So many came:",
                "More than READ_AHEAD blocks are read in several goes; does the page go on after the first of them?");
        Explain.same(
                List.of(),
                indices(chain.page(3, 0, PLENTY)),
                "A chain of 101 blocks was asked for 0 blocks from index 3 on. These indices came:",
                "A page has no more than `limit` blocks, and 0 is a limit like any other.");
    }

    @Test
    @DisplayName("a page ends where the chain ends")
    void endsWithTheChain() {
        grow(4, 10);
        Explain.same(
                List.of(3L, 4L),
                indices(chain.page(3, 1_000, PLENTY)),
                "A chain whose head is block 4 was asked for 1,000 blocks from index 3 on. These indices came:",
                "The last page of a chain is rarely a full one.");
        Explain.same(
                List.of(),
                indices(chain.page(5, 1_000, PLENTY)),
                "A chain whose head is block 4 was asked for blocks from index 5 on. These indices came:",
                "A node that has everything asks this, and the empty page tells it so.");
    }

    @Test
    @DisplayName("a page ends with the block that fills it")
    void endsWithTheBlockThatFillsIt() {
        grow(100, 998);
        int block = BLOCK_BYTES + 1_000;
        Explain.same(
                5,
                chain.page(1, 1_000, 5 * block - 500).size(),
                "Each block counts " + block + " bytes, and the page was to have " + (5 * block - 500)
                        + ". So many blocks came:",
                "Four leave room, and the fifth fills the page and belongs to it. A page without an end grows until no frame"
                        + " holds it.");
        Explain.same(
                5,
                chain.page(1, 1_000, 5 * block).size(),
                "Each block counts " + block + " bytes, and the page was to have exactly " + 5 * block
                        + ". So many blocks came:",
                "A page that is exactly full is full.");
    }

    @Test
    @DisplayName("a block that is larger than a page is a page of its own")
    void aLargeBlockIsSentAlone() {
        grow(3, 10_000);
        Explain.same(
                List.of(2L),
                indices(chain.page(2, 1_000, 5_000)),
                "Every block is larger than the page of 5000 bytes, and blocks from index 2 on were asked for. These indices"
                        + " came:",
                "A node that is answered with an empty page takes it for the end of the chain: it would stay behind this block"
                        + " for ever.");
    }

    @Test
    @DisplayName("a page of any chain fits a frame of 4 MiB")
    void everyPageFitsAFrame() {
        grow(1_000, 20_000);
        long bytes = chain.page(0, 1_000).stream()
                .mapToLong(block -> BLOCK_BYTES + block.data().literal().length())
                .sum();
        Explain.that(
                bytes < 4 * 1024 * 1024,
                "1,000 blocks of 20,000 characters were asked for, and the page has " + bytes + " bytes.",
                "The other node hangs up on a frame of more than 4 MiB, asks again, and never catches up.");
    }

    @Test
    @DisplayName("a page ends before a damaged block, and there is none that begins with one")
    void endsBeforeADamagedBlock() {
        grow(50, 10);
        List<Block> blocks = new ArrayList<>(store.read(0, 51));
        blocks.set(40, blocks.get(40).tampered(BlockData.of("forged")));
        store.write(0, blocks);
        Explain.same(
                39L,
                chain.page(1, 1_000, PLENTY)
                        .get(chain.page(1, 1_000, PLENTY).size() - 1)
                        .index(),
                "The data of block 40 was changed in the store, and blocks from index 1 on were asked for. The page ends"
                        + " with this index:",
                "The other node would find the wrong hash and take this one for a forger. Which class tells whether a block"
                        + " has the hash that it names?");
        Explain.refuses(
                DamagedBlockException.class,
                () -> chain.page(40, 10, PLENTY),
                "The data of block 40 was changed in the store, and a page that begins with it was asked for.",
                "An empty page would say that the chain ends here. The caller must learn that it is damaged.");
    }

    @Test
    @DisplayName("a page ends before a block that does not follow the one before it, wherever that is")
    void endsBeforeABlockThatDoesNotFollow() {
        grow(80, 10);
        List<Block> sound = store.read(0, 81);
        for (int at : new int[] {3, 31, 32, 33, 34, 64}) {
            Block block = sound.get(at);
            BlockData data = BlockData.of("forged");
            endsBefore(
                    at,
                    new Block(at, Hash.ORIGIN, data, Hash.of(Hash.ORIGIN, data)),
                    "has the hash that it should have, but the `previous_hash` is not the hash of block " + (at - 1));
            endsBefore(
                    at,
                    new Block(at + 7, block.previousHash(), block.data(), block.hash()),
                    "has the right hashes, but says that its index is " + (at + 7) + ", as the index is not hashed");
            store.write(at, sound.subList(at, sound.size()));
        }
    }

    private void endsBefore(int at, Block forged, String how) {
        List<Block> blocks = new ArrayList<>(store.read(0, 81));
        blocks.set(at, forged);
        store.write(0, blocks);
        for (int from = 0; from <= 1; from++) {
            Explain.same(
                    at - 1L,
                    chain.page(from, 80, PLENTY).size() + from - 1L,
                    "What the store has as block " + at + " " + how + ". 80 blocks from index " + from
                            + " on were asked for. The page ends with this index:",
                    "A right hash alone is not enough: a block must follow the one before it, also if that one came with an"
                            + " earlier read (READ_AHEAD is 32). The other node would take this one for a forger.");
        }
    }

    @Test
    @DisplayName("what is before a row that cannot be read is sent, wherever that row is")
    void endsBeforeARowThatCannotBeRead() {
        grow(80, 10);
        for (int row : new int[] {3, 32, 50}) {
            store.unreadable = row;
            Explain.same(
                    row + " blocks",
                    came(),
                    "Row " + row
                            + " of the store cannot be read, and 80 blocks from index 0 on were asked for. This came:",
                    "The blocks before it are sound. Only the first block of a page, not the first of a read, leaves no"
                            + " page.");
            Explain.refuses(
                    DamagedBlockException.class,
                    () -> chain.page(row, 10, PLENTY),
                    "Row " + row + " of the store cannot be read, and a page that begins with it was asked for.",
                    "An empty page would say that the chain ends here.");
        }
    }

    private String came() {
        try {
            return chain.page(0, 80, PLENTY).size() + " blocks";
        } catch (DamagedBlockException e) {
            return "a DamagedBlockException for block " + e.index();
        }
    }
}
