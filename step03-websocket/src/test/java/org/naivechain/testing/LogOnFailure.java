package org.naivechain.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.CyclicBufferAppender;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.slf4j.LoggerFactory;

/**
 * Appends the last lines of the log to the failure of a test, so that the console shows them; the whole log of a test class is in
 * a file among the reports. JUnit finds this extension by its service file, and {@code logback-test.xml} names the appender. For
 * tests that run one after the other.
 */
public final class LogOnFailure implements BeforeEachCallback, TestWatcher {
    private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level %logger - %msg%n%ex{short}";

    private final LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final CyclicBufferAppender<ILoggingEvent> last = (CyclicBufferAppender<ILoggingEvent>)
            logging.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("last");

    @Override
    public void beforeEach(ExtensionContext context) {
        last.reset();
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        PatternLayout layout = new PatternLayout();
        layout.setContext(logging);
        layout.setPattern(PATTERN);
        layout.start();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < last.getLength(); i++) {
            lines.append(layout.doLayout(last.get(i)));
        }
        if (lines.length() > 0) {
            cause.addSuppressed(new Logged(lines.toString()));
        }
    }

    /** Lines of the log, which surefire prints with the failure that they are attached to. */
    private static final class Logged extends Throwable {
        private static final long serialVersionUID = 1L;

        Logged(String lines) {
            super(lines, null, false, false);
        }

        @Override
        public String toString() {
            return "the log of this test, its last lines:\n" + getMessage();
        }
    }
}
