package org.naivechain.websocket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Consumer;
import org.java_websocket.WebSocket;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.ServerHandshake;

/** Java-WebSocket's client for one call. */
final class DialerSocket extends WebSocketClient {
    private final Activity activity = new Activity(this::endSocket);
    private final Limits limits;
    private final FrameHandler handler;
    private final Consumer<DialerSocket> ended;
    private LiveConnection connection;
    private String failure = "the connection was closed during the handshake";

    DialerSocket(
            String host,
            int port,
            String subprotocol,
            Limits limits,
            Budget partialFrames,
            FrameHandler handler,
            Consumer<DialerSocket> ended) {
        super(
                URI.create("ws://peer:" + port + "/"),
                new BoundedDraft(subprotocol, limits.maxFrameBytes(), partialFrames),
                Map.of("Host", (host.contains(":") ? "[" + host + "]" : host) + ":" + port),
                Math.toIntExact(limits.handshakeTimeout().toMillis()));
        this.limits = limits;
        this.handler = handler;
        this.ended = ended;
        // A URI takes fewer names than the network does, so it is not given the name.
        setDnsResolver(uri -> InetAddress.getByName(host));
        setTcpNoDelay(true);
        setDaemon(true);
        setConnectionLostTimeout(0);
    }

    Activity activity() {
        return activity;
    }

    @Override
    public void onOpen(ServerHandshake handshake) {
        activity.open();
        connection = new LiveConnection((WebSocketImpl) getConnection(), activity, limits, () -> 0, SecondLook.NONE);
        connection.guarded(() -> handler.opened(connection));
    }

    @Override
    public void onMessage(String frame) {
        activity.touch();
        connection.guarded(() -> handler.received(connection, frame));
    }

    @Override
    public void onMessage(ByteBuffer frame) {
        close(CloseFrame.REFUSE, "only text frames are understood");
    }

    @Override
    public void onWebsocketPing(WebSocket socket, Framedata ping) {
        connection.pong(() -> super.onWebsocketPing(socket, ping));
    }

    @Override
    public void onError(Exception error) {
        failure = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    }

    @Override
    public void onClose(int code, String reason, boolean remote) {
        ended.accept(this);
        if (connection != null) {
            connection.guarded(() -> handler.closed(connection, reason));
        } else {
            handler.failed(reason == null || reason.isEmpty() ? failure : reason);
        }
    }

    private void endSocket() throws IOException {
        ((WebSocketImpl) getConnection()).closeConnection(CloseFrame.ABNORMAL_CLOSE, Activity.TOO_QUIET);
        if (getSocket() != null) {
            getSocket().close();
        }
    }
}
