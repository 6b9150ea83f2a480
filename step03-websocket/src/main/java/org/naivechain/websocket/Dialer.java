package org.naivechain.websocket;

/** Makes calls: opens WebSocket connections to others. Any thread may use it; its threads end with {@link #close()}. */
public final class Dialer implements AutoCloseable {
    private final Gate gate;
    private final BoundedDraft draft;
    private final Connections connections;
    private volatile boolean closed;

    /** A dialer that calls everybody. */
    public Dialer(String subprotocol, Limits limits) {
        this(subprotocol, limits, Gate.OPEN);
    }

    /** A dialer that speaks the subprotocol with those who know it, and none with others, as a gate wants it. */
    public Dialer(String subprotocol, Limits limits, Gate gate) {
        this.gate = gate;
        this.draft = new BoundedDraft(subprotocol, limits);
        // Each call has a thread that writes, so that there is no total to bound and no queue to look at again.
        this.connections = new Connections(limits, Long.MAX_VALUE, socket -> {}, "websocket-dialer");
    }

    /**
     * Opens a connection, some time later: the handler hears {@link FrameHandler#opened} or {@link FrameHandler#failed}. The
     * host is a name or an IP address. Never throws.
     */
    public void dial(String host, int port, FrameHandler handler) {
        DialerSocket socket;
        try {
            socket = new DialerSocket(host, port, draft, gate.call(), connections, handler);
        } catch (RuntimeException e) {
            handler.failed("cannot call " + host + ":" + port + ": " + e.getMessage());
            return;
        }
        connections.all.add(socket.connection);
        if (!closed) {
            socket.connect();
        } else if (connections.all.remove(socket.connection)) {
            handler.failed("this node is shutting down");
        }
    }

    /** Closes every connection. A second call does nothing. */
    @Override
    public void close() {
        closed = true;
        connections.all.forEach(connection -> connection.socket.close());
        connections.close();
    }
}
