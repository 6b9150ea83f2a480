package org.naivechain.websocket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Takes calls: a bound port on which others open WebSocket connections. Its threads end with {@link #close()}. */
public interface Listener extends AutoCloseable {
    /** As {@link #bind(InetSocketAddress, String, Limits, Gate, FrameHandler)}, for everybody. */
    static Listener bind(InetSocketAddress address, String subprotocol, Limits limits, FrameHandler handler)
            throws IOException {
        return bind(address, subprotocol, limits, Gate.OPEN, handler);
    }

    /**
     * Binds a port, any free one if it is 0; nobody is answered before {@link #start()}. Those who name the subprotocol too
     * will speak it; others are taken without. The gate says who is let in, and what others are told.
     *
     * @throws IOException if the address cannot be bound, for example because it is in use
     */
    static Listener bind(InetSocketAddress address, String subprotocol, Limits limits, Gate gate, FrameHandler handler)
            throws IOException {
        // When Java closes its first channel it opens one more file, once: now, as long as there are any.
        SocketChannel.open().close();
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(address);
            return new ListenerSocket(channel, subprotocol, limits, gate, handler);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Starts to take calls. Callers who came since {@link #bind} have been waiting and are answered now. */
    void start();

    /** {@return the port that was bound, never 0} */
    int port();

    /** Closes every connection and the port, and ends the threads. A second call does nothing. */
    @Override
    void close();
}
