package org.naivechain.node;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.naivechain.learn.Explain;
import org.naivechain.protocol.Time;
import org.naivechain.storage.SqliteFile;
import org.slf4j.LoggerFactory;

class SurvivingLoopCheck {
    private final List<String> done = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    /** Waits for everything that was given before. */
    private static boolean settles(EventLoop loop) throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        loop.after(Duration.ofMillis(20), end::countDown);
        return end.await(2, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName(
            "Tasks run one at a time, in the order in which they were given, on one thread that is not the caller's.")
    void oneAtATime() throws Exception {
        List<Thread> threads = new ArrayList<>();
        try (EventLoop loop = new EventLoop("loop", failure -> {})) {
            for (int i = 0; i < 100; i++) {
                String name = "task " + i;
                loop.execute(() -> {
                    threads.add(Thread.currentThread());
                    done.add(name);
                });
            }
            Explain.that(settles(loop), "100 tasks were given, and 2 s later they are not done.", "Who runs them?");
        }
        Explain.same(100, done.size(), "100 tasks were given. How many ran?", "Each runs once.");
        Explain.same("task 99", done.get(99), "Which ran last?", "They run in the order in which they were given.");
        Explain.same(
                1L, threads.stream().distinct().count(), "On how many threads did they run?", "One thread: no locks.");
        Explain.that(
                threads.get(0) != Thread.currentThread(),
                "A task ran on the thread that gave it.",
                "A socket's thread must only leave the task, and go on. The loop's own thread runs it.");
    }

    /** What the loop logs above debug, and does not print meanwhile: its stack traces are no news for the reader. */
    private static List<ILoggingEvent> loggedBy(Callable<Void> work) throws Exception {
        Logger log = (Logger) LoggerFactory.getLogger("BLOCKCHAIN");
        ListAppender<ILoggingEvent> heard = new ListAppender<>();
        heard.start();
        log.addAppender(heard);
        log.setAdditive(false);
        try {
            work.call();
        } finally {
            log.setAdditive(true);
            log.detachAppender(heard);
        }
        return heard.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .toList();
    }

    @Test
    @DisplayName(
            "A task that fails takes no other with it, neither one at once nor one later, and is logged as an error.")
    void survives() throws Exception {
        List<ILoggingEvent> errors = loggedBy(() -> {
                    failTwice();
                    return null;
                })
                .stream()
                .filter(event -> event.getLevel() == Level.ERROR)
                .toList();
        Explain.same(
                List.of("the next task", "a later one"),
                done,
                "A task failed. What ran after it?",
                "A bug must not end the node.");
        Explain.same(
                2,
                errors.size(),
                "A task threw an IllegalStateException, a later one an AssertionError. How many errors are in the log?",
                "An executor keeps silent about what a task throws. A bug that nobody sees is not mended.");
    }

    private void failTwice() throws Exception {
        try (EventLoop loop = new EventLoop("loop", failure -> {})) {
            loop.execute(() -> {
                throw new IllegalStateException("broken on purpose; this stack trace is part of the check");
            });
            loop.after(Duration.ofMillis(1), () -> {
                throw new AssertionError("broken on purpose; this stack trace is part of the check");
            });
            loop.execute(() -> done.add("the next task"));
            loop.after(Duration.ofMillis(10), () -> done.add("a later one"));
            Explain.that(settles(loop), "A task failed, and after it none was run for 2 s.", "The thread must go on.");
        }
    }

    @Test
    @DisplayName("A task that could not read or write what the node keeps is told to whoever made the loop.")
    void tellsOfStorage(@TempDir Path directory) throws Exception {
        try (SqliteFile file = SqliteFile.open(directory.resolve("node.db"));
                EventLoop loop = new EventLoop("loop", failure -> told.add("told"))) {
            Runnable read = () -> file.read("SELECT 1 FROM nowhere", SqliteFile.Parameters.NONE, rows -> 0);
            loop.execute(read);
            loop.after(Duration.ofMillis(1), read);
            settles(loop);
        }
        Explain.same(
                List.of("told", "told"),
                told,
                "Two tasks failed with a StorageFailure, one at once and one later. What was `broken` told?",
                "A node that cannot keep what it says must stop. It must not only log it.");
    }

    @Test
    @DisplayName("A timer goes off when its delay is over, and not before.")
    void waits() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        long[] millis = new long[1];
        try (EventLoop loop = new EventLoop("loop", failure -> {})) {
            long start = System.nanoTime();
            loop.after(Duration.ofMillis(300), () -> {
                millis[0] = Duration.ofNanos(System.nanoTime() - start).toMillis();
                end.countDown();
            });
            Explain.that(
                    end.await(5, TimeUnit.SECONDS),
                    "A timer of 300 ms has not gone off after 5 s.",
                    "In which unit is the delay?");
        }
        Explain.that(
                millis[0] >= 299,
                "A timer of 300 ms went off after " + millis[0] + " ms.",
                "Many delays of a node are shorter than a second, such as the pause between two heartbeats. Is a part of a"
                        + " second cut off?");
    }

    @Test
    @DisplayName("A timer that is cancelled does not go off.")
    void cancels() throws Exception {
        try (EventLoop loop = new EventLoop("loop", failure -> {})) {
            loop.after(Duration.ofMillis(15), () -> done.add("cancelled")).cancel();
            loop.after(Duration.ofMillis(15), () -> done.add("kept"));
            settles(loop);
        }
        Explain.same(
                List.of("kept"),
                done,
                "Of two timers, each 15 ms from now, one was cancelled at once. What was done?",
                "cancel() cancels the Future that the executor gave you.");
    }

    @Test
    @DisplayName("A timer that is cancelled while its task runs lets it run to its end.")
    void doesNotInterrupt() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        try (EventLoop loop = new EventLoop("loop", failure -> {})) {
            Time.Timer timer = loop.after(Duration.ZERO, () -> {
                began.countDown();
                try {
                    cancelled.await(2, TimeUnit.SECONDS);
                    // It may wake because of the latch, although it was interrupted.
                    done.add(Thread.interrupted() ? "interrupted" : "to its end");
                } catch (InterruptedException e) {
                    done.add("interrupted");
                }
            });
            began.await(2, TimeUnit.SECONDS);
            timer.cancel();
            cancelled.countDown();
            settles(loop);
        }
        Explain.same(
                List.of("to its end"),
                done,
                "A timer was cancelled while its task ran. How did the task end?",
                "A task that is interrupted in the middle leaves the state half changed. See `Future.cancel`.");
    }

    @Test
    @DisplayName("A loop that is closed drops what it is given: it throws nothing, and logs nothing above debug.")
    void closed() throws Exception {
        EventLoop loop = new EventLoop("loop", failure -> {});
        loop.close();
        List<ILoggingEvent> logged = loggedBy(() -> {
            giveTwoMore(loop);
            return null;
        });
        Explain.same(List.of(), done, "The loop was closed. What ran?", "Nothing runs after the end.");
        Explain.same(
                List.of(),
                logged,
                "The loop was closed, and was given two more tasks. What is in the log above the level debug?",
                "Each node that ends drops some tasks. A warning that needs no action hides those that do.");
    }

    /** Closed as soon as it is asked whether it is: by another thread, as it may be. */
    private static final class ClosedWhenAsked extends ScheduledThreadPoolExecutor {
        ClosedWhenAsked() {
            super(1);
        }

        @Override
        public boolean isShutdown() {
            boolean before = super.isShutdown();
            shutdown();
            return before;
        }
    }

    @Test
    @DisplayName("A loop that is closed at this very moment throws nothing either.")
    void closedMeanwhile() throws Exception {
        Field thread = EventLoop.class.getDeclaredField("thread");
        thread.setAccessible(true);
        List<RuntimeException> thrown = new ArrayList<>();
        for (Consumer<EventLoop> task : List.<Consumer<EventLoop>>of(
                loop -> loop.execute(() -> {}), loop -> loop.after(Duration.ZERO, () -> {}))) {
            try (EventLoop loop = new EventLoop("loop", failure -> {})) {
                ((ScheduledThreadPoolExecutor) thread.get(loop)).shutdown();
                thread.set(loop, new ClosedWhenAsked());
                task.accept(loop);
            } catch (RuntimeException e) {
                thrown.add(e);
            }
        }
        Explain.same(
                List.of(),
                thrown,
                "A loop was asked whether it is closed, said no, and was closed by another thread in the next moment. What was"
                        + " thrown?",
                "What isShutdown() answers may be wrong when you go on. Catch what the executor throws.");
    }

    private void giveTwoMore(EventLoop loop) {
        try {
            loop.execute(() -> done.add("late"));
            loop.after(Duration.ZERO, () -> done.add("late")).cancel();
        } catch (RejectedExecutionException e) {
            Explain.that(
                    false,
                    "The loop was closed, and a socket's thread gave it one more task. It was thrown " + e + ".",
                    "The sockets close a moment later than the loop. That is no error of theirs.");
        }
    }
}
