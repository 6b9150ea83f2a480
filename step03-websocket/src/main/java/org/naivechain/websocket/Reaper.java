package org.naivechain.websocket;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends sockets that take too long to open or carry nothing for too long: Java-WebSocket by itself keeps a stranger who
 * connects and says nothing for ever.
 */
final class Reaper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("RPC_SERVER");

    private static final int SOON_MILLIS = 2;
    private static final int LATER_MILLIS = 100;

    private final Set<Activity> watched = ConcurrentHashMap.newKeySet();
    private final Limits limits;
    private final ScheduledExecutorService timer;

    Reaper(Limits limits, String name) {
        this.limits = limits;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        long shortest = Math.min(
                limits.handshakeTimeout().toMillis(), limits.idleTimeout().toMillis());
        long period = Math.max(1, Math.min(1_000, shortest / 4));
        timer.scheduleWithFixedDelay(this::reap, period, period, TimeUnit.MILLISECONDS);
    }

    /** Runs something a moment later, unless this is closed before. */
    void soon(Runnable action) {
        after(SOON_MILLIS, action);
    }

    /** Runs something when others have had time to do something, unless this is closed before. */
    void later(Runnable action) {
        after(LATER_MILLIS, action);
    }

    private void after(int millis, Runnable action) {
        try {
            timer.schedule(action, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("asked after the end", e);
        }
    }

    void watch(Activity activity) {
        watched.add(activity);
    }

    void forget(Activity activity) {
        watched.remove(activity);
    }

    private void reap() {
        watched.removeIf(activity -> {
            boolean overdue = activity.isOverdue(limits);
            if (overdue) {
                end(activity);
            }
            return overdue;
        });
    }

    /** One socket that cannot be ended must not keep the others from being ended. */
    private static void end(Activity activity) {
        try {
            activity.end();
        } catch (RuntimeException e) {
            LOG.warn("a socket could not be ended", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        watched.forEach(Reaper::end);
        watched.clear();
    }
}
