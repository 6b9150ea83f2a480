package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.naivechain.protocol.Time;
import org.naivechain.storage.SqliteFile;

class EventLoopTest {
    @Test
    void aCallThatIsCancelledIsNotMade() throws Exception {
        List<String> made = new CopyOnWriteArrayList<>();
        CountDownLatch end = new CountDownLatch(1);
        try (EventLoop loop = new EventLoop("loop", failure -> {})) {
            Time.Timer first = loop.after(Duration.ofMillis(500), () -> made.add("cancelled"));
            first.cancel();
            loop.after(Duration.ofMillis(510), () -> {
                made.add("kept");
                end.countDown();
            });

            assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(made).containsExactly("kept");
    }

    @Test
    void aTaskThatFailsEndsNeitherTheThreadNorTheProgram() throws Exception {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        CountDownLatch end = new CountDownLatch(1);
        try (EventLoop loop = new EventLoop("loop", failure -> {})) {
            loop.execute(() -> {
                threads.add(Thread.currentThread());
                throw new AssertionError("broken on purpose; this stack trace is part of the test");
            });
            loop.execute(() -> {
                threads.add(Thread.currentThread());
                end.countDown();
            });

            assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(threads).hasSize(2);
        assertThat(threads.get(0)).isSameAs(threads.get(1));
    }

    @Test
    void tellsOfATaskThatCouldNotReadOrWriteWhatTheNodeKeeps(@TempDir Path directory) throws Exception {
        Path path = directory.resolve("node.db");
        List<String> failures = new CopyOnWriteArrayList<>();
        CountDownLatch end = new CountDownLatch(2);
        try (SqliteFile file = SqliteFile.open(path);
                EventLoop loop = new EventLoop("loop", failure -> {
                    failures.add(failure.getMessage());
                    end.countDown();
                })) {
            Runnable read = () -> file.read("SELECT 1 FROM nowhere", SqliteFile.Parameters.NONE, rows -> 0);
            loop.execute(read);
            loop.after(Duration.ofMillis(1), read);

            assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(failures).hasSize(2).allMatch(message -> message.startsWith("cannot read " + path + ": "));
    }

    @Test
    void dropsWhatItWasGivenWhenItIsStoppedAtOnce() {
        List<String> made = new CopyOnWriteArrayList<>();
        try (EventLoop loop = new EventLoop("loop", failure -> {})) {
            loop.execute(() -> {
                loop.execute(() -> made.add("given before the end"));
                loop.stopNow();
                loop.execute(() -> made.add("given after the end"));
                loop.after(Duration.ZERO, () -> made.add("due after the end")).cancel();
            });
        }

        assertThat(made).isEmpty();
    }
}
