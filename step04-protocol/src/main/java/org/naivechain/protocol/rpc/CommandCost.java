package org.naivechain.protocol.rpc;

import org.naivechain.protocol.Command;

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

    static CommandCost of(Command command, String frame) {
        return new CommandCost(frame.length() + COMMAND, command instanceof Command.GetBlocks ? PAGE : 0);
    }

    boolean isPage() {
        return page > 0;
    }

    long total() {
        return (long) chars + page;
    }
}
