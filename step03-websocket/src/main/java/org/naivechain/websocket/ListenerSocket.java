package org.naivechain.websocket;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.Optional;
import java.util.Set;
import org.java_websocket.WebSocket;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.HandshakeState;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.HandshakeImpl1Client;
import org.java_websocket.handshake.Handshakedata;
import org.java_websocket.handshake.ServerHandshakeBuilder;
import org.java_websocket.server.WebSocketServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Java-WebSocket's server, told what it leaves open: how many may call, how long they may dawdle, and who may not. */
final class ListenerSocket extends WebSocketServer implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger("RPC_SERVER");
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final int PAUSE_MILLIS = 100;
    private static final int STOP_MILLIS = 500;

    /** What only the other end can cause. */
    private static final Set<Integer> ITS_FAULT =
            Set.of(CloseFrame.PROTOCOL_ERROR, CloseFrame.REFUSE, CloseFrame.NO_UTF8, CloseFrame.TOOBIG);

    private final ServerSocketChannel channel;
    private final Connections callers;

    /** Asked early, because asking takes a file. */
    private final long openFiles = Limits.openFiles();

    private final List<Draft> drafts;
    private final Gate gate;
    private final FrameHandler handler;
    private volatile boolean ending;
    private Instant warnAgain = Instant.MIN;

    ListenerSocket(ServerSocketChannel channel, String subprotocol, Limits limits, Gate gate, FrameHandler handler) {
        super(channel);
        this.channel = channel;
        this.gate = gate;
        this.handler = handler;
        this.drafts = List.of(new BoundedDraft(subprotocol, limits), new PlainHttp());
        this.callers = new Connections(limits, limits.maxBufferedBytes(), this::onWriteDemand, "websocket-listener");
        setReuseAddr(true);
        setDaemon(true);
        setConnectionLostTimeout(0);
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

    @Override
    public int port() {
        return channel.socket().getLocalPort();
    }

    @Override
    public void close() {
        ending = true;
        try {
            stop(STOP_MILLIS);
            callers.close();
            channel.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ServerHandshakeBuilder onWebsocketHandshakeReceivedAsServer(
            WebSocket socket, Draft draft, ClientHandshake request) throws InvalidDataException {
        LiveConnection caller = caller(socket);
        Optional<String> objection = handler.objection(caller.remoteHost());
        if (objection.isPresent()) {
            throw turnAway(caller, Refused.answer(objection.get()));
        }
        if (draft instanceof PlainHttp) {
            throw turnAway(caller, Refused.plainHttp(gate.plainHttpAnswer()));
        }
        try {
            if (callers.from(caller.remoteHost()) > callers.limits.maxConnectionsPerHost()) {
                throw new Gate.Refusal(
                        "at most " + callers.limits.maxConnectionsPerHost() + " connections may come from one host");
            }
            Gate.Terms terms = gate.admit(caller.head(request, ((Draft_6455) draft).getProtocol()));
            caller.firstFrame = terms.firstFrame();
            ServerHandshakeBuilder response = super.onWebsocketHandshakeReceivedAsServer(socket, draft, request);
            terms.headers().forEach(response::put);
            return response;
        } catch (Gate.Refusal e) {
            handler.keptOut(caller.remoteHost(), Refused.ascii(e.getMessage(), Refused.MAX_REASON_CHARS));
            throw turnAway(caller, Refused.answer(e.getMessage()));
        }
    }

    /** Java-WebSocket answers every refusal with a page that says nothing; this goes before it, and says that nothing follows. */
    private InvalidDataException turnAway(LiveConnection caller, String answer) {
        caller.socket.outQueue.add(ByteBuffer.wrap(answer.getBytes(US_ASCII)));
        caller.turnedAway = true;
        callers.planLook();
        return new InvalidDataException(CloseFrame.REFUSE);
    }

    private static LiveConnection caller(WebSocket socket) {
        return socket.getAttachment();
    }

    @Override
    public void onOpen(WebSocket socket, ClientHandshake handshake) {
        LiveConnection caller = caller(socket);
        if (!caller.socket.getSelectionKey().isValid()) {
            caller.socket.closeConnection(CloseFrame.TRY_AGAIN_LATER, "opened too late");
        } else if (caller.firstFrame.isEmpty()) {
            caller.letIn();
        }
    }

    @Override
    public void onMessage(WebSocket socket, String frame) {
        LiveConnection caller = caller(socket);
        if (caller.isIn) {
            caller.received(frame);
        } else if (socket.isOpen() && caller.firstFrame.isPresent()) {
            try {
                caller.firstFrame.get().of(frame);
                caller.letIn();
            } catch (Gate.Refusal e) {
                socket.close(CloseFrame.REFUSE, e.getMessage());
            }
        }
    }

    @Override
    public void onMessage(WebSocket socket, ByteBuffer frame) {
        socket.close(CloseFrame.REFUSE, "only text frames are understood");
    }

    @Override
    public void onClose(WebSocket socket, int code, String reason, boolean remote) {
        caller(socket).closed(reason);
    }

    @Override
    public void onCloseInitiated(WebSocket socket, int code, String reason) {
        if (ITS_FAULT.contains(code)) {
            LiveConnection caller = caller(socket);
            if (caller.isIn) {
                handler.refused(caller.remoteHost(), reason);
            } else {
                handler.keptOut(caller.remoteHost(), reason);
            }
        }
    }

    @Override
    public void onError(WebSocket socket, Exception error) {
        // Java-WebSocket stops its server on an Error, which it hands over wrapped.
        if (!ending && (socket == null || error.getCause() instanceof Error)) {
            LOG.error("the WebSocket listener failed; nobody can call this node any more", error);
        }
    }

    @Override
    public void onWebsocketPing(WebSocket socket, Framedata ping) {
        caller(socket).pinged(() -> super.onWebsocketPing(socket, ping));
    }

    @Override
    public void onWebsocketPong(WebSocket socket, Framedata pong) {
        caller(socket).pinged(() -> {});
    }

    @Override
    public void onStart() {
        // The port was bound before; there is nothing to wait for.
    }

    /**
     * Takes a call instead of Java-WebSocket, which closes the port for good when that fails a single time, for example because
     * too many files are open. This ends with an exception always: the library then takes the port for closed, does not accept a
     * second time, and goes on.
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
        warn("Cannot take calls: " + reason.getMessage() + ". This process may have " + openFiles
                + " files and sockets open; raise that limit (ulimit -n). Calls wait until some are closed");
        port.interestOps(0);
        callers.after(PAUSE_MILLIS, () -> {
            port.interestOps(SelectionKey.OP_ACCEPT);
            port.selector().wakeup();
        });
    }

    /** Strangers decide how often there is something to warn of. */
    private void warn(String message) {
        if (Instant.now().isAfter(warnAgain)) {
            warnAgain = Instant.now().plus(QUIET);
            LOG.warn(message);
        }
    }

    /** Counts a socket from its first moment, which is before Java-WebSocket tells of it. */
    private void admit(SocketChannel channel, Selector selector) {
        String host = channel.socket().getInetAddress().getHostAddress();
        // Java-WebSocket does not tell of the end of those that never opened.
        callers.sweep();
        try {
            if (callers.all.size() >= callers.limits.maxConnections()) {
                channel.close();
                warn("refusing connections: " + callers.limits.maxConnections() + " are open, which is the limit");
            } else if (callers.from(host) >= 2L * callers.limits.maxConnectionsPerHost()) {
                // Up to there a caller is told why; who goes on gets no more places to wait in.
                channel.close();
                warn("refusing connections: " + host + " has too many");
            } else {
                register(channel, host, selector);
            }
        } catch (IOException e) {
            LOG.debug("a caller has gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void register(SocketChannel channel, String host, Selector selector)
            throws IOException, InterruptedException {
        WebSocketImpl socket = new WebSocketImpl(this, drafts);
        LiveConnection caller = new LiveConnection(callers, socket, () -> {}, host, handler);
        socket.setAttachment(caller);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            socket.setSelectionKey(channel.register(selector, SelectionKey.OP_READ, socket));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        socket.setChannel(channel);
        allocateBuffers(socket);
        callers.all.add(caller);
    }

    /** Matches what is no WebSocket handshake. Java-WebSocket tries it last, so that such a caller can be told. */
    private static final class PlainHttp extends Draft_6455 {
        @Override
        public Draft copyInstance() {
            return new PlainHttp();
        }

        @Override
        public Handshakedata translateHandshake(ByteBuffer request) {
            return new HandshakeImpl1Client();
        }

        @Override
        public HandshakeState acceptHandshakeAsServer(ClientHandshake request) {
            return HandshakeState.MATCHED;
        }
    }
}
