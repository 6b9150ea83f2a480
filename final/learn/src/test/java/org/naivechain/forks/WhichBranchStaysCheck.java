package org.naivechain.forks;

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

/**
 * <pre>
 * genesis - a - ...
 *        \\ b - ...
 * </pre>
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WhichBranchStaysCheck {
    private final Block one = Block.GENESIS.next(BlockData.of("one"));
    private final Block two = Block.GENESIS.next(BlockData.of("two"));
    private final Block smaller = one.hash().text().compareTo(two.hash().text()) < 0 ? one : two;
    private final Block larger = smaller == one ? two : one;

    private static String show(ForkChoice.Branch branch) {
        return branch.length() + " blocks, first "
                + branch.first().hash().text().substring(0, 8);
    }

    private static void same(boolean expected, ForkChoice.Branch theirs, ForkChoice.Branch ours, String why) {
        Explain.same(
                expected,
                ForkChoice.prefers(theirs, ours),
                "Theirs: " + show(theirs) + ". Ours: " + show(ours) + ". `prefers` says:",
                why);
    }

    @Test
    @Order(1)
    @DisplayName("the longer chain stays, whatever its hash")
    void theLongerChainStays() {
        String why = "The length comes first; the hash only decides between two that are equally long.";
        same(true, new ForkChoice.Branch(3, larger), new ForkChoice.Branch(2, smaller), why);
        same(false, new ForkChoice.Branch(2, smaller), new ForkChoice.Branch(3, larger), why);
    }

    @Test
    @Order(6)
    @DisplayName("the longer chain stays, however much longer it is")
    void howMuchLongerDoesNotMatter() {
        for (long more : new long[] {Integer.MAX_VALUE, 1L << 31, 3L << 31, 1L << 32, 1L << 40, Long.MAX_VALUE - 2}) {
            String why = "One has " + more + " blocks more than the other. A length is a long, and so is a difference"
                    + " of two: an int does not hold each of them.";
            same(true, new ForkChoice.Branch(2 + more, larger), new ForkChoice.Branch(2, smaller), why);
            same(false, new ForkChoice.Branch(2, smaller), new ForkChoice.Branch(2 + more, larger), why);
        }
    }

    @Test
    @Order(2)
    @DisplayName("of two that are equally long the one with the smaller first hash stays")
    void theSmallerHashDecides() {
        String why =
                "If neither gives way the fork stays; if both do, they swap, and swap back at the next comparison.";
        same(true, new ForkChoice.Branch(2, smaller), new ForkChoice.Branch(2, larger), why);
        same(false, new ForkChoice.Branch(2, larger), new ForkChoice.Branch(2, smaller), why);
    }

    @Test
    @Order(3)
    @DisplayName("the smaller hash is the one whose text comes first, all 64 digits of it")
    void hashesAreComparedAsText() {
        List<String> ascending = new ArrayList<>();
        for (String digit : List.of("0", "1", "8", "9", "a", "b", "f")) {
            ascending.add(digit + "f".repeat(62) + "0");
            ascending.add(digit + "f".repeat(62) + "1");
            ascending.add(digit + "f".repeat(62) + "f");
        }
        for (int i = 0; i < ascending.size(); i++) {
            for (int j = 0; j < ascending.size(); j++) {
                if (i == j) {
                    continue;
                }
                String theirs = ascending.get(i);
                String ours = ascending.get(j);
                Explain.same(
                        i < j,
                        ForkChoice.prefers(branch(theirs), branch(ours)),
                        "Two branches of 2 blocks. The first hash of theirs:\n  " + theirs + "\nand of ours:\n  " + ours
                                + "\n`prefers` says:",
                        "Hashes are compared as text, digit by digit to the last one. All nodes must compare alike, or two of"
                                + " them keep different branches.");
            }
        }
    }

    private ForkChoice.Branch branch(String hash) {
        return new ForkChoice.Branch(2, new Block(1, one.previousHash(), one.data(), new Hash(hash)));
    }

    @Test
    @Order(4)
    @DisplayName("nobody gives up a branch for the same one")
    void theSameBranchIsNotPreferred() {
        same(
                false,
                new ForkChoice.Branch(2, one),
                new ForkChoice.Branch(2, one),
                "A reorganisation for nothing writes to the disk and adds orphans again.");
    }

    @Test
    @Order(5)
    @DisplayName("of any two branches exactly one node gives up its own, and nobody is led in a circle")
    void everyoneChoosesTheSame() {
        List<ForkChoice.Branch> branches = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            branches.add(new ForkChoice.Branch(2 + i % 3, Block.GENESIS.next(BlockData.of("text " + i))));
        }
        int chosen = 0;
        for (int round = 0; round < 3; round++) {
            for (ForkChoice.Branch branch : branches) {
                chosen += ForkChoice.prefers(branch, branches.get(chosen)) ? branches.indexOf(branch) - chosen : 0;
            }
        }
        for (ForkChoice.Branch branch : branches) {
            if (!branch.equals(branches.get(chosen))) {
                same(
                        true,
                        branches.get(chosen),
                        branch,
                        "A node that met 12 branches three times over ended with the first of these two; whoever"
                                + " holds the other must"
                                + " give it up, too.");
            }
            for (ForkChoice.Branch other : branches) {
                if (!branch.equals(other)) {
                    Explain.that(
                            ForkChoice.prefers(branch, other) != ForkChoice.prefers(other, branch),
                            "One node holds " + show(branch) + ", another " + show(other) + ": "
                                    + (ForkChoice.prefers(branch, other)
                                            ? "both give up theirs."
                                            : "neither gives up its own."),
                            "Exactly one must, or they never hold the same chain.");
                }
            }
        }
    }
}
