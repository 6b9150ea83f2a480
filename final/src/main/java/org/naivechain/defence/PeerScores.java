package org.naivechain.defence;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.naivechain.protocol.Complaints;
import org.naivechain.protocol.Misbehaviour;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How other nodes behave. A node that asks too much is refused. A node that goes on, or sends what no honest node sends, gets
 * penalty points, which fade. At {@link #LIMIT} it is shut out: for 30 seconds, then for twice as long each time, for 10 minutes
 * at the most, and for 30 seconds again when it has behaved for an hour. Any thread may use it.
 */
final class PeerScores {
    /** At so many penalty points a node is shut out. */
    static final long LIMIT = 10_000;

    /** So many penalty points are forgotten in a second. */
    static final long FADING = 100;

    static final Duration FIRST = Duration.ofSeconds(30);
    static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration FORGIVEN = Duration.ofHours(1);

    /** So many are remembered: the one that was heard of least recently is forgotten first. */
    static final int MAX_REMEMBERED = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger("RPC_SERVER");

    private final Map<Source, Behaviour> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Source, Behaviour> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };
    private final List<Consumer<Source>> doors = new CopyOnWriteArrayList<>();
    private final Complaints complaints;
    private final RateLimits rates;
    private final LongSupplier clock;

    /** With a clock in nanoseconds, from wherever, which never goes back. */
    PeerScores(RateLimits rates, LongSupplier clock) {
        this.rates = rates;
        this.clock = clock;
        this.complaints = new Complaints(LOG, () -> Instant.EPOCH.plusNanos(clock.getAsLong()));
    }

    /** What is known of one source; guarded by the scores. */
    private static final class Behaviour {
        private final TokenBucket commands;
        private final TokenBucket chars;
        private double points;
        private long asOf;
        private Duration next = FIRST;
        private long shutOutUntil;
        private String why = "";

        Behaviour(RateLimits rates, int share, long now) {
            commands = new TokenBucket((long) rates.commandsPerSecond() * share, now);
            chars = new TokenBucket(rates.charsPerSecond() * share, now);
            asOf = now;
            shutOutUntil = now;
        }

        boolean isShutOut(long now) {
            return shutOutUntil - now > 0;
        }

        /** Old points fade before new ones are added. */
        boolean reachesLimit(int more, long now) {
            points = Math.max(0, points - (now - asOf) / 1e9 * FADING) + more;
            asOf = now;
            return points >= LIMIT;
        }

        Duration shutOut(String reason, long now) {
            Duration time = now - shutOutUntil > FORGIVEN.toNanos() ? FIRST : next;
            next = Collections.min(List.of(time.multipliedBy(2), LONGEST));
            shutOutUntil = now + time.toNanos();
            points = 0;
            why = reason;
            return time;
        }
    }

    /** Adds a listener that is told of those who are shut out, so that it ends their connections; it must not block. */
    void whenShutOut(Consumer<Source> door) {
        doors.add(door);
    }

    /** {@return why and for how long this source is shut out, if it is} */
    synchronized Optional<String> objection(Source source) {
        Behaviour behaviour = remembered.get(source);
        long now = clock.getAsLong();
        if (behaviour == null || !behaviour.isShutOut(now)) {
            return Optional.empty();
        }
        long seconds = Duration.ofNanos(behaviour.shutOutUntil - now).toSeconds() + 1;
        return Optional.of(source + " is shut out for another " + seconds + " s: " + behaviour.why);
    }

    /** Counts a command, and returns the rule that it breaks, or nothing if it may be handled. */
    synchronized Optional<String> spend(Source source, int chars) {
        long now = clock.getAsLong();
        Behaviour behaviour = behaviour(source, now);
        if (!behaviour.commands.take(1, now)) {
            return Optional.of(rule(behaviour.commands, "commands", source));
        }
        return behaviour.chars.take(chars, now)
                ? Optional.empty()
                : Optional.of(rule(behaviour.chars, "characters", source));
    }

    private static String rule(TokenBucket bucket, String what, Source source) {
        return "at most " + bucket.perSecond() + " " + what + " a second are taken "
                + (source.isHost() ? "from one host" : "over one connection");
    }

    /** Counts penalty points, and shuts its source out if that makes too many. */
    void report(Source source, Misbehaviour kind, String detail) {
        synchronized (this) {
            long now = clock.getAsLong();
            Behaviour behaviour = behaviour(source, now);
            if (behaviour.isShutOut(now) || !behaviour.reachesLimit(kind.points(), now)) {
                return;
            }
            String reason = "too much " + kind + ", at last: " + detail;
            Duration time = behaviour.shutOut(reason, now);
            complaints.log("Shut out {} for {} s: {}", source, time.toSeconds(), reason);
        }
        doors.forEach(door -> door.accept(source));
    }

    /** Forgets a source from which nothing more will come. */
    synchronized void forget(Source source) {
        remembered.remove(source);
    }

    int remembered() {
        return remembered.size();
    }

    private Behaviour behaviour(Source source, long now) {
        return remembered.computeIfAbsent(
                source, unknown -> new Behaviour(rates, source.isHost() ? RateLimits.PER_HOST : 1, now));
    }
}
