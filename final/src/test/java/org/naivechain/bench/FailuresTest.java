package org.naivechain.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailuresTest {
    private final Failures failures = new Failures();

    @Test
    void withoutAFailureThereIsNoReason() {
        assertThat(failures.total()).isZero();
        assertThat(failures.mostFrequent()).isEmpty();
    }

    @Test
    void reasonsThatDifferInNumbersIdsAndHashesAreOne() {
        Failures others = new Failures();
        failures.count("status 503", "1 of 3, ee0cc5c0-d8b3-4c49-a7f5-f4fbe1cce9bb has " + "a1".repeat(32));
        failures.count("no answer", "Connection refused");
        others.count("status 503", "2 of 3, aff0f2fb-78c6-4267-ba27-67f7701e886c has " + "b2".repeat(32));

        failures.add(others);

        assertThat(failures.total()).isEqualTo(3);
        assertThat(failures.mostFrequent()).hasValue("2 times: status 503: # of #, # has #");
    }
}
