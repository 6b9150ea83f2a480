package org.naivechain.gossip;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;

/** A node in the table. Kept small, as a network of n nodes has n * n of them. For the node's thread only. */
final class KnownNode {
    private static final Instant NEVER = Instant.MIN;
    private static final int OLD = -1;

    /** As TCP smooths round trips (RFC 6298, section 2). */
    private static final int WEIGHT = 8;

    private Rumour rumour;
    /** When it came to be in its state. */
    private Instant since;
    /** When this node itself heard from it. */
    private Instant lastSeen = NEVER;
    /** How fast it answers, smoothed; zero if it was never called. */
    private Duration roundTrip = Duration.ZERO;
    /** How often it was passed on as news. */
    private int timesTold = OLD;

    KnownNode(Rumour rumour, Instant since) {
        this.rumour = rumour;
        this.since = since;
    }

    PeerId id() {
        return rumour.id();
    }

    PeerAddress address() {
        return rumour.address();
    }

    Rumour rumour() {
        return rumour;
    }

    Instant since() {
        return since;
    }

    boolean isAlive() {
        return rumour.isAlive();
    }

    boolean isGone() {
        return rumour.isGone();
    }

    void become(Rumour believed) {
        rumour = believed;
    }

    void remainsSince(Instant moment) {
        since = moment;
    }

    void heard(Instant now) {
        lastSeen = now;
    }

    void answered(Instant now, Duration took) {
        Duration sample = took.isZero() ? Duration.ofNanos(1) : took;
        lastSeen = now;
        roundTrip = roundTrip.isZero()
                ? sample
                : roundTrip.multipliedBy(WEIGHT - 1).plus(sample).dividedBy(WEIGHT);
    }

    int timesTold() {
        return timesTold;
    }

    boolean isNews() {
        return timesTold != OLD;
    }

    void becomeNews() {
        timesTold = 0;
    }

    /** Notes that it was passed on once more; what has been so often is no news any more. */
    void isTold(int often) {
        timesTold = timesTold + 1 < often ? timesTold + 1 : OLD;
    }

    Seen seen() {
        return new Seen(
                rumour,
                Optional.of(roundTrip).filter(time -> !time.isZero()),
                Optional.of(lastSeen).filter(moment -> !moment.equals(NEVER)));
    }
}
