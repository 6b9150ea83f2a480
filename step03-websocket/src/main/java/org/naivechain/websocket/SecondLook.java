package org.naivechain.websocket;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.java_websocket.WebSocketImpl;

/**
 * Looks at a connection's queue a moment after something was put into it, and again until it is empty. Java-WebSocket's server
 * (1.6.0) turns its interest in writing off after it has found the queue empty; a frame that is queued between the two, which
 * happens to one reply in some thousands, would wait for the next one. Any thread may use it.
 */
final class SecondLook {
    /** For a connection that needs none: a client's has a thread of its own that waits at the queue. */
    static final SecondLook NONE = new SecondLook(null, () -> {}, later -> {});

    private final AtomicBoolean planned = new AtomicBoolean();
    private final WebSocketImpl socket;
    private final Runnable write;
    private final Consumer<Runnable> soon;

    /**
     * A look at a queue.
     *
     * @param socket whose queue
     * @param write makes the server write what is in it
     * @param soon runs something a moment later
     */
    SecondLook(WebSocketImpl socket, Runnable write, Consumer<Runnable> soon) {
        this.socket = socket;
        this.write = write;
        this.soon = soon;
    }

    void plan() {
        if (planned.compareAndSet(false, true)) {
            soon.accept(this::look);
        }
    }

    private void look() {
        planned.set(false);
        if (!socket.outQueue.isEmpty()) {
            write.run();
            plan();
        }
    }
}
