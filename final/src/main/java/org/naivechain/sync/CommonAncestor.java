package org.naivechain.sync;

/**
 * Looks for the last block that two chains share, by asking whether they have the same block at an index. A hash depends on
 * all blocks before it, so that chains that agree at an index agree on everything before, and half of what is left can be
 * ruled out with each question. 21 are enough for a million blocks: one for the last block, and 20 to halve what is left. For
 * one thread at a time.
 */
public final class CommonAncestor {
    private long same = -1;
    private long different;
    private boolean asked;

    /** Begins a search in two chains of which the shorter one has {@code length} blocks, at least 1. */
    public CommonAncestor(long length) {
        this.different = length;
    }

    /** {@return whether the ancestor is known} */
    public boolean isFound() {
        return different - same == 1;
    }

    /** {@return what to ask next: first for the last block, as most often only few are behind, then half-way; an index} */
    public long question() {
        return asked ? same + (different - same) / 2 : different - 1;
    }

    /** Takes the answer to the last question: whether both chains have the same block there. */
    public void answer(boolean equal) {
        long index = question();
        asked = true;
        if (equal) {
            same = index;
        } else {
            different = index;
        }
    }

    /** {@return the index of the last block that both chains have: -1 if not even the first block is the same} */
    public long ancestor() {
        return same;
    }
}
