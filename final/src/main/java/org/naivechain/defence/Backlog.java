package org.naivechain.defence;

/**
 * How much may wait for the node's thread or for a reply, over all connections, in characters. Requests for blocks have a part
 * of it, about half a second of the node's thread: however many come, votes find room, and wait no longer than that. Any thread
 * may use it.
 */
final class Backlog {
    private static final long ALL = 64L * 1024 * 1024;

    /** How many characters of requests for blocks may wait. */
    static final long FOR_PAGES = ALL / 4;

    /** What a command weighs beside its frame's text. */
    private static final int COMMAND = 1_000;

    /** A page of blocks: a thousand of short texts come to that, and are asked for with 80 characters. */
    static final int PAGE = 256 * 1024;

    private long taken;
    private long takenByPages;

    /** Makes room for a command, given the characters of its frame; returns false if there is none. */
    synchronized boolean take(int chars, boolean isForBlocks) {
        long weight = weight(chars, isForBlocks);
        boolean fits = taken + weight <= ALL && (!isForBlocks || takenByPages + weight <= FOR_PAGES);
        if (fits) {
            add(weight, isForBlocks);
        }
        return fits;
    }

    synchronized void giveBack(int chars, boolean isForBlocks) {
        add(-weight(chars, isForBlocks), isForBlocks);
    }

    private static long weight(int chars, boolean isForBlocks) {
        return (long) chars + COMMAND + (isForBlocks ? PAGE : 0);
    }

    private void add(long weight, boolean isForBlocks) {
        taken += weight;
        takenByPages += isForBlocks ? weight : 0;
    }
}
