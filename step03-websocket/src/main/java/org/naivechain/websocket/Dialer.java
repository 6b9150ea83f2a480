package org.naivechain.websocket;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes calls: opens WebSocket connections to others. Any thread may use it; its threads end with {@link #close()}. */
public final class Dialer implements AutoCloseable {
    private final Set<DialerSocket> open = ConcurrentHashMap.newKeySet();
    private final String subprotocol;
    private final Limits limits;
    private final Reaper reaper;

    /**
     * A dialer.
     *
     * @param subprotocol what to speak with those who know it; with others a connection has no subprotocol
     * @param limits what the other end may spend
     */
    public Dialer(String subprotocol, Limits limits) {
        this.subprotocol = subprotocol;
        this.limits = limits;
        this.reaper = new Reaper(limits, "websocket-dialer-reaper");
    }

    /**
     * Opens a connection, some time later: the handler hears {@link FrameHandler#opened} or {@link FrameHandler#failed}.
     *
     * @param host a host name or an IP address
     * @param port the port there
     * @param handler what to do with the connection and its frames
     */
    public void dial(String host, int port, FrameHandler handler) {
        DialerSocket socket = new DialerSocket(host, port, subprotocol, limits, handler, this::ended);
        open.add(socket);
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
        open.forEach(DialerSocket::close);
        reaper.close();
    }
}
