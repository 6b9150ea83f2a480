package org.naivechain.websocket;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/** When a socket last did something, and how to end it when it does nothing any more. Any thread may use it. */
final class Activity {
    static final String TOO_QUIET = "nothing was heard for too long";

    private final String remoteHost;
    private final Closeable socket;
    private volatile long last = System.nanoTime();
    private volatile boolean opened;

    Activity(String remoteHost, Closeable socket) {
        this.remoteHost = remoteHost;
        this.socket = socket;
    }

    String remoteHost() {
        return remoteHost;
    }

    void open() {
        opened = true;
        touch();
    }

    void touch() {
        last = System.nanoTime();
    }

    boolean isOverdue(Limits limits) {
        Duration allowed = opened ? limits.idleTimeout() : limits.handshakeTimeout();
        return System.nanoTime() - last > allowed.toNanos();
    }

    void end() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed all the same: the descriptor is gone whatever the peer made of it.
        }
    }
}
