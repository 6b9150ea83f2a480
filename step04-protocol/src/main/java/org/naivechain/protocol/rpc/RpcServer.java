package org.naivechain.protocol.rpc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.naivechain.protocol.Codec;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.CommandHandler;
import org.naivechain.protocol.Complaints;
import org.naivechain.protocol.Misbehaviour;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Request;
import org.naivechain.protocol.Sender;
import org.naivechain.websocket.Connection;
import org.naivechain.websocket.FrameHandler;
import org.naivechain.websocket.Gate;
import org.naivechain.websocket.Limits;
import org.naivechain.websocket.Listener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes commands from other nodes: reads frames on the listener's threads, has the commands handled on the node's thread, and
 * sends the replies. Nodes of this program keep a connection and number their commands; nodes of the original open one for each.
 */
public final class RpcServer implements AutoCloseable {
    /** What nodes of this program call their way of speaking in the WebSocket handshake. */
    public static final String SUBPROTOCOL = "naivechain.v2";

    private static final Logger LOG = LoggerFactory.getLogger("RPC_SERVER");

    private final Map<Connection, Caller> callers = new ConcurrentHashMap<>();
    private final Complaints complaints = new Complaints(LOG, Instant::now);
    private final Defence defence;
    private final Listener listener;
    private volatile Codec codec;
    private volatile CommandHandler<Command> handler;
    private volatile Executor nodeThread;
    private volatile Runnable failed = () -> {};

    /**
     * Binds a port; nobody is answered before {@link #start}.
     *
     * @param address where to listen; port 0 takes any free one
     * @param limits what strangers may spend
     * @param gate who may talk, and what others are told
     * @throws IOException if the address cannot be bound, for example because it is in use
     */
    public RpcServer(InetSocketAddress address, Limits limits, Gate gate, Defence defence) throws IOException {
        this.defence = defence;
        listener = Listener.bind(address, SUBPROTOCOL, limits, gate, new Frames());
        LOG.info("Initializing RPC server");
        defence.whenShutOut(
                () -> callers.values().forEach(caller -> caller.watch.shutOut().ifPresent(caller::hangUp)));
    }

    /** Says what to do, on a thread of the listener, when that fails, so that nobody can call this node any more. */
    public void whenFailed(Runnable action) {
        failed = action;
    }

    /**
     * Starts to answer.
     *
     * @param commands what handles the commands, always on the node's thread
     * @param thread the node's thread
     */
    public void start(Codec words, CommandHandler<Command> commands, Executor thread) {
        this.codec = words;
        this.handler = commands;
        this.nodeThread = thread;
        LOG.info("Starting RPC server on port {}", port());
        listener.start();
        LOG.info("RPC server waiting for connections");
    }

    /** {@return the port that was bound, never 0} */
    public int port() {
        return listener.port();
    }

    @Override
    public void close() {
        listener.close();
    }

    private void complain(String message, String host, String reason) {
        synchronized (complaints) {
            complaints.log(message, host, reason);
        }
    }

    private final class Frames implements FrameHandler {
        @Override
        public Optional<String> objection(String remoteHost) {
            return defence.objectionToCaller(remoteHost);
        }

        /** Whoever is not let in costs little, and others of its host may be members. */
        @Override
        public void keptOut(String remoteHost, String reason) {
            complain("Turned {} away: {}", remoteHost, reason);
        }

        @Override
        public void listenerFailed() {
            failed.run();
        }

        @Override
        public void refused(String remoteHost, String reason) {
            complain("Refused {}: {}", remoteHost, reason);
            defence.accuseCaller(remoteHost, Misbehaviour.GARBAGE, reason);
        }

        @Override
        public void opened(Connection connection) {
            callers.put(connection, new Caller(connection));
        }

        @Override
        public void closed(Connection connection, String reason) {
            Caller caller = callers.remove(connection);
            if (caller != null) {
                caller.gone = true;
                caller.watch.closed();
            }
        }

        @Override
        public void pinged(Connection connection) {
            Caller caller = callers.get(connection);
            if (caller != null && !caller.gone) {
                caller.watch.pinged();
            }
        }

        @Override
        public void received(Connection connection, String frame) {
            Caller caller = callers.get(connection);
            if (caller != null && !caller.gone) {
                caller.watch
                        .objection(frame.length())
                        .ifPresentOrElse(
                                rule -> caller.refuse(rule, Codec.idAtTheEnd(frame)), () -> caller.read(frame));
            }
        }
    }

    /** The other end of a connection. Used by one of the listener's threads at a time, and by the node's. */
    private final class Caller implements Sender {
        private final Connection connection;
        private final Defence.Watch watch;
        private volatile boolean gone;

        Caller(Connection connection) {
            this.connection = connection;
            this.watch = defence.opened(connection.remoteHost());
        }

        @Override
        public String host() {
            return connection.remoteHost();
        }

        @Override
        public void accuse(Misbehaviour what, String detail) {
            watch.accuse(what, detail);
        }

        void answer(Reply reply, OptionalLong id) {
            if (reply instanceof Reply.Pong && id.isEmpty()) {
                // The original has no word for this either: it hangs up.
                connection.close("PING has no bare answer");
                return;
            }
            String frame = codec.encode(reply, id);
            defence.sent(host(), frame);
            connection.send(frame);
        }

        void hangUp(String reason) {
            gone = true;
            connection.close(reason);
        }

        void refuse(String reason, OptionalLong id) {
            complain("Refused a frame from {}: {}", host(), reason);
            answer(new Reply.Refusal(reason), id);
        }

        void read(String frame) {
            defence.received(host(), frame);
            Request request = codec.decode(frame);
            if (request instanceof Request.Understood understood) {
                Optional<String> objection = watch.admit(understood.command(), frame.length());
                objection.ifPresentOrElse(
                        reason -> refuse(reason, understood.id()),
                        () -> nodeThread.execute(() -> handle(understood, frame.length())));
            } else if (request instanceof Request.Malformed malformed) {
                refuse(malformed.reason(), malformed.id());
                accuse(Misbehaviour.MALFORMED, malformed.reason());
            } else if (request instanceof Request.NotJson notJson) {
                complain("Hung up on {}: {}", host(), notJson.reason());
                hangUp(notJson.reason());
                accuse(Misbehaviour.GARBAGE, notJson.reason());
            }
        }

        /** Nobody hears the reply to a command of a connection that has ended, and one that flooded must stop costing. */
        private void handle(Request.Understood request, int chars) {
            AtomicBoolean open = new AtomicBoolean(true);
            Consumer<Reply> once = reply -> {
                if (open.getAndSet(false)) {
                    watch.release(request.command(), chars);
                    answer(reply, request.id());
                }
            };
            if (gone) {
                watch.release(request.command(), chars);
                return;
            }
            try {
                handler.receive(this, request.command(), once);
            } catch (RuntimeException e) {
                once.accept(new Reply.Refusal("internal error"));
                throw e;
            }
        }
    }
}
