package org.naivechain.websocket;

import java.time.Duration;

/**
 * How much a stranger may make this node spend.
 *
 * @param maxFrameBytes the longest message that is taken, in bytes of UTF-8; a longer one closes its connection
 * @param maxConnections how many connections a listener keeps at once; a further one is closed at once
 * @param maxConnectionsPerHost how many of them may come from one host, so that nobody takes all places; a further one is
 *     refused
 * @param maxQueuedBytes how much may wait to be sent over one connection, in bytes; more closes it
 * @param maxBufferedBytes how much of all connections' frames may have arrived in part, and how much may wait to be sent, in
 *     bytes each; more closes the connection that asks for it
 * @param handshakeTimeout how long a connection may take to open
 * @param idleTimeout how long a connection may carry no frame
 */
public record Limits(
        int maxFrameBytes,
        int maxConnections,
        int maxConnectionsPerHost,
        int maxQueuedBytes,
        long maxBufferedBytes,
        Duration handshakeTimeout,
        Duration idleTimeout) {
    /**
     * Room for the largest block with its frame and for some hundred peers, in a heap of 256 MB; and for many nodes on one
     * machine, each of which keeps one connection.
     */
    public static final Limits DEFAULT = new Limits(
            4 * 1024 * 1024,
            500,
            100,
            8 * 1024 * 1024,
            32L * 1024 * 1024,
            Duration.ofSeconds(5),
            Duration.ofSeconds(60));

    /**
     * Checks that every limit leaves room for something.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public Limits {
        if (maxFrameBytes < 1
                || maxConnections < 1
                || maxConnectionsPerHost < 1
                || maxQueuedBytes < 1
                || maxBufferedBytes < 1) {
            throw new IllegalArgumentException("limits must be positive: " + maxFrameBytes + " bytes a frame, "
                    + maxConnections + " connections, " + maxConnectionsPerHost + " of them from one host, "
                    + maxQueuedBytes + " bytes queued, " + maxBufferedBytes + " bytes buffered");
        }
        if (!positive(handshakeTimeout) || !positive(idleTimeout)) {
            throw new IllegalArgumentException(
                    "timeouts must be positive: handshake " + handshakeTimeout + ", idle " + idleTimeout);
        }
    }

    /**
     * Limits under which one host may have all connections.
     *
     * @param maxFrameBytes the longest message that is taken, in bytes of UTF-8
     * @param maxConnections how many connections a listener keeps at once
     * @param maxQueuedBytes how much may wait to be sent over one connection, in bytes
     * @param maxBufferedBytes how much may have arrived in part, and how much may wait to be sent, over all, in bytes each
     * @param handshakeTimeout how long a connection may take to open
     * @param idleTimeout how long a connection may carry no frame
     */
    public Limits(
            int maxFrameBytes,
            int maxConnections,
            int maxQueuedBytes,
            long maxBufferedBytes,
            Duration handshakeTimeout,
            Duration idleTimeout) {
        this(
                maxFrameBytes,
                maxConnections,
                maxConnections,
                maxQueuedBytes,
                maxBufferedBytes,
                handshakeTimeout,
                idleTimeout);
    }

    /**
     * These limits with other numbers of connections.
     *
     * @param connections how many connections a listener keeps at once; one host may have the same share of them as before
     * @return the new limits
     */
    public Limits withConnections(int connections) {
        return new Limits(
                maxFrameBytes,
                connections,
                Math.max(1, (int) ((long) maxConnectionsPerHost * connections / maxConnections)),
                maxQueuedBytes,
                maxBufferedBytes,
                handshakeTimeout,
                idleTimeout);
    }

    /**
     * These limits with another idle timeout.
     *
     * @param timeout how long a connection may carry no frame
     * @return the new limits
     */
    public Limits withIdleTimeout(Duration timeout) {
        return new Limits(
                maxFrameBytes,
                maxConnections,
                maxConnectionsPerHost,
                maxQueuedBytes,
                maxBufferedBytes,
                handshakeTimeout,
                timeout);
    }

    private static boolean positive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }
}
