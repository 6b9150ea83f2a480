package org.naivechain.simulation;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Everything that happened in a run, line by line: messages, and what the nodes logged. For one thread. */
public final class Trace {
    private final List<String> lines = new ArrayList<>();
    private final VirtualTime time;

    /**
     * An empty trace.
     *
     * @param time the clock of the run
     */
    public Trace(VirtualTime time) {
        this.time = time;
    }

    /**
     * Notes an event.
     *
     * @param line what happened
     */
    public void note(String line) {
        lines.add(time.now().toEpochMilli() + " ms  " + line);
    }

    /**
     * What has been noted.
     *
     * @return the lines, each with its time in milliseconds since the start
     */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /**
     * A logger that notes what it is told.
     *
     * @param name whose words these are
     * @return a logger for one thread
     */
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
            note("[" + level + "]: " + name + "-"
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
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }
}
