package org.naivechain.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {
    private static final long MICRO = 1_000;

    private final Latencies latencies = new Latencies();

    @Test
    void withoutAnAddEveryPercentileIsZero() {
        assertThat(latencies.count()).isZero();
        assertThat(latencies.millisWithin(0.5)).isZero();
        assertThat(latencies.longestMillis()).isZero();
    }

    @Test
    void below128MicrosecondsPercentilesAreExact() {
        for (int micros = 1; micros <= 100; micros++) {
            latencies.record(micros * MICRO);
        }

        assertThat(latencies.millisWithin(0.5)).isEqualTo(0.050);
        assertThat(latencies.millisWithin(0.99)).isEqualTo(0.099);
        assertThat(latencies.millisWithin(1)).isEqualTo(0.100);
        assertThat(latencies.count()).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(longs = {127, 128, 129, 255, 256, 257, 1_000, 4_095, 4_096, 65_537, 1_000_003, 35_000_000, 86_400_000})
    void aPercentileIsNeverTooSmallAndAtMost1Point6PercentTooLarge(long micros) {
        latencies.record(micros * MICRO);
        latencies.record(Long.MAX_VALUE);

        assertThat(latencies.millisWithin(0.5)).isBetween(micros / 1_000.0, micros / 1_000.0 * 1.016);
    }

    @Test
    void theLongestIsExactAndNoPercentileExceedsIt() {
        latencies.record(35_000_001 * MICRO);

        assertThat(latencies.longestMillis()).isEqualTo(35_000.001);
        assertThat(latencies.millisWithin(0.99)).isEqualTo(35_000.001);
    }

    @Test
    void thoseOfSeveralClientsAddUp() {
        Latencies others = new Latencies();
        for (int i = 0; i < 90; i++) {
            latencies.record(10 * MICRO);
        }
        for (int i = 0; i < 10; i++) {
            others.record(5_000 * MICRO);
        }

        latencies.add(others);

        assertThat(latencies.count()).isEqualTo(100);
        assertThat(latencies.millisWithin(0.9)).isEqualTo(0.010);
        assertThat(latencies.millisWithin(0.91)).isCloseTo(5.0, within(0.08));
        assertThat(latencies.longestMillis()).isEqualTo(5.0);
    }
}
