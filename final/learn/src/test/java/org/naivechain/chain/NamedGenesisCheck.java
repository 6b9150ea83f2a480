package org.naivechain.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Hash;
import org.naivechain.blocks.Seal;
import org.naivechain.learn.Explain;

/** Exercise 2.5: the genesis block must be the one of the network, in all its parts. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NamedGenesisCheck {
    private static final Block GENESIS = Block.GENESIS;
    private static final BlockData MALLORY = BlockData.of("Mallory owns everything");

    @Test
    @Order(1)
    @DisplayName("A chain on the genesis block of the network is sound")
    void findsASoundChainSound() {
        Explain.same(
                Verdict.SOUND,
                verify(GENESIS, GENESIS),
                "Two blocks on the genesis block of the network were verified.",
                "Everything fits.");
    }

    @Test
    @Order(2)
    @DisplayName("A genesis block with other data is found, although it claims the right hash")
    void findsOtherData() {
        expectFault(
                verify(GENESIS.tampered(MALLORY), GENESIS),
                "The data of the genesis block was changed to " + MALLORY + "; it still claims " + GENESIS.hash() + ".",
                "Block 1 names this hash, too, so no later rule notices. A hash that is claimed is only a name.");
    }

    @Test
    @Order(3)
    @DisplayName("A whole chain on another genesis block is found, although everything in it fits")
    void findsAnotherNetwork() {
        Block theirs = new Block(0, Hash.ORIGIN, MALLORY, Hash.of(Hash.ORIGIN, MALLORY));

        expectFault(
                verify(theirs, theirs),
                "All blocks were made anew on a genesis block with the data " + MALLORY + " and the right hash for it.",
                "Anyone can make such a chain in a second. The genesis block is what tells it from the chain of the"
                        + " network.");
    }

    @Test
    @Order(4)
    @DisplayName("A genesis block with another index is found")
    void findsAnotherIndex() {
        expectFault(
                verify(new Block(7, GENESIS.previousHash(), GENESIS.data(), GENESIS.hash()), GENESIS),
                "The index of the genesis block was changed to 7. Its hash is right, because the index is not hashed.",
                "The first block has the index 0, and no hash says so.");
    }

    @Test
    @Order(5)
    @DisplayName("A genesis block with another previous hash is found")
    void findsAnotherOrigin() {
        expectFault(
                verify(new Block(0, GENESIS.hash(), GENESIS.data(), GENESIS.hash()), GENESIS),
                "The previous hash of the genesis block was changed to " + GENESIS.hash() + ".",
                "It would claim to follow itself.");
    }

    @Test
    @Order(6)
    @DisplayName("A genesis block with a seal is found")
    void findsASeal() {
        Block sealed = new Block(
                0, GENESIS.previousHash(), GENESIS.data(), GENESIS.hash(), Optional.of(new Seal("Mallory's")));
        expectFault(
                verify(sealed, GENESIS),
                "The genesis block was given a seal; it still claims " + GENESIS.hash() + ".",
                "A block has five parts. The fifth is empty in the genesis block.");
    }

    /** Verifies a store that begins with a block, followed by two that were made on another. */
    private static Verdict verify(Block first, Block before) {
        Block one = before.next(BlockData.of("Alice pays Bob 5"));
        List<Block> blocks = new ArrayList<>(List.of(first, one, one.next(BlockData.of("Bob pays Carol 3"))));
        MemoryBlockStore store = new MemoryBlockStore();
        store.write(0, blocks);
        return Chain.over(store).verify();
    }

    private static void expectFault(Verdict verdict, String what, String why) {
        Explain.that(!verdict.isSound(), what + " The verdict is: sound.", why);
        Explain.same(
                0L, ((Verdict.Fault) verdict).index(), what + " The verdict is: " + verdict + ".\nIts index:", why);
    }
}
