package org.naivechain.defence;

import java.time.Duration;
import java.time.Instant;
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

    /** So many are remembered: who was heard of least recently is forgotten first. */
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

    /**
     * Nobody has done anything yet.
     *
     * @param rates how much others may ask
     * @param clock the time in nanoseconds, from wherever, which never goes back
     */
    PeerScores(RateLimits rates, LongSupplier clock) {
        this.rates = rates;
        this.clock = clock;
        this.complaints = new Complaints(LOG, () -> Instant.EPOCH.plusNanos(clock.getAsLong()));
    }

    /** What is known of one. Guarded by this. */
    private static final class Behaviour {
        private final TokenBucket commands;
        private final TokenBucket chars;
        private double points;
        private long asOf;
        private int timesShutOut;
        private long shutOutUntil;
        private String why = "";

        Behaviour(RateLimits rates, int share, long now) {
            commands = bucket((long) rates.commandsPerSecond() * share, now);
            chars = bucket(rates.charsPerSecond() * share, now);
            asOf = now;
            shutOutUntil = now;
        }

        private static TokenBucket bucket(long perSecond, long now) {
            return new TokenBucket(perSecond, perSecond * RateLimits.BURST, now);
        }

        boolean isShutOut(long now) {
            return shutOutUntil - now > 0;
        }

        /** Points that were there fade before new ones come. */
        boolean reachesLimit(int more, long now) {
            points = Math.max(0, points - (now - asOf) / 1e9 * FADING) + more;
            asOf = now;
            return points >= LIMIT;
        }

        Duration shutOut(String reason, long now) {
            timesShutOut = now - shutOutUntil > FORGIVEN.toNanos() ? 1 : timesShutOut + 1;
            // 30 s doubled five times is more than the longest.
            Duration time = FIRST.multipliedBy(1L << Math.min(timesShutOut - 1, 5));
            time = time.compareTo(LONGEST) > 0 ? LONGEST : time;
            shutOutUntil = now + time.toNanos();
            points = 0;
            why = reason;
            return time;
        }
    }

    /** Has somebody told of those who are shut out, so that it ends what it has with them; must not block. */
    void whenShutOut(Consumer<Source> door) {
        doors.add(door);
    }

    /** {@return the reason why this peer is shut out, if it is} */
    synchronized Optional<String> objection(Source source) {
        Behaviour behaviour = remembered.get(source);
        long now = clock.getAsLong();
        if (behaviour == null || !behaviour.isShutOut(now)) {
            return Optional.empty();
        }
        long seconds = Duration.ofNanos(behaviour.shutOutUntil - now).toSeconds() + 1;
        return Optional.of(source + " is shut out for another " + seconds + " s: " + behaviour.why);
    }

    /**
     * Counts a command.
     *
     * @return the rule that it breaks, or nothing if it may be handled
     */
    synchronized Optional<String> spend(Source source, int chars) {
        int share = source.isHost() ? RateLimits.PER_HOST : 1;
        String over = source.isHost() ? "from one host" : "over one connection";
        long now = clock.getAsLong();
        Behaviour behaviour = behaviour(source, now);
        if (!behaviour.commands.take(1, now)) {
            return Optional.of(
                    "at most " + (long) rates.commandsPerSecond() * share + " commands a second are taken " + over);
        }
        if (!behaviour.chars.take(chars, now)) {
            return Optional.of("at most " + rates.charsPerSecond() * share + " characters a second are taken " + over);
        }
        return Optional.empty();
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

    /** Nothing more will come from there. */
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
