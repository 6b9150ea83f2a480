package org.naivechain.gossip;

import java.time.Duration;
import java.time.Instant;

/**
 * When this node itself heard from another, and how fast that answers. Immutable, and shared by all that were never heard, of
 * which a large network has many.
 */
record Contact(Instant lastSeen, Duration roundTrip) {
    static final Contact NEVER = new Contact(Instant.MIN, Duration.ZERO);

    /** As TCP smooths it (RFC 6298, section 2). */
    private static final int WEIGHT = 8;

    boolean isNever() {
        return this == NEVER;
    }

    boolean isTimed() {
        return !roundTrip.isZero();
    }

    Contact heard(Instant now) {
        return new Contact(now, roundTrip);
    }

    Contact answered(Instant now, Duration took) {
        Duration sample = took.isZero() ? Duration.ofNanos(1) : took;
        return new Contact(
                now, isTimed() ? roundTrip.multipliedBy(WEIGHT - 1).plus(sample).dividedBy(WEIGHT) : sample);
    }
}
