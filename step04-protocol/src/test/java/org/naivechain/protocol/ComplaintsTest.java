package org.naivechain.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

class ComplaintsTest {
    private final List<String> lines = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private final Complaints complaints = new Complaints(new Recorder(), () -> now);

    @Test
    void aFloodOfComplaintsIsAFewLinesASecondAndACount() {
        for (int i = 0; i < 1_000; i++) {
            complaints.log("complaint {}", i);
        }
        assertThat(lines).containsExactly("complaint 0", "complaint 1", "complaint 2", "complaint 3", "complaint 4");

        now = now.plusMillis(999);
        complaints.log("complaint {}", "too soon");
        assertThat(lines).hasSize(5);

        now = now.plusMillis(1);
        complaints.log("complaint {}", "later");
        assertThat(lines.subList(5, 7)).containsExactly("996 more complaints within a second", "complaint later");
    }

    private final class Recorder extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1L;

        @Override
        protected String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String message, Object[] arguments, Throwable thrown) {
            lines.add(MessageFormatter.basicArrayFormat(message, arguments));
        }

        @Override
        public boolean isTraceEnabled() {
            return true;
        }

        @Override
        public boolean isDebugEnabled() {
            return true;
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
