package org.naivechain.defence;

/**
 * A token bucket: so much a second on the average, and twice as much at once (Turner, <em>New Directions in Communications</em>,
 * 1986). For one thread at a time.
 */
final class TokenBucket {
    private static final double NANOS = 1e9;

    /** So many seconds' worth may come at once. */
    private static final int BURST_SECONDS = 2;

    private final long perSecond;
    private final long burst;
    private double tokens;
    private long asOf;

    /** A full bucket, at a time in nanoseconds. */
    TokenBucket(long perSecond, long now) {
        this.perSecond = perSecond;
        this.burst = perSecond * BURST_SECONDS;
        this.tokens = burst;
        this.asOf = now;
    }

    long perSecond() {
        return perSecond;
    }

    /** Takes so much out; takes nothing and returns false if there is not enough. */
    boolean take(long amount, long now) {
        tokens = Math.min(burst, tokens + (now - asOf) / NANOS * perSecond);
        asOf = now;
        if (tokens < amount) {
            return false;
        }
        tokens -= amount;
        return true;
    }
}
