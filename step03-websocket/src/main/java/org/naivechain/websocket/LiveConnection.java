package org.naivechain.websocket;

import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.framing.CloseFrame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection of Java-WebSocket, with a bound on what waits to be sent. */
final class LiveConnection implements Connection {
    /** A control frame carries 125 bytes, two of them the code (RFC 6455, 5.5). */
    private static final int MAX_REASON_CHARS = 123;

    private static final Logger LOG = LoggerFactory.getLogger("RPC_SERVER");

    /** A connection with less than this in its queue is not the one that makes the queues long. */
    private static final int MODEST_BYTES = 64 * 1024;

    private final WebSocketImpl socket;
    private final Activity activity;
    private final Limits limits;
    private final LongSupplier queuedByAll;
    private final SecondLook secondLook;
    private final String remoteHost;

    /**
     * A connection.
     *
     * @param socket the open socket
     * @param activity when it last did something
     * @param limits what the other end may spend
     * @param queuedByAll how many bytes wait to be sent over all connections
     * @param secondLook what sees to it that they are
     */
    LiveConnection(
            WebSocketImpl socket, Activity activity, Limits limits, LongSupplier queuedByAll, SecondLook secondLook) {
        this.socket = socket;
        this.activity = activity;
        this.limits = limits;
        this.queuedByAll = queuedByAll;
        this.secondLook = secondLook;
        this.remoteHost = socket.getRemoteSocketAddress().getAddress().getHostAddress();
    }

    @Override
    public String remoteHost() {
        return remoteHost;
    }

    @Override
    public String subprotocol() {
        return subprotocol(socket);
    }

    static String subprotocol(WebSocketImpl socket) {
        return socket.getProtocol() == null ? "" : socket.getProtocol().getProvidedProtocol();
    }

    @Override
    public void send(String frame) {
        long queued = queuedBytes();
        if (queued > limits.maxQueuedBytes()) {
            drop("more than " + limits.maxQueuedBytes() + " bytes wait for the other end to read");
            return;
        }
        if (queued > MODEST_BYTES && queuedByAll.getAsLong() > limits.maxBufferedBytes()) {
            drop("too much waits to be sent, and " + queued + " bytes of it for the other end to read");
            return;
        }
        try {
            activity.touch();
            socket.send(frame);
            secondLook.plan();
        } catch (WebsocketNotConnectedException e) {
            // The connection was closed a moment ago; its handler hears of that by itself.
        }
    }

    @Override
    public void close(String reason) {
        socket.close(CloseFrame.POLICY_VALIDATION, closeText(reason));
        secondLook.plan();
    }

    Activity activity() {
        return activity;
    }

    void touch() {
        activity.touch();
    }

    /** Whatever a handler throws ends its own connection only: an Error would make Java-WebSocket stop the server. */
    void guarded(Runnable call) {
        try {
            call.run();
        } catch (Throwable t) {
            LOG.error("a frame could not be handled", t);
            close("internal error");
        }
    }

    /** Answers a ping unless something waits to be sent: whoever floods pings and reads nothing must not fill the queue. */
    void pong(Runnable answer) {
        if (socket.outQueue.isEmpty()) {
            answer.run();
        }
    }

    private void drop(String reason) {
        socket.closeConnection(CloseFrame.POLICY_VALIDATION, reason);
    }

    long queuedBytes() {
        return socket.outQueue.stream().mapToLong(ByteBuffer::remaining).sum();
    }

    private static String closeText(String reason) {
        return ascii(reason, MAX_REASON_CHARS);
    }

    static String ascii(String text, int maxChars) {
        String ascii = text.replaceAll("[^\\x20-\\x7e]", "?");
        return ascii.length() <= maxChars ? ascii : ascii.substring(0, maxChars - 3) + "...";
    }
}
