package org.naivechain.websocket;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.java_websocket.WebSocket;
import org.java_websocket.framing.CloseFrame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All connections of a listener or a dialer, from their first moment. Those that take too long to open or carry nothing for too
 * long are ended: Java-WebSocket by itself keeps a stranger who connects and says nothing for ever. Any thread may use it.
 */
final class Connections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("RPC_SERVER");
    private static final int LOOK_MILLIS = 2;

    final Limits limits;
    final Set<LiveConnection> all = ConcurrentHashMap.newKeySet();
    private final long maxQueuedBytes;
    private final Consumer<WebSocket> write;
    private final ScheduledExecutorService timer;
    private final AtomicBoolean lookPlanned = new AtomicBoolean();

    /** Connections that share a limit on what waits to be sent, and what makes one write it. */
    Connections(Limits limits, long maxQueuedBytes, Consumer<WebSocket> write, String threadName) {
        this.limits = limits;
        this.maxQueuedBytes = maxQueuedBytes;
        this.write = write;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
        });
        long shortest = Math.min(
                limits.handshakeTimeout().toMillis(), limits.idleTimeout().toMillis());
        long period = Math.max(1, Math.min(1_000, shortest / 4));
        timer.scheduleWithFixedDelay(this::tend, period, period, TimeUnit.MILLISECONDS);
    }

    /** How many one host has, those included that are not open yet. */
    long from(String host) {
        return all.stream().filter(one -> one.remoteHost().equals(host)).count();
    }

    boolean queueTooMuch() {
        return all.stream().mapToLong(LiveConnection::queuedBytes).sum() > maxQueuedBytes;
    }

    /** Java-WebSocket queues frames of its own, such as one that closes, and tells nobody of them. */
    private void tend() {
        sweep();
        planLook();
    }

    /** Ends and forgets those that are over. */
    void sweep() {
        all.stream().filter(LiveConnection::isOver).forEach(this::end);
    }

    /**
     * One that cannot be ended must not keep the others from being ended. One that is gone already was taken out by a dialer that
     * was closed meanwhile, which tells of it, or has ended by itself.
     */
    private void end(LiveConnection connection) {
        if (!all.remove(connection)) {
            return;
        }
        try {
            connection.end();
        } catch (RuntimeException e) {
            LOG.warn("a socket could not be ended", e);
        }
    }

    void planLook() {
        if (lookPlanned.compareAndSet(false, true)) {
            after(LOOK_MILLIS, this::look);
        }
    }

    /**
     * Looks at all queues a moment after something was put into one, and again until they are empty. Java-WebSocket's server
     * (1.6.0) turns its interest in writing off after it has found a queue empty; a frame that is queued between the two, which
     * happens to one reply in some thousands, would wait for the next one. It would also wait for callers to hang up whom it has
     * told that they are not let in.
     */
    private void look() {
        lookPlanned.set(false);
        for (LiveConnection connection : all) {
            if (!connection.socket.outQueue.isEmpty()) {
                write.accept(connection.socket);
                planLook();
            } else if (connection.turnedAway) {
                connection.socket.closeConnection(CloseFrame.REFUSE, "refused");
            }
        }
    }

    /** Runs something later, unless this is closed before. */
    void after(int millis, Runnable action) {
        try {
            timer.schedule(action, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("asked after the end", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        all.forEach(this::end);
    }
}
