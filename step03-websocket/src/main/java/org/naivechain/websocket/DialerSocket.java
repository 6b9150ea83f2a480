package org.naivechain.websocket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.java_websocket.WebSocket;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ServerHandshake;

/** Java-WebSocket's client for one call. */
final class DialerSocket extends WebSocketClient {
    final LiveConnection connection;
    private final Gate.Call call;
    private final FrameHandler handler;
    private Optional<String> firstFrame = Optional.empty();
    private String failure = "the connection was closed during the handshake";

    DialerSocket(
            String host, int port, BoundedDraft draft, Gate.Call call, Connections connections, FrameHandler handler) {
        super(
                URI.create("ws://peer:" + port + "/"),
                draft,
                call.headers(),
                Math.toIntExact(connections.limits.handshakeTimeout().toMillis()));
        this.connection =
                new LiveConnection(connections, (WebSocketImpl) getConnection(), this::closeSocket, host, handler);
        this.call = call;
        this.handler = handler;
        addHeader("Host", (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
        // A URI takes fewer names than the network does, so it is not given the name.
        setDnsResolver(uri -> address(host));
        setTcpNoDelay(true);
        setDaemon(true);
        setConnectionLostTimeout(0);
    }

    private InetAddress address(String host) throws UnknownHostException {
        try {
            InetAddress address = InetAddress.getByName(host);
            connection.remoteHost = address.getHostAddress();
            return address;
        } catch (UnknownHostException e) {
            throw new UnknownHostException("no such host: " + host);
        }
    }

    @Override
    public void onWebsocketHandshakeReceivedAsClient(
            WebSocket socket, ClientHandshake request, ServerHandshake response) throws InvalidDataException {
        try {
            firstFrame = call.answer().of(connection.head(response, socket.getProtocol()));
        } catch (Gate.Refusal e) {
            // By itself Java-WebSocket would wait here for the other end to hang up.
            connection.socket.closeConnection(CloseFrame.REFUSE, e.getMessage());
            throw new InvalidDataException(CloseFrame.REFUSE, e.getMessage());
        }
    }

    @Override
    public void onOpen(ServerHandshake handshake) {
        firstFrame.ifPresent(this::send);
        connection.letIn();
    }

    @Override
    public void onMessage(String frame) {
        connection.received(frame);
    }

    @Override
    public void onMessage(ByteBuffer frame) {
        close(CloseFrame.REFUSE, "only text frames are understood");
    }

    @Override
    public void onWebsocketPing(WebSocket socket, Framedata ping) {
        connection.pinged(() -> super.onWebsocketPing(socket, ping));
    }

    @Override
    public void onError(Exception error) {
        failure = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    }

    @Override
    public void onClose(int code, String reason, boolean remote) {
        if (!connection.closed(reason)) {
            handler.failed(reason == null || reason.isEmpty() ? failure : Refused.reasonIn(reason));
        }
    }

    /** Java-WebSocket closes a client's socket in good order only; the thread of the call may wait at it. */
    private void closeSocket() {
        try {
            if (getSocket() != null) {
                getSocket().close();
            }
        } catch (IOException e) {
            // It is closed all the same: the descriptor is gone whatever the peer made of it.
        }
    }
}
