package org.naivechain.websocket;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * How much a stranger may make this node spend.
 *
 * @param maxFrameBytes the longest message that is taken, in bytes of UTF-8; a longer one closes its connection
 * @param maxConnections how many connections a listener keeps at once; a further one is closed at once
 * @param maxConnectionsPerHost how many of them may come from one host, so that nobody takes all places; a further one is
 *     refused
 * @param maxQueuedBytes how much may wait to be sent over one connection, in bytes; more closes it
 * @param maxBufferedBytes two sums over all connections, in bytes: of frames that have arrived in part, and of what waits to be
 *     sent. Neither may be more; the connection that asks for more is closed
 * @param handshakeTimeout how long a connection may take to open
 * @param idleTimeout how long a connection may carry no text; pings do not count
 */
public record Limits(
        int maxFrameBytes,
        int maxConnections,
        int maxConnectionsPerHost,
        int maxQueuedBytes,
        long maxBufferedBytes,
        Duration handshakeTimeout,
        Duration idleTimeout) {
    private static final int MB = 1024 * 1024;

    /**
     * Room for the largest block with its frame and for some hundred peers, in a heap of 256 MB; and for many nodes on one
     * machine, each of which keeps one connection.
     */
    public static final Limits DEFAULT =
            new Limits(4 * MB, 500, 100, 8 * MB, 32L * MB, Duration.ofSeconds(5), Duration.ofSeconds(60));

    /**
     * Limits that each leave room for something.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public Limits {
        if (Stream.of(maxFrameBytes, maxConnections, maxConnectionsPerHost, maxQueuedBytes)
                        .anyMatch(limit -> limit < 1)
                || maxBufferedBytes < 1
                || handshakeTimeout.toMillis() < 1
                || idleTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /** {@return these limits for a listener with so many connections; one host may have the same share of them as before} */
    public Limits withConnections(int connections) {
        int perHost = Math.max(1, (int) ((long) maxConnectionsPerHost * connections / maxConnections));
        return new Limits(
                maxFrameBytes, connections, perHost, maxQueuedBytes, maxBufferedBytes, handshakeTimeout, idleTimeout);
    }

    /** {@return these limits for connections that may be idle for so long} */
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

    /** {@return how many files and sockets this process may have open at once; {@link Long#MAX_VALUE} if that has no limit} */
    public static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }
}
