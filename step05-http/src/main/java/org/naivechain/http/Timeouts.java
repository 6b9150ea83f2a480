package org.naivechain.http;

import java.time.Duration;

/**
 * How long the HTTP server waits for others.
 *
 * @param answer for the node to answer, before the client is told that the outcome is unknown
 * @param request for the next byte of a client that has no request under way, the first one included
 * @param idle for the next byte of a client during a request, in either direction
 * @param body for a whole body, counted from its first read
 * @param drain for requests in flight, when the server is closed
 */
record Timeouts(Duration answer, Duration request, Duration idle, Duration body, Duration drain) {
    static final Timeouts DEFAULT = new Timeouts(
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(2));
}
