package org.naivechain.blocks;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.naivechain.learn.Explain;

/** Exercise 1.2: a block that follows another, and what its hash tells. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NextBlockCheck {
    private static final BlockData FIVE = BlockData.of("Alice pays Bob 5");
    private static final BlockData THREE = BlockData.of("Bob pays Carol 3");

    @Test
    @Order(1)
    @DisplayName("The next block has the next index and names the hash of the block before")
    void followsByIndexAndLink() {
        Block one = Block.GENESIS.next(FIVE);
        Block two = one.next(THREE);

        Explain.same(1L, one.index(), "The block after the genesis block, whose index is 0.", "Indexes have no gaps.");
        Explain.same(2L, two.index(), "The block after block 1.", "Indexes have no gaps.");
        Explain.same(
                one.hash(),
                two.previousHash(),
                "The `previousHash` of block 2.",
                "The link is the hash of the block directly before. Any other leaves that block out of the chain.");
        Explain.same(THREE, two.data(), "The data of block 2.", "A block carries what it was given.");
        Block altered = one.tampered(THREE);
        Explain.same(
                altered.hash(),
                altered.next(FIVE).previousHash(),
                "Block 1 was altered, and `next` was asked for a block after it.",
                "A link names the hash that the block before *claims*. Whether that one is right is for `hasRightHash` to"
                        + " say.");
    }

    @Test
    @Order(2)
    @DisplayName("The next block claims the hash that it should have")
    void claimsTheRightHash() {
        Block one = Block.GENESIS.next(FIVE);

        Explain.same(
                Hash.of(Block.GENESIS.hash(), FIVE),
                one.hash(),
                "The hash of the block that `next` made on the genesis block.",
                "Every node computes this hash anew, and refuses the block if it claims another.");
        expectRight(one);
    }

    @Test
    @Order(3)
    @DisplayName("Altered data shows")
    void findsAlteredData() {
        Block altered = Block.GENESIS.next(FIVE).tampered(BlockData.of("Alice pays Bob 5000"));

        Explain.same(
                Hash.of(Block.GENESIS.hash(), altered.data()),
                altered.computedHash(),
                "The data of block 1 was changed to " + altered.data() + ", and `computedHash` was asked.",
                "It says what the hash should be. The hash that the block claims is " + altered.hash()
                        + ", and comes from whoever altered it.");
        Explain.that(
                !altered.hasRightHash(),
                "The data of block 1 was changed to " + altered.data() + ", and `hasRightHash` is still true.",
                "Then anyone can change a block without being noticed.");
    }

    @Test
    @Order(4)
    @DisplayName("An altered link shows")
    void findsAnAlteredLink() {
        Block one = Block.GENESIS.next(FIVE);
        Block moved = new Block(one.index(), Hash.ORIGIN, one.data(), one.hash());

        Explain.that(
                !moved.hasRightHash(),
                "The previous hash of block 1 was changed to " + moved.previousHash()
                        + ", and `hasRightHash` is still true.",
                "The hash covers the previous hash, so that a block cannot be moved to another place.");
    }

    @Test
    @Order(5)
    @DisplayName("An altered index does not show: the index is not hashed")
    void doesNotSeeAnAlteredIndex() {
        Block one = Block.GENESIS.next(FIVE);
        expectRight(one);
        Block renumbered = new Block(7, one.previousHash(), one.data(), one.hash());

        Explain.that(
                renumbered.hasRightHash(),
                "The index of a right block was changed from 1 to 7, and `hasRightHash` is false.",
                "In this format the hash covers the link and the data alone. A block does not know how many blocks are"
                        + " before it: only someone who has them can count. The chain does, in chapter 2.");
    }

    @Test
    @Order(6)
    @DisplayName("A seal is hashed, too")
    void hashesTheSeal() {
        Block one = Block.GENESIS.next(FIVE);
        Block sealed = one.sealed(new Seal("a-proof"));

        Explain.same(
                sealed.hash(),
                sealed.computedHash(),
                "Block 1 was given a seal, and `computedHash` was asked.",
                "Whoever could take a seal away, or put another in its place, would need no proof of their own.");
        expectRight(sealed);
        Explain.same(
                Optional.empty(),
                sealed.next(THREE).seal(),
                "Block 1 has a seal, and `next` made block 2. The seal of block 2:",
                "A seal belongs to one block. Block 2 gets one of its own, or none.");
    }

    private static void expectRight(Block block) {
        Explain.that(
                block.hasRightHash(),
                "`hasRightHash` is false for a block that claims " + block.hash() + ", which is right.",
                "The claimed and the computed hash are two objects with one text. How are they compared?");
    }
}
