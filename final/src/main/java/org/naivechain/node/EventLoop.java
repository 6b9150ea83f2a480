package org.naivechain.node;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.naivechain.protocol.Time;
import org.naivechain.storage.StorageFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's thread and the system clock. Any thread may give it tasks; it runs them one at a time, in order. After
 * {@link #close()} it drops what it is given.
 */
final class EventLoop implements Executor, Time, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("BLOCKCHAIN");
    private static final int STOP_SECONDS = 5;

    /** The system clock may be set back, and what was heard a second ago would be heard of for an hour. */
    private final Instant started = Instant.now();

    private final long startedNanos = System.nanoTime();
    private final ScheduledThreadPoolExecutor thread;
    private final Consumer<StorageFailure> broken;

    /** A thread that runs tasks; who is told when one of them could not read or write what the node keeps. */
    EventLoop(String name, Consumer<StorageFailure> broken) {
        this.broken = broken;
        thread = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, name));
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void execute(Runnable task) {
        try {
            thread.execute(guarded(task));
        } catch (RejectedExecutionException e) {
            LOG.debug("a task came after the end", e);
        }
    }

    @Override
    public Instant now() {
        return started.plusNanos(System.nanoTime() - startedNanos);
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        try {
            Future<?> call = thread.schedule(guarded(action), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> call.cancel(false);
        } catch (RejectedExecutionException e) {
            return () -> {};
        }
    }

    /** Drops what was given before, and ends the thread. */
    void stopNow() {
        thread.shutdownNow();
    }

    /** Runs what was given before, then ends the thread. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** A task that fails is a bug; it must be seen, and must not take the others with it. */
    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (StorageFailure e) {
                broken.accept(e);
            } catch (RuntimeException | Error e) {
                LOG.error("a task of the node failed", e);
            }
        };
    }
}
