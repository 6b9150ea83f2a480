package org.naivechain.websocket;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.Handshakedata;
import org.java_websocket.protocols.IProtocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection of Java-WebSocket from its first moment, with bounds on its silence and on what waits to be sent. */
final class LiveConnection implements Connection {
    static final String TOO_QUIET = "nothing was heard for too long";

    /** A control frame carries 125 bytes, two of them the code (RFC 6455, 5.5). */
    private static final int MAX_REASON_CHARS = 123;

    private static final Logger LOG = LoggerFactory.getLogger("RPC_SERVER");

    /** A connection with no more than this in its queue is not the one that makes the queues long. */
    private static final int MODEST_BYTES = 64 * 1024;

    final WebSocketImpl socket;
    /** A name until a dialer has found the address. */
    volatile String remoteHost;
    /** What a caller's first frame must pass. */
    volatile Optional<Gate.Check<String, ?>> firstFrame = Optional.empty();
    /** Whether the gate has let the other end through: the handler hears nothing of it before. */
    volatile boolean isIn;
    /** Whether a caller is to be hung up on as soon as it has been told why. */
    volatile boolean turnedAway;

    private final Connections all;
    private final Runnable underneath;
    private final FrameHandler handler;
    private volatile long last = System.nanoTime();

    LiveConnection(
            Connections all, WebSocketImpl socket, Runnable underneath, String remoteHost, FrameHandler handler) {
        this.all = all;
        this.socket = socket;
        this.underneath = underneath;
        this.remoteHost = remoteHost;
        this.handler = handler;
    }

    void letIn() {
        isIn = true;
        last = System.nanoTime();
        guarded(() -> handler.opened(this));
    }

    void received(String frame) {
        last = System.nanoTime();
        guarded(() -> handler.received(this, frame));
    }

    /** Answers a ping unless something waits to be sent: whoever floods pings and reads nothing must not fill the queue. */
    void pinged(Runnable answer) {
        if (isIn) {
            guarded(() -> handler.pinged(this));
            if (socket.outQueue.isEmpty()) {
                answer.run();
            }
        }
    }

    /** Tells of the end, if the handler has heard of the beginning; says whether it has. */
    boolean closed(String reason) {
        all.all.remove(this);
        if (isIn) {
            guarded(() -> handler.closed(this, reason));
        }
        return isIn;
    }

    /** Whatever a handler throws ends its own connection only: an Error would make Java-WebSocket stop the server. */
    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (Throwable t) {
            LOG.error("a frame could not be handled", t);
            close("internal error");
        }
    }

    /** Whether it has ended, or should. */
    boolean isOver() {
        Duration allowed = isIn ? all.limits.idleTimeout() : all.limits.handshakeTimeout();
        return socket.isClosed() || System.nanoTime() - last > allowed.toNanos();
    }

    /** Ends it without a word. */
    void end() {
        socket.closeConnection(CloseFrame.ABNORMAL_CLOSE, TOO_QUIET);
        underneath.run();
    }

    @Override
    public String remoteHost() {
        return remoteHost;
    }

    @Override
    public String subprotocol() {
        return name(socket.getProtocol());
    }

    @Override
    public void send(String frame) {
        long queued = queuedBytes();
        if (queued > all.limits.maxQueuedBytes()) {
            drop("more than " + all.limits.maxQueuedBytes() + " bytes wait for the other end to read");
        } else if (queued > MODEST_BYTES && all.queueTooMuch()) {
            drop("too much waits to be sent, and " + queued + " bytes of it for the other end to read");
        } else {
            try {
                last = System.nanoTime();
                socket.send(frame);
                all.planLook();
            } catch (WebsocketNotConnectedException e) {
                // The connection was closed a moment ago; its handler hears of that by itself.
            }
        }
    }

    private void drop(String reason) {
        socket.closeConnection(CloseFrame.POLICY_VALIDATION, reason);
    }

    @Override
    public void close(String reason) {
        socket.close(CloseFrame.POLICY_VALIDATION, Refused.ascii(reason, MAX_REASON_CHARS));
        all.planLook();
    }

    long queuedBytes() {
        return socket.outQueue.stream().mapToLong(ByteBuffer::remaining).sum();
    }

    /** What the other end has said, for a {@link Gate}. */
    Gate.Head head(Handshakedata said, IProtocol agreed) {
        return new Gate.Head(
                field -> said.hasFieldValue(field) ? Optional.of(said.getFieldValue(field)) : Optional.empty(),
                socket.getLocalSocketAddress(),
                name(agreed));
    }

    private static String name(IProtocol agreed) {
        return agreed == null ? "" : agreed.getProvidedProtocol();
    }
}
