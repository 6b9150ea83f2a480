package org.naivechain.websocket;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * What is known of a socket from its first moment: when it last did something, how to end it when it does nothing any more, and
 * what its other end has still to prove. Any thread may use it.
 */
final class Activity {
    static final String TOO_QUIET = "nothing was heard for too long";

    private final String remoteHost;
    private final Closeable socket;
    private volatile long last = System.nanoTime();
    private volatile boolean opened;
    private volatile Optional<Challenge> challenge = Optional.empty();

    Activity(String remoteHost, Closeable socket) {
        this.remoteHost = remoteHost;
        this.socket = socket;
    }

    void demand(Challenge proof) {
        challenge = Optional.of(proof);
    }

    Optional<Challenge> challenge() {
        return challenge;
    }

    /** Whether the handshake is over, with the proof if there was one to give: nobody is listened to before. */
    boolean isOpen() {
        return opened;
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
