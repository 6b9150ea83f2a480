package org.naivechain.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogOnFailureTest {
    private static final Logger LOG = LoggerFactory.getLogger("RPC_SERVER");

    @Test
    void aFailureShowsWhatWasLoggedSinceItsTestBegan() {
        LogOnFailure extension = new LogOnFailure();
        LOG.info("of the test before");
        extension.beforeEach(null);
        LOG.info("of {}", "this test");
        LOG.warn("with its reason", new IllegalStateException("broken on purpose"));
        AssertionError failure = new AssertionError("expected 1");

        extension.testFailed(null, failure);

        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(failure.getSuppressed()[0].toString())
                .startsWith("the log of this test, its last lines:\n")
                .containsSubsequence("INFO  RPC_SERVER - of this test\n", "broken on purpose")
                .doesNotContain("of the test before");
    }
}
