package org.naivechain.websocket;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes calls: opens WebSocket connections to others. Any thread may use it; its threads end with {@link #close()}. */
public final class Dialer implements AutoCloseable {
    private final Set<DialerSocket> open = ConcurrentHashMap.newKeySet();
    private final String subprotocol;
    private final Limits limits;
    private final Optional<NetworkKey> key;
    private final Reaper reaper;
    private final Budget partialFrames;
    private volatile boolean closed;

    /**
     * A dialer.
     *
     * @param subprotocol what to speak with those who know it; with others a connection has no subprotocol
     * @param limits what the other end may spend
     */
    public Dialer(String subprotocol, Limits limits) {
        this(subprotocol, limits, Optional.empty());
    }

    /**
     * A dialer that speaks only with those who hold a key.
     *
     * @param subprotocol what to speak with those who know it; with others a connection has no subprotocol
     * @param limits what the other end may spend
     * @param key what the other end must prove that it holds, as this one does; none speaks with everybody
     */
    public Dialer(String subprotocol, Limits limits, Optional<NetworkKey> key) {
        this.subprotocol = subprotocol;
        this.limits = limits;
        this.key = key;
        this.partialFrames = new Budget(limits.maxBufferedBytes());
        this.reaper = new Reaper(limits, "websocket-dialer-reaper");
    }

    /**
     * Opens a connection, some time later: the handler hears {@link FrameHandler#opened} or {@link FrameHandler#failed}. Never
     * throws.
     *
     * @param host a host name or an IP address
     * @param port the port there
     * @param handler what to do with the connection and its frames
     */
    public void dial(String host, int port, FrameHandler handler) {
        DialerSocket socket;
        try {
            socket = new DialerSocket(host, port, subprotocol, limits, key, partialFrames, handler, this::ended);
        } catch (RuntimeException e) {
            handler.failed("cannot call " + host + ":" + port + ": " + e.getMessage());
            return;
        }
        open.add(socket);
        if (closed) {
            open.remove(socket);
            handler.failed("this node is shutting down");
            return;
        }
        reaper.watch(socket.activity());
        socket.connect();
    }

    private void ended(DialerSocket socket) {
        open.remove(socket);
        reaper.forget(socket.activity());
    }

    /** Closes every connection. A second call does nothing. */
    @Override
    public void close() {
        closed = true;
        open.forEach(DialerSocket::close);
        reaper.close();
    }
}
