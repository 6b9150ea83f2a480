package org.naivechain.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.BitSet;
import java.util.List;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class BenchTest {
    private static final long MICRO = 1_000;
    private static final BenchOptions OPTIONS =
            new BenchOptions(3, 2, 20, 60, 32, false, (network, number) -> List.of());

    private final StringWriter out = new StringWriter();

    @Test
    void percentilesAreOfAllClientsAndInMilliseconds() {
        print(score(LongStream.rangeClosed(1, 50)), score(LongStream.rangeClosed(51, 100)));

        assertThat(out.toString())
                .contains(String.format("adds/s      5.0%n"))
                .contains(String.format("latency     p50 5.00 ms, p99 9.90 ms, max 10.00 ms%n"));
    }

    @Test
    void withoutAnAddThereIsNoLatency() {
        print(score(LongStream.empty()), score(LongStream.empty()));

        assertThat(out.toString()).contains("adds/s      0.0").doesNotContain("latency");
    }

    private void print(Score... scores) {
        Bench.print(OPTIONS, List.of(scores), new PrintWriter(out, true));
    }

    private static Score score(LongStream tenthsOfMillis) {
        Histogram latencies = Score.noLatencies();
        tenthsOfMillis.forEach(tenths -> latencies.recordValue(tenths * 100 * MICRO));
        return new Score(new BitSet(), latencies.getTotalCount(), latencies, new Failures());
    }
}
