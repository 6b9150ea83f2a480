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
import org.naivechain.blocks.Hash;
import org.naivechain.learn.Explain;

/** Exercise 2.2: a chain grows by blocks that follow its head, and by nothing else. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AppendWhatFitsCheck {
    private final MemoryBlockStore store = new MemoryBlockStore();
    private Chain chain;
    private List<Block> sound;

    /** Genesis and block 1, put into the store by hand. */
    @BeforeEach
    void twoBlocks() {
        sound = List.of(Block.GENESIS, Block.GENESIS.next(BlockData.of("Alice pays Bob 5")));
        store.write(0, sound);
        chain = Chain.over(store);
    }

    @Test
    @Order(1)
    @DisplayName("A block that follows the head is appended and is the new head")
    void appendsWhatFollows() {
        Block two = sound.get(1).next(BlockData.of("Bob pays Carol 3"));
        Block three = two.next(BlockData.of("Carol pays Alice 1"));

        Explain.same(Verdict.SOUND, chain.append(two), "Block 2, which follows block 1, was appended.", "It is sound.");
        Explain.same(
                3L, chain.length(), "The length of the chain after block 2 was appended.", "The block must be kept.");
        Explain.same(
                shown(two),
                shown(chain.head()),
                "The head after block 2 was appended.",
                "The next block must follow this one.");
        Explain.same(
                Verdict.SOUND, chain.append(three), "Block 3, which follows block 2, was appended.", "It is sound.");
    }

    @Test
    @Order(2)
    @DisplayName("A block with a wrong index, link or hash is refused and changes nothing")
    void refusesWhatDoesNotFollow() {
        Block two = sound.get(1).next(BlockData.of("Bob pays Carol 3"));
        Block onGenesis = Block.GENESIS.next(BlockData.of("Bob pays Carol 3"));

        expectRefused(new Block(3, two.previousHash(), two.data(), two.hash()), "claims the index 3, and 2 is next");
        expectRefused(
                new Block(2, onGenesis.previousHash(), onGenesis.data(), onGenesis.hash()),
                "has a right hash, but names the genesis block as the block before");
        expectRefused(two.tampered(BlockData.of("Bob pays Carol 3000")), "carries other data than its hash says");
        expectRefused(sound.get(1), "is the head itself, once more");
        expectRefused(new Block(2, Hash.ORIGIN, two.data(), two.hash()), "has the right hash of another block");
    }

    @Test
    @Order(3)
    @DisplayName("Asking whether a block fits changes nothing")
    void checksWithoutAnEffect() {
        Block two = sound.get(1).next(BlockData.of("Bob pays Carol 3"));

        Explain.same(
                Verdict.SOUND,
                chain.check(two),
                "`check` was asked for a block that follows the head.",
                "It would fit.");
        Explain.same(
                kept(sound),
                kept(store.read(0, 10)),
                "What the store holds after `check`.",
                "Nothing was appended yet.");
        Explain.same(
                Verdict.SOUND,
                chain.check(two),
                "`check` was asked for the same block once more.",
                "It still fits, as the head is still block 1. Was the head changed by asking?");
    }

    @Test
    @Order(4)
    @DisplayName("A refusal names the place of the block and the rule that is broken, in the words of Verification")
    void refusesInTheWordsOfVerification() {
        Block two = sound.get(1).next(BlockData.of("Bob pays Carol 3"));
        Verdict verdict = chain.append(new Block(7, two.previousHash(), two.data(), two.hash()));

        String what = "A block that claims the index 7 was appended to a chain of two blocks.";
        String came = what + " The verdict: " + verdict + ".";
        Explain.that(!verdict.isSound(), came, "Index 2 is next. Which of the rules should refuse it?");
        Explain.same(
                2L,
                ((Verdict.Fault) verdict).index(),
                came + " Its index:",
                "A fault names the place where the block was to stand. What the block claims is a stranger's word.");
        Explain.same(
                "index must follow 1: index=7",
                ((Verdict.Fault) verdict).reason(),
                what + " The reason:",
                "The words are those of `Verification`: a second way to say the same is a second thing to understand.");
    }

    @Test
    @Order(5)
    @DisplayName("Blocks that were computed here are appended all together, or not at all")
    void appendsWhatWasComputed() {
        Block two = sound.get(1).next(BlockData.of("Bob pays Carol 3"));
        Block three = two.next(BlockData.of("Carol pays Alice 1"));
        Block four = three.next(BlockData.of("Alice pays Bob 2"));

        Explain.that(
                !chain.appendComputed(List.of(three, four)).isSound(),
                "`appendComputed` was given the blocks 3 and 4, and block 2 is next. It says: sound.",
                "The head may have changed since they were computed. So the first must be checked against it.");
        Explain.same(
                kept(sound),
                kept(store.read(0, 10)),
                "`appendComputed` was given the blocks 3 and 4, and block 2 is next. What the store holds now:",
                "Blocks that are refused leave no trace.");
        Explain.same(
                Verdict.SOUND,
                chain.appendComputed(List.of(two, three)),
                "`appendComputed` was given the blocks 2 and 3, and block 2 is next.",
                "They follow the head.");
        Explain.same(
                kept(List.of(sound.get(0), sound.get(1), two, three)),
                kept(store.read(0, 10)),
                "What the store holds after `appendComputed` of the blocks 2 and 3.",
                "All of them must be kept.");
        Explain.same(
                shown(three),
                shown(chain.head()),
                "The head after `appendComputed` of the blocks 2 and 3.",
                "The next block must follow the last of them.");
    }

    private void expectRefused(Block block, String how) {
        String what = "A block was appended that " + how + ".";
        Explain.that(
                !chain.append(block).isSound(),
                what + " `append` says: sound.",
                "Which of the rules should refuse it?");
        Explain.same(
                kept(sound),
                kept(store.read(0, 10)),
                what + " What the store holds now:",
                "A refused block leaves no trace.");
        Explain.same(
                shown(sound.get(1)), shown(chain.head()), what + " The head now:", "A refused block leaves no trace.");
    }

    private static List<String> kept(List<Block> blocks) {
        return blocks.stream().map(AppendWhatFitsCheck::shown).toList();
    }

    private static String shown(Block block) {
        return String.format("%d %s (%.8s)", block.index(), block.data(), block.hash());
    }
}
