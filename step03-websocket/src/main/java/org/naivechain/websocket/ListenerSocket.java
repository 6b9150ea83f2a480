package org.naivechain.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.java_websocket.WebSocket;
import org.java_websocket.WebSocketAdapter;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.drafts.Draft;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ServerHandshakeBuilder;
import org.java_websocket.server.DefaultWebSocketServerFactory;
import org.java_websocket.server.WebSocketServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Java-WebSocket's server, told what it leaves open: how many may call, how long they may dawdle, and who may not. */
final class ListenerSocket extends WebSocketServer {
    private static final Logger LOG = LoggerFactory.getLogger("RPC_SERVER");

    /** The activity of each socket from the moment it is accepted, before there is a connection to attach it to. */
    private final Map<SelectionKey, Activity> activities = new ConcurrentHashMap<>();

    private final Limits limits;
    private final FrameHandler handler;
    private final Reaper reaper;
    private boolean started;

    ListenerSocket(ServerSocketChannel channel, String subprotocol, Limits limits, FrameHandler handler) {
        super(channel);
        this.limits = limits;
        this.handler = handler;
        this.reaper = new Reaper(limits, "websocket-listener-reaper");
        setTcpNoDelay(true);
        setReuseAddr(true);
        setDaemon(true);
        setConnectionLostTimeout(0);
        setWebSocketFactory(new Doorman(
                new BoundedDraft(subprotocol, limits.maxFrameBytes(), new Budget(limits.maxBufferedBytes()))));
    }

    @Override
    public void start() {
        started = true;
        super.start();
    }

    void shutDown(int millis) throws InterruptedException {
        if (started) {
            stop(millis);
        }
        reaper.close();
    }

    @Override
    public ServerHandshakeBuilder onWebsocketHandshakeReceivedAsServer(
            WebSocket socket, Draft draft, ClientHandshake request) throws InvalidDataException {
        // Browsers always name the page that calls; nodes never do. A page has no business on this port.
        if (request.hasFieldValue("Origin")) {
            throw new InvalidDataException(CloseFrame.REFUSE, "web pages must not talk to a node");
        }
        return super.onWebsocketHandshakeReceivedAsServer(socket, draft, request);
    }

    @Override
    public void onOpen(WebSocket socket, ClientHandshake handshake) {
        WebSocketImpl opened = (WebSocketImpl) socket;
        Activity activity = activities.get(opened.getSelectionKey());
        if (activity == null) {
            opened.closeConnection(CloseFrame.TRY_AGAIN_LATER, "opened too late");
            return;
        }
        activity.open();
        LiveConnection connection = new LiveConnection(
                opened,
                activity,
                limits,
                this::queuedByAll,
                new SecondLook(opened, () -> onWriteDemand(opened), reaper::soon));
        opened.setAttachment(connection);
        connection.guarded(() -> handler.opened(connection));
    }

    @Override
    public void onMessage(WebSocket socket, String frame) {
        LiveConnection connection = socket.getAttachment();
        if (connection != null) {
            connection.touch();
            connection.guarded(() -> handler.received(connection, frame));
        }
    }

    @Override
    public void onMessage(WebSocket socket, ByteBuffer frame) {
        socket.close(CloseFrame.REFUSE, "only text frames are understood");
    }

    @Override
    public void onClose(WebSocket socket, int code, String reason, boolean remote) {
        Activity activity = activities.remove(((WebSocketImpl) socket).getSelectionKey());
        if (activity != null) {
            reaper.forget(activity);
        }
        LiveConnection connection = socket.getAttachment();
        if (connection != null) {
            connection.guarded(() -> handler.closed(connection, reason));
        }
    }

    @Override
    public void onError(WebSocket socket, Exception error) {
        // Java-WebSocket stops its server on an Error, which it hands over wrapped.
        if (socket == null || error.getCause() instanceof Error) {
            LOG.error("the WebSocket listener failed; nobody can call this node any more", error);
        }
    }

    @Override
    public void onWebsocketPing(WebSocket socket, Framedata ping) {
        LiveConnection connection = socket.getAttachment();
        if (connection != null) {
            connection.pong(() -> super.onWebsocketPing(socket, ping));
        }
    }

    private long queuedByAll() {
        long queued = 0;
        for (WebSocket socket : getConnections()) {
            LiveConnection connection = socket.getAttachment();
            queued += connection == null ? 0 : connection.queuedBytes();
        }
        return queued;
    }

    @Override
    public void onStart() {
        // The port was bound before; there is nothing to wait for.
    }

    /** Counts and times sockets from the moment they are accepted, which is before Java-WebSocket tells of them. */
    private final class Doorman extends DefaultWebSocketServerFactory {
        private final Draft draft;
        private boolean full;

        Doorman(Draft draft) {
            this.draft = draft;
        }

        /** The server's constructor for a bound channel takes no draft; this is where one can be put in. */
        @Override
        public WebSocketImpl createWebSocket(WebSocketAdapter server, List<Draft> none) {
            return super.createWebSocket(server, List.of(draft));
        }

        @Override
        public SocketChannel wrapChannel(SocketChannel channel, SelectionKey key) {
            activities.keySet().removeIf(old -> !old.isValid());
            if (activities.size() >= limits.maxConnections()) {
                if (!full) {
                    LOG.warn("refusing connections: {} are open, which is the limit", limits.maxConnections());
                }
                full = true;
                closeNow(channel);
            } else {
                full = false;
                Activity activity = new Activity(() -> end(key));
                activities.put(key, activity);
                reaper.watch(activity);
            }
            return channel;
        }

        private void end(SelectionKey key) {
            ((WebSocketImpl) key.attachment()).closeConnection(CloseFrame.ABNORMAL_CLOSE, Activity.TOO_QUIET);
        }

        private void closeNow(SocketChannel channel) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("closing a refused connection", e);
            }
        }
    }
}
