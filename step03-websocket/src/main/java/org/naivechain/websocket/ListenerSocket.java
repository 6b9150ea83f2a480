package org.naivechain.websocket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.java_websocket.WebSocket;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ServerHandshakeBuilder;
import org.java_websocket.server.WebSocketServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Java-WebSocket's server, told what it leaves open: how many may call, how long they may dawdle, and who may not. */
final class ListenerSocket extends WebSocketServer {
    private static final Logger LOG = LoggerFactory.getLogger("RPC_SERVER");
    private static final Duration QUIET = Duration.ofMinutes(1);

    /** The activity of each socket from the moment it is accepted, before there is a connection to attach it to. */
    private final Map<SelectionKey, Activity> activities = new ConcurrentHashMap<>();

    /** Asked early, because asking takes a file. */
    private final long openFiles = OpenFiles.limit();

    private final List<Draft> drafts;
    private final Limits limits;
    private final AccessRules access;
    private final FrameHandler handler;
    private final Reaper reaper;
    private boolean started;
    private volatile boolean ending;
    private boolean full;
    private boolean crowded;
    private Instant warnAgain = Instant.MIN;

    ListenerSocket(
            ServerSocketChannel channel, String subprotocol, Limits limits, AccessRules access, FrameHandler handler) {
        super(channel);
        this.limits = limits;
        this.access = access;
        this.handler = handler;
        this.drafts = List.of(
                new BoundedDraft(subprotocol, limits.maxFrameBytes(), new Budget(limits.maxBufferedBytes())),
                new PlainHttp());
        this.reaper = new Reaper(limits, "websocket-listener-reaper");
        setReuseAddr(true);
        setDaemon(true);
        setConnectionLostTimeout(0);
    }

    @Override
    public void start() {
        started = true;
        super.start();
    }

    @Override
    public void run() {
        try {
            super.run();
        } finally {
            if (!ending) {
                handler.listenerFailed();
            }
        }
    }

    void shutDown(int millis) throws InterruptedException {
        ending = true;
        if (started) {
            stop(millis);
        }
        reaper.close();
    }

    @Override
    public ServerHandshakeBuilder onWebsocketHandshakeReceivedAsServer(
            WebSocket socket, Draft draft, ClientHandshake request) throws InvalidDataException {
        WebSocketImpl caller = (WebSocketImpl) socket;
        String host = remoteHost(caller);
        Optional<String> objection = handler.objection(host);
        if (objection.isPresent()) {
            throw turnAway(caller, objection.get());
        }
        if (draft instanceof PlainHttp) {
            throw turnAway(caller, Refused.plainHttp(caller, access.httpAnswer()));
        }
        Optional<String> page = OriginCheck.objection(request, caller.getLocalSocketAddress(), access.advertised());
        if (page.isPresent()) {
            throw keepOut(caller, page.get());
        }
        if (from(host) > limits.maxConnectionsPerHost()) {
            throw keepOut(caller, "at most " + limits.maxConnectionsPerHost() + " connections may come from one host");
        }
        ServerHandshakeBuilder response = super.onWebsocketHandshakeReceivedAsServer(socket, draft, request);
        if (access.key().isPresent()) {
            Activity activity = activities.get(caller.getSelectionKey());
            if (activity == null) {
                throw turnAway(caller, "the connection is closed");
            }
            Challenge challenge = challenge(caller, (Draft_6455) draft, request);
            response.put(Challenge.NONCE, challenge.listenersNonce());
            response.put(Challenge.PROOF, challenge.listenersProof());
            activity.demand(challenge);
        }
        return response;
    }

    private Challenge challenge(WebSocketImpl caller, Draft_6455 draft, ClientHandshake request)
            throws InvalidDataException {
        byte[] callersNonce =
                Challenge.readNonce(request.getFieldValue(Challenge.NONCE)).orElse(null);
        if (callersNonce == null) {
            throw keepOut(caller, "this network needs a key: start with --network-key-file");
        }
        String subprotocol =
                draft.getProtocol() == null ? "" : draft.getProtocol().getProvidedProtocol();
        return new Challenge(access.key().orElseThrow(), subprotocol, callersNonce, Challenge.freshNonce());
    }

    private InvalidDataException keepOut(WebSocketImpl caller, String reason) {
        handler.keptOut(remoteHost(caller), reason);
        return turnAway(caller, reason);
    }

    private InvalidDataException turnAway(WebSocketImpl caller, String reason) {
        return turnAway(caller, Refused.refuse(caller, reason));
    }

    private InvalidDataException turnAway(WebSocketImpl caller, InvalidDataException refusal) {
        reaper.soon(() -> hangUpWhenToldWhy(caller));
        return refusal;
    }

    /** By itself Java-WebSocket would wait for the caller to hang up. */
    private void hangUpWhenToldWhy(WebSocketImpl caller) {
        if (caller.outQueue.isEmpty()) {
            caller.closeConnection(CloseFrame.REFUSE, "refused");
        } else if (caller.getSelectionKey().isValid()) {
            onWriteDemand(caller);
            reaper.soon(() -> hangUpWhenToldWhy(caller));
        }
    }

    private static String remoteHost(WebSocketImpl socket) {
        InetSocketAddress remote = socket.getRemoteSocketAddress();
        return remote == null ? "nowhere" : remote.getAddress().getHostAddress();
    }

    /** How many sockets one host has, those included that are not open yet. */
    private long from(String host) {
        return activities.values().stream()
                .filter(activity -> activity.remoteHost().equals(host))
                .count();
    }

    @Override
    public void onOpen(WebSocket socket, ClientHandshake handshake) {
        WebSocketImpl opened = (WebSocketImpl) socket;
        Activity activity = activities.get(opened.getSelectionKey());
        if (activity == null) {
            opened.closeConnection(CloseFrame.TRY_AGAIN_LATER, "opened too late");
            return;
        }
        LiveConnection connection = new LiveConnection(
                opened,
                activity,
                limits,
                this::queuedByAll,
                new SecondLook(opened, () -> onWriteDemand(opened), reaper::soon));
        opened.setAttachment(connection);
        if (access.key().isEmpty()) {
            letIn(connection);
        }
    }

    private void letIn(LiveConnection connection) {
        connection.activity().open();
        connection.guarded(() -> handler.opened(connection));
    }

    /** Takes the first frame of a caller who is to prove that it holds the key. */
    private void prove(LiveConnection connection, WebSocket socket, String frame) {
        boolean proven = connection
                .activity()
                .challenge()
                .map(challenge -> challenge.isCallersProofFrame(frame))
                .orElse(false);
        if (proven && socket.isOpen()) {
            letIn(connection);
        } else {
            socket.close(CloseFrame.REFUSE, "no proof that you hold the network key");
        }
    }

    private static boolean isIn(LiveConnection connection) {
        return connection != null && connection.activity().isOpen();
    }

    @Override
    public void onMessage(WebSocket socket, String frame) {
        LiveConnection connection = socket.getAttachment();
        if (isIn(connection)) {
            connection.touch();
            connection.guarded(() -> handler.received(connection, frame));
        } else if (connection != null) {
            prove(connection, socket, frame);
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
        if (isIn(connection)) {
            connection.guarded(() -> handler.closed(connection, reason));
        }
    }

    /** This end hangs up; the codes are those that only what the other end did can cause. */
    @Override
    public void onCloseInitiated(WebSocket socket, int code, String reason) {
        if (code == CloseFrame.PROTOCOL_ERROR
                || code == CloseFrame.REFUSE
                || code == CloseFrame.NO_UTF8
                || code == CloseFrame.TOOBIG) {
            String host = remoteHost((WebSocketImpl) socket);
            if (isIn(socket.getAttachment())) {
                handler.refused(host, reason);
            } else {
                handler.keptOut(host, reason);
            }
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
        if (isIn(connection)) {
            connection.guarded(() -> handler.pinged(connection));
            connection.pong(() -> super.onWebsocketPing(socket, ping));
        }
    }

    @Override
    public void onWebsocketPong(WebSocket socket, Framedata pong) {
        LiveConnection connection = socket.getAttachment();
        if (isIn(connection)) {
            connection.guarded(() -> handler.pinged(connection));
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

    /**
     * Takes a call instead of Java-WebSocket, which closes the port for good when that fails a single time, for example because
     * too many files are open. It takes the exception for a port that was closed meanwhile, and goes on.
     */
    @Override
    protected boolean onConnect(SelectionKey port) {
        port.selector().selectedKeys().remove(port);
        try {
            SocketChannel caller = ((ServerSocketChannel) port.channel()).accept();
            if (caller != null) {
                admit(caller, port.selector());
            }
        } catch (ClosedChannelException e) {
            LOG.debug("the port was closed", e);
        } catch (IOException e) {
            pause(port, e);
        }
        throw new CancelledKeyException();
    }

    /** Callers wait meanwhile, in a queue of the operating system. */
    private void pause(SelectionKey port, IOException reason) {
        if (Instant.now().isAfter(warnAgain)) {
            warnAgain = Instant.now().plus(QUIET);
            LOG.warn(
                    "Cannot take calls: {}. This process may have {} files and sockets open; raise that limit (ulimit -n)."
                            + " Calls wait until some are closed",
                    reason.getMessage(),
                    openFiles);
        }
        port.interestOps(0);
        reaper.later(() -> {
            port.interestOps(SelectionKey.OP_ACCEPT);
            port.selector().wakeup();
        });
    }

    /** Counts and times a socket from its first moment, which is before Java-WebSocket tells of it. */
    private void admit(SocketChannel caller, Selector selector) {
        String host = caller.socket().getInetAddress().getHostAddress();
        activities.keySet().removeIf(old -> !old.isValid());
        boolean isFull = activities.size() >= limits.maxConnections();
        // Up to there a caller is told why; who goes on gets no more places to wait in.
        boolean isCrowded = from(host) >= 2L * limits.maxConnectionsPerHost();
        if (isFull && !full) {
            LOG.warn("refusing connections: {} are open, which is the limit", limits.maxConnections());
        } else if (isCrowded && !crowded) {
            LOG.warn("refusing connections: {} has too many", host);
        }
        full = isFull;
        crowded = isCrowded;
        try {
            if (full || crowded) {
                caller.close();
            } else {
                register(caller, host, selector);
            }
        } catch (IOException e) {
            LOG.debug("a caller has gone", e);
        }
    }

    private void register(SocketChannel caller, String host, Selector selector) throws IOException {
        try {
            WebSocketImpl socket = new WebSocketImpl(this, drafts);
            caller.configureBlocking(false);
            caller.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SelectionKey key = caller.register(selector, SelectionKey.OP_READ, socket);
            socket.setSelectionKey(key);
            socket.setChannel(caller);
            allocateBuffers(socket);
            Activity activity =
                    new Activity(host, () -> socket.closeConnection(CloseFrame.ABNORMAL_CLOSE, Activity.TOO_QUIET));
            activities.put(key, activity);
            reaper.watch(activity);
        } catch (IOException e) {
            caller.close();
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
