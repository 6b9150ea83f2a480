package org.naivechain.chain;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Hash;
import org.naivechain.learn.Explain;

/** Exercise 2.1: the rules for one block after another, and the first block that breaks one. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FirstBadIndexCheck {
    /** Blocks 0 to 4. */
    private final List<Block> blocks = new ArrayList<>(List.of(Block.GENESIS));

    FirstBadIndexCheck() {
        for (String text : List.of("Alice pays Bob 5", "Bob pays Carol 3", "Carol pays Alice 1", "Alice pays Bob 2")) {
            blocks.add(blocks.get(blocks.size() - 1).next(BlockData.of(text)));
        }
    }

    @Test
    @Order(1)
    @DisplayName("A chain in which everything fits is sound")
    void findsASoundChainSound() {
        Explain.same(
                Verdict.SOUND,
                wholeChain(),
                "Five blocks, each made with `next` from the one before, were checked.",
                "A verification that cries wolf stops an honest node.");
    }

    @Test
    @Order(2)
    @DisplayName("Altered data is found at its block")
    void findsAlteredData() {
        blocks.set(3, blocks.get(3).tampered(BlockData.of("Carol pays Alice 1000")));

        expectFault(
                3,
                wholeChain(),
                "The data of block 3 was changed; it still claims the old hash.",
                "Which of the rules computes a hash anew?");
    }

    @Test
    @Order(3)
    @DisplayName("A forger who computes the hash anew is found at the block behind")
    void findsARehashedBlock() {
        blocks.set(2, blocks.get(1).next(BlockData.of("Bob pays Carol 3000")));

        expectFault(
                3,
                wholeChain(),
                "Block 2 was replaced by another one with a right hash. Block 3 still names the old hash of block 2.",
                "Which of the rules covers previous_hash? Without it, each block may be sound and the chain is none.");
    }

    @Test
    @Order(4)
    @DisplayName("A wrong index is found, and the fault names the index that was expected")
    void findsAWrongIndex() {
        Block two = blocks.get(2);
        blocks.set(2, new Block(7, two.previousHash(), two.data(), two.hash()));

        expectFault(
                2,
                wholeChain(),
                "Block 2 claims the index 7. Its link and its hash are right, because the index is not hashed.",
                "Only counting finds this. And what the altered block says of itself is no place to look for the"
                        + " fault.");
    }

    @Test
    @Order(5)
    @DisplayName("A left-out block is found")
    void findsALeftOutBlock() {
        blocks.remove(2);

        expectFault(
                2,
                wholeChain(),
                "Block 2 was left out: block 3 comes directly after block 1.",
                "Neither the index nor the link of the block that comes is the expected one.");
    }

    @Test
    @Order(6)
    @DisplayName("The genesis block is sound at index 0, and nowhere else")
    void findsAGenesisBlockInTheMiddle() {
        blocks.set(2, Block.GENESIS);

        expectFault(
                2,
                wholeChain(),
                "In the place of block 2 stands the genesis block once more.",
                "`genesis` decides where index 0 is *expected*. What a block says of itself does not make it the first.");
    }

    @Test
    @Order(6)
    @DisplayName("A part that begins in the middle: its first block has no link to check, but an index and a hash")
    void checksAPart() {
        Verification sound = Verification.from(2);
        Explain.same(
                Verdict.SOUND,
                sound.next(blocks.get(2)),
                "A verification that begins at index 2 was given block 2.",
                "It does not know block 1, so it cannot check this link.");
        Explain.same(
                Verdict.SOUND, sound.next(blocks.get(3)), "It was then given block 3.", "Block 3 follows block 2.");

        Verification altered = Verification.from(2);
        expectFault(
                2,
                altered.next(blocks.get(2).tampered(BlockData.of("Bob pays Carol 3000"))),
                "A verification that begins at index 2 was given block 2 with other data and its old hash.",
                "That no link can be checked is no reason to believe the hash.");
        expectFault(
                2,
                Verification.from(2).next(blocks.get(3)),
                "A verification that begins at index 2 was given block 3.",
                "The fault's index is the expected one. As long as there is no last block that is `first`. What the block"
                        + " says of itself is what is wrong with it.");
    }

    @Test
    @Order(8)
    @DisplayName("Of a block that breaks several rules, the first is told: index, then link, then hash")
    void asksTheRulesInTheirOrder() {
        Block three = blocks.get(3);
        Verdict link = Verification.after(blocks.get(2))
                .next(new Block(3, Hash.ORIGIN, three.data(), Hash.of(Hash.ORIGIN, BlockData.of("z"))));
        expectReason(
                "previous_hash must be " + blocks.get(2).hash() + ": previous_hash=" + Hash.ORIGIN,
                link,
                "Neither the link nor the hash of block 3 is right.");
        Verdict index = Verification.after(blocks.get(2))
                .next(new Block(7, Hash.ORIGIN, three.data(), Hash.of(Hash.ORIGIN, three.data())));
        expectReason("index must follow 2: index=7", index, "Block 3 claims the index 7, and its link is wrong, too.");
        Block other = three.tampered(BlockData.of("z"));
        Verdict hash = Verification.after(blocks.get(2)).next(other);
        expectReason(
                "curr_hash must be " + other.computedHash() + ": curr_hash=" + other.hash(),
                hash,
                "The data of block 3 was changed, and it claims its old hash. The computed hash comes first, then the claimed.");
    }

    private static void expectReason(String reason, Verdict verdict, String what) {
        Explain.same(
                reason,
                verdict instanceof Verdict.Fault fault ? fault.reason() : "sound",
                what,
                "Users read the reason, and every node should tell the same one. The task has the order and the texts.");
    }

    @Test
    @Order(7)
    @DisplayName("A block that is at fault is not built on")
    void doesNotBuildOnAFault() {
        Verification verification = Verification.after(blocks.get(1));
        verification.next(blocks.get(1).next(BlockData.of("x")).tampered(BlockData.of("y")));

        Explain.same(
                Verdict.SOUND,
                verification.next(blocks.get(2)),
                "After a block 2 that was at fault came the right block 2.",
                "`check` must leave `last` alone: `next` sets it when the block is sound.");
        Block unlinked = new Block(3, Hash.ORIGIN, BlockData.of("z"), Hash.of(Hash.ORIGIN, BlockData.of("z")));
        expectFault(
                3,
                verification.next(unlinked),
                "Then came a block 3 with a right hash that names " + Hash.ORIGIN + " as the block before.",
                "Its previous_hash must be the hash of block 2.");
    }

    /** Checks blocks until one is at fault. */
    private Verdict wholeChain() {
        Verification verification = Verification.ofWholeChain();
        Verdict verdict = Verdict.SOUND;
        for (int i = 0; i < blocks.size() && verdict.isSound(); i++) {
            verdict = verification.next(blocks.get(i));
        }
        return verdict;
    }

    private static void expectFault(long index, Verdict verdict, String what, String why) {
        Explain.that(!verdict.isSound(), what + " The verdict is: sound.", why);
        Explain.same(
                index, ((Verdict.Fault) verdict).index(), what + " The verdict is: " + verdict + ".\nIts index:", why);
    }
}
