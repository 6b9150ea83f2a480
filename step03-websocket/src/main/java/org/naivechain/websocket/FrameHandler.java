package org.naivechain.websocket;

import java.util.Optional;

/**
 * What is done with connections and their frames. It is called by the threads of the WebSocket layer, for one connection by
 * one thread at a time and in order; it must not block, because other connections wait for the same thread.
 */
public interface FrameHandler {
    /**
     * Whether a listener is to turn a caller away; asked for every call, before the handshake is answered.
     *
     * @param remoteHost where the call comes from, as an IP address
     * @return what the caller is told; nothing if it may come in
     */
    default Optional<String> objection(String remoteHost) {
        return Optional.empty();
    }

    /**
     * A listener has not let a caller in: it is a web page, too many have come from its host, or no proof of the key came. What
     * else comes from that host may be honest. What {@link #objection} said is not told back, and nothing is said of plain HTTP.
     *
     * @param remoteHost where the call came from, as an IP address
     * @param reason what it lacked
     */
    default void keptOut(String remoteHost, String reason) {}

    /**
     * A listener has hung up on a caller that it had let in, for what that one did: a frame was too long, or no text.
     *
     * @param remoteHost where the call came from, as an IP address
     * @param reason what was wrong
     */
    default void refused(String remoteHost, String reason) {}

    /**
     * A listener has failed and takes no calls any more. It was not closed.
     */
    default void listenerFailed() {}

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
     * A frame without text for anybody has arrived: a ping or a pong, as RFC 6455 (5.5) has them.
     *
     * @param connection where it came from
     */
    default void pinged(Connection connection) {}

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
