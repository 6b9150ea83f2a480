package org.naivechain.gossip;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What this node knows of another.
 *
 * @param roundTrip how long it takes to answer, smoothed; none if it was never called
 * @param lastSeen when this node heard from it itself; none if it never did
 */
public record Seen(Rumour rumour, Optional<Duration> roundTrip, Optional<Instant> lastSeen) {}
