package org.naivechain.websocket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Takes calls: a bound port on which others open WebSocket connections. Its threads end with {@link #close()}. */
public final class Listener implements AutoCloseable {
    private static final int STOP_MILLIS = 500;

    private final ServerSocketChannel channel;
    private final ListenerSocket socket;
    private final int port;

    private Listener(ServerSocketChannel channel, ListenerSocket socket, int port) {
        this.channel = channel;
        this.socket = socket;
        this.port = port;
    }

    /**
     * Binds a port; nobody is answered before {@link #start()}.
     *
     * @param address where to listen; port 0 takes any free one
     * @param subprotocol what to speak with those who name it too; others are taken without a subprotocol
     * @param limits what strangers may spend
     * @param handler what to do with connections and frames
     * @return the bound listener
     * @throws IOException if the address cannot be bound, for example because it is in use
     */
    public static Listener bind(InetSocketAddress address, String subprotocol, Limits limits, FrameHandler handler)
            throws IOException {
        return bind(address, subprotocol, limits, AccessRules.OPEN, handler);
    }

    /**
     * Binds a port for those whom rules admit; nobody is answered before {@link #start()}.
     *
     * @param address where to listen; port 0 takes any free one
     * @param subprotocol what to speak with those who name it too; others are taken without a subprotocol
     * @param limits what strangers may spend
     * @param access who may talk, and what others are told
     * @param handler what to do with connections and frames
     * @return the bound listener
     * @throws IOException if the address cannot be bound, for example because it is in use
     */
    public static Listener bind(
            InetSocketAddress address, String subprotocol, Limits limits, AccessRules access, FrameHandler handler)
            throws IOException {
        // The first channel that Java closes costs it a further descriptor; later there may be none left.
        SocketChannel.open().close();
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(address);
            int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            return new Listener(channel, new ListenerSocket(channel, subprotocol, limits, access, handler), port);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Starts to take calls. Callers who came since {@link #bind} have been waiting and are answered now. */
    public void start() {
        socket.start();
    }

    /** {@return the port that was bound, never 0} */
    public int port() {
        return port;
    }

    /** Closes every connection and the port, and ends the threads. A second call does nothing. */
    @Override
    public void close() {
        try {
            socket.shutDown(STOP_MILLIS);
            channel.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
