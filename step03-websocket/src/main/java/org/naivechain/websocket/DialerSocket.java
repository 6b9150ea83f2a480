package org.naivechain.websocket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
    private final Activity activity;
    private final byte[] nonce;
    private final Limits limits;
    private final Optional<NetworkKey> key;
    private final FrameHandler handler;
    private final Consumer<DialerSocket> ended;
    private Optional<Challenge> challenge = Optional.empty();
    private LiveConnection connection;
    private String failure = "the connection was closed during the handshake";

    DialerSocket(
            String host,
            int port,
            String subprotocol,
            Limits limits,
            Optional<NetworkKey> key,
            Budget partialFrames,
            FrameHandler handler,
            Consumer<DialerSocket> ended) {
        this(host, port, subprotocol, limits, key, Challenge.freshNonce(), partialFrames, handler, ended);
    }

    private DialerSocket(
            String host,
            int port,
            String subprotocol,
            Limits limits,
            Optional<NetworkKey> key,
            byte[] nonce,
            Budget partialFrames,
            FrameHandler handler,
            Consumer<DialerSocket> ended) {
        super(
                URI.create("ws://peer:" + port + "/"),
                new BoundedDraft(subprotocol, limits.maxFrameBytes(), partialFrames),
                headers((host.contains(":") ? "[" + host + "]" : host) + ":" + port, key, nonce),
                Math.toIntExact(limits.handshakeTimeout().toMillis()));
        this.activity = new Activity(host, this::endSocket);
        this.nonce = nonce;
        this.limits = limits;
        this.key = key;
        this.handler = handler;
        this.ended = ended;
        // A URI takes fewer names than the network does, so it is not given the name.
        setDnsResolver(uri -> address(host));
        setTcpNoDelay(true);
        setDaemon(true);
        setConnectionLostTimeout(0);
    }

    private static InetAddress address(String host) throws UnknownHostException {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new UnknownHostException("no such host: " + host);
        }
    }

    private static Map<String, String> headers(String host, Optional<NetworkKey> key, byte[] nonce) {
        Map<String, String> headers = new HashMap<>(Map.of("Host", host));
        key.ifPresent(held -> headers.put(Challenge.NONCE, Challenge.write(nonce)));
        return headers;
    }

    Activity activity() {
        return activity;
    }

    /** Whoever took the call must prove first that it holds the key: nothing is said to others. */
    @Override
    public void onWebsocketHandshakeReceivedAsClient(
            WebSocket socket, ClientHandshake request, ServerHandshake response) throws InvalidDataException {
        if (key.isEmpty()) {
            return;
        }
        String proof = response.getFieldValue(Challenge.PROOF);
        Optional<byte[]> listenersNonce = Challenge.readNonce(response.getFieldValue(Challenge.NONCE));
        if (proof.isEmpty() || listenersNonce.isEmpty()) {
            throw hangUp(socket, "the node there has no network key, and this one has");
        }
        Challenge made = new Challenge(
                key.get(), LiveConnection.subprotocol((WebSocketImpl) socket), nonce, listenersNonce.get());
        if (!made.isListenersProof(proof)) {
            throw hangUp(socket, "the node there did not prove that it holds this node's network key");
        }
        challenge = Optional.of(made);
    }

    /** By itself Java-WebSocket would wait here for the other end to hang up. */
    private static InvalidDataException hangUp(WebSocket socket, String reason) {
        ((WebSocketImpl) socket).closeConnection(CloseFrame.REFUSE, reason);
        return new InvalidDataException(CloseFrame.REFUSE, reason);
    }

    @Override
    public void onOpen(ServerHandshake handshake) {
        activity.open();
        challenge.ifPresent(proven -> send(proven.callersProofFrame()));
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
            handler.failed(reason == null || reason.isEmpty() ? failure : Refused.reasonIn(reason));
        }
    }

    private void endSocket() throws IOException {
        ((WebSocketImpl) getConnection()).closeConnection(CloseFrame.ABNORMAL_CLOSE, Activity.TOO_QUIET);
        if (getSocket() != null) {
            getSocket().close();
        }
    }
}
