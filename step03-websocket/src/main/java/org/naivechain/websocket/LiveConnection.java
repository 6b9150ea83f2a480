package org.naivechain.websocket;

import java.nio.ByteBuffer;
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

    private final WebSocketImpl socket;
    private final Activity activity;
    private final int maxQueuedBytes;
    private final String remoteHost;

    LiveConnection(WebSocketImpl socket, Activity activity, int maxQueuedBytes) {
        this.socket = socket;
        this.activity = activity;
        this.maxQueuedBytes = maxQueuedBytes;
        this.remoteHost = socket.getRemoteSocketAddress().getAddress().getHostAddress();
    }

    @Override
    public String remoteHost() {
        return remoteHost;
    }

    @Override
    public String subprotocol() {
        return socket.getProtocol() == null ? "" : socket.getProtocol().getProvidedProtocol();
    }

    @Override
    public void send(String frame) {
        if (queuedBytes() > maxQueuedBytes) {
            socket.closeConnection(
                    CloseFrame.POLICY_VALIDATION,
                    "more than " + maxQueuedBytes + " bytes wait for the other end to read");
            return;
        }
        try {
            activity.touch();
            socket.send(frame);
        } catch (WebsocketNotConnectedException e) {
            // The connection was closed a moment ago; its handler hears of that by itself.
        }
    }

    @Override
    public void close(String reason) {
        socket.close(CloseFrame.POLICY_VALIDATION, closeText(reason));
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

    private long queuedBytes() {
        return socket.outQueue.stream().mapToLong(ByteBuffer::remaining).sum();
    }

    private static String closeText(String reason) {
        String ascii = reason.replaceAll("[^\\x20-\\x7e]", "?");
        return ascii.length() <= MAX_REASON_CHARS ? ascii : ascii.substring(0, MAX_REASON_CHARS - 3) + "...";
    }
}
