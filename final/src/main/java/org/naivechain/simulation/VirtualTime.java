package org.naivechain.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.naivechain.protocol.Time;

/** A clock that moves only when it is told to, from one event to the next. For one thread. */
public final class VirtualTime implements Time {
    private record Event(Instant at, long order, Runnable action) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::order));
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
        return () -> events.remove(event);
    }

    /**
     * Lets time pass, and what is due in it happen, in order.
     *
     * @param duration how long
     */
    public void advance(Duration duration) {
        Instant end = now.plus(duration);
        while (!events.isEmpty() && !events.peek().at().isAfter(end)) {
            Event event = events.remove();
            now = event.at();
            event.action().run();
        }
        now = end;
    }
}
