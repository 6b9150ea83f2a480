package org.naivechain.defence;

/**
 * How much one other node may ask of this one. Over each connection that much is taken; from each host four times as much, as
 * several nodes may share it. Twice as much as a second's worth may come at once. A question for blocks counts as a command
 * more, and as a quarter of a mebi of characters: several times as many are taken as a node asks that fetches a whole chain.
 *
 * @param commandsPerSecond how many commands a second are taken over one connection
 * @param charsPerSecond how many characters a second are taken over one connection
 * @param commandsUnderWay how many commands that came over one connection may wait for their replies
 */
public record RateLimits(int commandsPerSecond, long charsPerSecond, int commandsUnderWay) {
    /** Several times what the busiest network on one machine needs. */
    public static final RateLimits DEFAULT = new RateLimits(20_000, 64L * 1024 * 1024, 10_000);

    /** How much more a host may ask than one of its connections. */
    static final int PER_HOST = 4;

    /** How many seconds' worth may come at once. */
    static final int BURST = 2;

    /**
     * Checks that every rate leaves room for something.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public RateLimits {
        if (commandsPerSecond < 1 || charsPerSecond < 1 || commandsUnderWay < 1) {
            throw new IllegalArgumentException("rates must be positive: " + commandsPerSecond + " commands a second, "
                    + charsPerSecond + " characters a second, " + commandsUnderWay + " commands under way");
        }
    }
}
