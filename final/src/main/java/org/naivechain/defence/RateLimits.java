package org.naivechain.defence;

/**
 * How much one other node may ask of this one over one connection; a host may ask four times as much, as several nodes may share
 * it. Two seconds' worth may come at once. A request for blocks counts as one more command, and as a quarter of a mebi of
 * characters: a node that fetches a whole chain asks for a fraction of what is allowed.
 *
 * @param commandsUnderWay how many commands may wait for their replies
 */
public record RateLimits(int commandsPerSecond, long charsPerSecond, int commandsUnderWay) {
    /** Several times what the busiest network on one machine needs. */
    public static final RateLimits DEFAULT = new RateLimits(20_000, 64L * 1024 * 1024, 10_000);

    /** How much more a host may ask than one of its connections. */
    static final int PER_HOST = 4;

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
