package org.naivechain.gossip;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.naivechain.protocol.PeerAddress;

/**
 * When to call those who do not answer: after 1 second, 2, 4, and so on, at last every minute, or a little sooner or later, so
 * that nodes which lost one another at the same moment do not call all at once. For the node's thread only.
 */
final class Retries {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LAST = Duration.ofSeconds(60);
    private static final double JITTER = 0.2;

    private static final class Retry {
        private Duration pause = FIRST;
        private Instant due;
        private boolean underWay;

        Retry(Instant due) {
            this.due = due;
        }
    }

    private final Map<PeerAddress, Retry> retries = new LinkedHashMap<>();
    private final RandomGenerator random;

    Retries(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Whom to call now.
     *
     * @param wanted all who do not answer
     * @param max how many calls there may be at the most
     */
    List<PeerAddress> due(Set<PeerAddress> wanted, Instant now, int max) {
        retries.keySet().retainAll(wanted);
        wanted.forEach(address -> retries.computeIfAbsent(address, unknown -> new Retry(now)));
        List<PeerAddress> due = new ArrayList<>();
        retries.forEach((address, retry) -> {
            if (due.size() < max && !retry.underWay && !retry.due.isAfter(now)) {
                retry.underWay = true;
                due.add(address);
            }
        });
        return due;
    }

    /** A call has not reached whom it should. */
    void failed(PeerAddress address, Instant now) {
        Retry retry = retries.get(address);
        if (retry != null) {
            double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
            retry.underWay = false;
            retry.due = now.plusMillis(Math.round(retry.pause.toMillis() * factor));
            Duration twice = retry.pause.multipliedBy(2);
            retry.pause = twice.compareTo(LAST) > 0 ? LAST : twice;
        }
    }

    /** A call has been answered. */
    void succeeded(PeerAddress address) {
        retries.remove(address);
    }
}
