package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChainProgressTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private long now = Long.MAX_VALUE - 5;

    private ChainProgress progress(boolean terminal) {
        return progress(ChainProgress.Task.VERIFY, terminal);
    }

    private ChainProgress progress(ChainProgress.Task task, boolean terminal) {
        return new ChainProgress(task, 500, new PrintStream(shown, true, StandardCharsets.UTF_8), terminal, () -> now);
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void showsNothingOfAShortCheck() {
        for (boolean terminal : new boolean[] {true, false}) {
            try (ChainProgress progress = progress(terminal)) {
                pass(Duration.ofSeconds(1));
                progress.accept(500);
            }
        }

        assertThat(shown()).isEmpty();
    }

    @Test
    void showsABarOnATerminalAfterASecond() {
        try (ChainProgress progress = progress(true)) {
            pass(Duration.ofMillis(1_001));
            progress.accept(250);
            pass(Duration.ofSeconds(1));
            progress.accept(500);
        }

        assertThat(shown()).contains("Verifying the chain").contains("100%").contains("500/500");
    }

    @Test
    void showsWhatIsFetchedInTheSameWay() {
        try (ChainProgress line = progress(ChainProgress.Task.FETCH, false)) {
            pass(Duration.ofSeconds(3));
            line.accept(500);
        }
        assertThat(shown()).isEqualTo("Fetched 500 of 500 blocks in 3 s" + System.lineSeparator());

        try (ChainProgress bar = progress(ChainProgress.Task.FETCH, true)) {
            pass(Duration.ofSeconds(3));
            bar.accept(400);
        }
        assertThat(shown()).contains("Fetching the chain", "400/500");
    }

    @Test
    void aFetchThatIsBrokenOffEndsItsBar() {
        FetchProgress fetching = new FetchProgress(all -> progress(false));
        fetching.fetched(1, 500);
        pass(Duration.ofMillis(2_500));
        fetching.fetched(250, 500);
        assertThat(shown()).isEmpty();

        fetching.close();
        fetching.close();

        assertThat(shown()).isEqualTo("Verified 250 of 500 blocks in 2 s" + System.lineSeparator());
    }

    @Test
    void saysOneLineAtTheEndElsewhere() {
        try (ChainProgress progress = progress(false)) {
            pass(Duration.ofMillis(2_500));
            progress.accept(250);
            assertThat(shown()).isEmpty();
            progress.accept(500);
        }

        assertThat(shown()).isEqualTo("Verified 500 of 500 blocks in 2 s" + System.lineSeparator());
    }
}
