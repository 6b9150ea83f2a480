package org.naivechain.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** The lines of a run: messages, faults, and what the nodes logged. For one thread. */
public final class Trace {
    /** Instead of an index: about no block in particular. */
    static final long EVERY = -1;

    private record Line(String text, long from, long to) {
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
        if (kept) {
            long millis = Duration.between(Instant.EPOCH, time.now()).toMillis();
            lines.add(new Line(millis + " ms  " + line.get(), from, to));
        }
    }

    /** {@return all lines, each with its time in milliseconds since the start} */
    public List<String> lines() {
        return lines.stream().map(Line::text).toList();
    }

    /** The lines about a block, and those about none in particular. */
    List<String> linesAbout(long index) {
        return lines.stream()
                .filter(line -> line.isAbout(index))
                .map(Line::text)
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
