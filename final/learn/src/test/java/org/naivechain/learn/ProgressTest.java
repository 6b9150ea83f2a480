package org.naivechain.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {
    private static final Exercise EXERCISE = new Course(Path.of("..", "..")).find("1.1");

    @TempDir
    private Path directory;

    @Test
    void whatAnotherTerminalWritesMeanwhileIsNotLost() {
        Progress watching = progress();
        progress().change(EXERCISE, Progress.State::hinted);

        watching.change(EXERCISE, state -> state.checked(false, Instant.EPOCH));

        assertThat(progress().of(EXERCISE).hints()).isEqualTo(1);
        assertThat(progress().of(EXERCISE).checks()).isEqualTo(1);
    }

    private Progress progress() {
        return new Progress(directory.resolve("progress.json"), said -> {});
    }
}
