package org.naivechain.websocket;

import java.util.Optional;

/**
 * What is done with connections and their frames. It is called by the threads of the WebSocket layer, for one connection by
 * one thread at a time and in order; it must not block, because other connections wait for the same thread. Hosts are IP
 * addresses.
 */
public interface FrameHandler {
    /** {@return why a listener is to turn a caller away; empty to let it in} Asked before each handshake. */
    default Optional<String> objection(String remoteHost) {
        return Optional.empty();
    }

    /**
     * A listener has not let a caller in: too many have come from its host, or its {@link Gate} refused. What else comes from
     * that host may be honest. What {@link #objection} said is not told back, and nothing is said of plain HTTP.
     */
    default void keptOut(String remoteHost, String reason) {}

    /** A listener has hung up on a caller that it had let in, for what that one did: a frame was too long, or no text. */
    default void refused(String remoteHost, String reason) {}

    /** A listener has failed and takes no calls any more. It was not closed. */
    default void listenerFailed() {}

    /** A connection is open. For a listener, somebody has called; for a dialer, the call has been taken. */
    default void opened(Connection connection) {}

    /** A text frame has arrived, at most {@link Limits#maxFrameBytes()} long. */
    void received(Connection connection, String frame);

    /** A frame without text for anybody has arrived: a ping or a pong, as RFC 6455 (5.5) has them. */
    default void pinged(Connection connection) {}

    /** An open connection has been closed, by either end, which may have said why, or the network. Nothing follows for it. */
    default void closed(Connection connection, String reason) {}

    /** A call of a dialer has failed, for example with {@code Connection refused}. Nothing follows for it. */
    default void failed(String reason) {}
}
