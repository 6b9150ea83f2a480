package org.naivechain.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.naivechain.protocol.Time;

/** A clock that {@link #advance} alone moves, from one event to the next. For one thread. */
public final class VirtualTime implements Time {
    private static final class Event {
        private final Instant at;
        private final long order;
        private Runnable action;

        Event(Instant at, long order, Runnable action) {
            this.at = at;
            this.order = order;
            this.action = action;
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.comparing((Event event) -> event.at).thenComparingLong(event -> event.order));
    private Instant now = Instant.EPOCH;
    private long scheduled;

    /** A clock at the epoch, with nothing to do. */
    public VirtualTime() {}

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        Event event = new Event(now.plus(delay), scheduled++, action);
        events.add(event);
        // To search the queue for it would take longer than to skip it when its turn comes.
        return () -> event.action = null;
    }

    /** Lets time pass, with all events that are due in it, in order. */
    public void advance(Duration duration) {
        advance(duration, () -> {});
    }

    /** Lets time pass as {@link #advance(Duration)} does, with a call after every event. */
    void advance(Duration duration, Runnable afterEach) {
        Instant end = now.plus(duration);
        while (!events.isEmpty() && !events.peek().at.isAfter(end)) {
            Event event = events.remove();
            if (event.action != null) {
                now = event.at;
                event.action.run();
                afterEach.run();
            }
        }
        now = end;
    }
}
