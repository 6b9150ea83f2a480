package org.naivechain.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.pollinterval.IterativePollInterval;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Has Awaitility look sooner than it does by itself, which is after 100 ms at the earliest: most of what tests wait for is there
 * within a few. And has it wait longer before it gives up, as machines may be busy. JUnit finds this extension by its service
 * file.
 */
public final class Polling implements BeforeAllCallback {
    private static final Duration FIRST = Duration.ofMillis(5);
    private static final Duration LONGEST = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultPollInterval(
                new IterativePollInterval(last -> last.compareTo(LONGEST) < 0 ? last.multipliedBy(2) : LONGEST, FIRST));
        Awaitility.setDefaultTimeout(PATIENCE);
    }
}
