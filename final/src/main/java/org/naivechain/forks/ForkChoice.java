package org.naivechain.forks;

import org.naivechain.blocks.Block;

/**
 * Which of two chains that differ is kept: the longer one; of two that are equally long, the one whose block at the first
 * index where they differ has the smaller hash. The hash is compared as 64 hexadecimal digits, as text. Every node that sees
 * both chains chooses the same one, whichever it had before, and nobody can be led in a circle: each choice is longer than the
 * one before, or as long and smaller.
 */
public final class ForkChoice {
    private ForkChoice() {}

    /** A chain, as far as the choice depends on it: its whole length, and its first block that the other does not have. */
    public record Branch(long length, Block first) {}

    /** {@return whether a node gives up its own branch for another's; false also if both are the same} */
    public static boolean prefers(Branch theirs, Branch ours) {
        if (theirs.length() != ours.length()) {
            return theirs.length() > ours.length();
        }
        return theirs.first().hash().text().compareTo(ours.first().hash().text()) < 0;
    }
}
