package org.naivechain.defence;

/**
 * How much may wait for the node's thread or for a reply, over all connections. Questions for blocks have a part of it, about
 * half a second of the node's thread: however many come, votes find room, and wait no longer than that. Any thread may use it.
 */
final class Backlog {
    private static final long ALL = 64L * 1024 * 1024;

    /** How many characters of questions for blocks may wait. */
    static final long FOR_PAGES = ALL / 4;

    private long taken;
    private long takenByPages;

    /** Makes room for a command; says no if there is none. */
    synchronized boolean take(CommandCost weight) {
        boolean fits =
                taken + weight.total() <= ALL && (!weight.isPage() || takenByPages + weight.total() <= FOR_PAGES);
        if (fits) {
            count(weight, 1);
        }
        return fits;
    }

    synchronized void giveBack(CommandCost weight) {
        count(weight, -1);
    }

    private void count(CommandCost weight, int times) {
        taken += times * weight.total();
        takenByPages += weight.isPage() ? times * weight.total() : 0;
    }
}
