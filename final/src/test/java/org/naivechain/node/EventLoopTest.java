package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.naivechain.protocol.Time;

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
}
