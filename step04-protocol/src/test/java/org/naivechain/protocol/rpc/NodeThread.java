package org.naivechain.protocol.rpc;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.naivechain.protocol.Time;

/** A node's thread and clock, for tests. */
public final class NodeThread implements Executor, Time, AutoCloseable {
    private final ScheduledExecutorService thread = new ScheduledThreadPoolExecutor(1);

    @Override
    public void execute(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            // Sockets that close after the test have nothing more to tell.
        }
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        Future<?> call = thread.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> call.cancel(false);
    }

    /** Runs on this thread what takes a callback, and waits for what the callback is told. */
    public <T> T ask(Consumer<Consumer<T>> question) throws Exception {
        CompletableFuture<T> answer = new CompletableFuture<>();
        execute(() -> question.accept(answer::complete));
        return answer.get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
