package org.naivechain.defence;

/**
 * What a command costs this node, in characters: its frame, and what is read for it.
 *
 * @param chars of its frame, and a little for itself
 * @param page of the blocks that it asks for; 0 if it asks for none
 */
record CommandCost(int chars, int page) {
    /** What a command weighs beside its frame's text. */
    private static final int COMMAND = 1_000;

    /** A thousand blocks of short texts come to that, and are asked for with 80 characters. */
    static final int PAGE = 256 * 1024;

    static CommandCost of(int chars, boolean isForBlocks) {
        return new CommandCost(chars + COMMAND, isForBlocks ? PAGE : 0);
    }

    boolean isPage() {
        return page > 0;
    }

    long total() {
        return (long) chars + page;
    }
}
