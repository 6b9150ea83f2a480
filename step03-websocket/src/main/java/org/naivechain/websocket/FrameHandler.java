package org.naivechain.websocket;

/**
 * What is done with connections and their frames. It is called by the threads of the WebSocket layer, for one connection by
 * one thread at a time and in order; it must not block, because other connections wait for the same thread.
 */
public interface FrameHandler {
    /**
     * A connection is open. For a listener, somebody has called; for a dialer, the call has been taken.
     *
     * @param connection the new connection
     */
    default void opened(Connection connection) {}

    /**
     * A text frame has arrived.
     *
     * @param connection where it came from
     * @param frame its text, at most {@link Limits#maxFrameBytes()} long
     */
    void received(Connection connection, String frame);

    /**
     * An open connection has been closed, by either end or by the network. Nothing follows for this connection.
     *
     * @param connection the closed connection
     * @param reason what the end that closed it said, or what went wrong
     */
    default void closed(Connection connection, String reason) {}

    /**
     * A call that a dialer made has failed: no connection was opened. Nothing follows for this call.
     *
     * @param reason what went wrong, for example {@code Connection refused}
     */
    default void failed(String reason) {}
}
