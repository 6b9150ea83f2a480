package org.naivechain.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** What happens in a run: messages, faults, and what the nodes log. For one thread. */
public final class Trace {
    /** Instead of an index: about no block in particular. */
    static final long EVERY = -1;

    /**
     * Something that happened.
     *
     * @param at when, since the start
     * @param sent when it left, if it is a frame that arrives
     * @param text what: for a frame {@code sender > receiver}, and its text
     */
    public record Event(Duration at, Optional<Duration> sent, String text) {
        @Override
        public String toString() {
            return at.toMillis() + " ms  " + text;
        }
    }

    private record Line(Event event, long from, long to) {
        boolean isAbout(long index) {
            return from == EVERY || from <= index && index < to;
        }
    }

    private final List<Line> lines = new ArrayList<>();
    private final VirtualTime time;
    private final boolean kept;

    /** An empty trace. To keep the lines takes most of a run's time, so that it can be left out. */
    public Trace(VirtualTime time, boolean kept) {
        this.time = time;
        this.kept = kept;
    }

    /** Notes an event that is about no block in particular. */
    void note(Supplier<String> line) {
        note(EVERY, EVERY, line);
    }

    /** Notes an event that is about some blocks, up to the one before an index. */
    void note(long from, long to, Supplier<String> line) {
        note(from, to, Optional.empty(), line);
    }

    /** Notes that a frame arrives that is about some blocks, up to the one before an index. */
    void note(long from, long to, Optional<Instant> sent, Supplier<String> line) {
        if (kept) {
            lines.add(new Line(new Event(sinceStart(time.now()), sent.map(Trace::sinceStart), line.get()), from, to));
        }
    }

    private static Duration sinceStart(Instant time) {
        return Duration.between(Instant.EPOCH, time);
    }

    /** {@return all that happened} */
    public List<Event> events() {
        return lines.stream().map(Line::event).toList();
    }

    /** {@return all that happened, each event with its time in milliseconds since the start} */
    public List<String> lines() {
        return events().stream().map(Event::toString).toList();
    }

    /** What happened from the first event about a block to the last one, and is not about other blocks. */
    List<Event> historyOf(long index) {
        List<Line> about = lines.stream().filter(line -> line.isAbout(index)).toList();
        Optional<Duration> last = about.stream()
                .filter(line -> line.from != EVERY)
                .reduce((one, next) -> next)
                .map(line -> line.event.at());
        return about.stream()
                .dropWhile(line -> line.from == EVERY)
                .map(Line::event)
                .takeWhile(event -> event.at().compareTo(last.orElseThrow()) <= 0)
                .toList();
    }

    /** What happened about a block, and about none in particular. */
    List<Event> eventsAbout(long index) {
        return lines.stream()
                .filter(line -> line.isAbout(index))
                .map(Line::event)
                .toList();
    }

    /** {@return a logger that notes under a name, for one thread} */
    public Logger logger(String name) {
        return new TraceLogger(name);
    }

    private final class TraceLogger extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1L;

        TraceLogger(String name) {
            this.name = name;
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String message, Object[] arguments, Throwable thrown) {
            note(() -> "[" + level + "]: " + name + "-"
                    + MessageFormatter.basicArrayFormat(message, arguments)
                    + (thrown == null ? "" : " " + thrown));
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return kept;
        }

        @Override
        public boolean isWarnEnabled() {
            return kept;
        }

        @Override
        public boolean isErrorEnabled() {
            return kept;
        }
    }
}
