package org.naivechain.protocol.rpc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.naivechain.protocol.Codec;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.CommandHandler;
import org.naivechain.protocol.Complaints;
import org.naivechain.protocol.Misbehaviour;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Request;
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
    private final AtomicLong calls = new AtomicLong();
    private final Complaints complaints = new Complaints(LOG, Instant::now);
    private final Backlog room = new Backlog();
    private final RateLimits rates;
    private final PeerScores scores;
    private final Listener listener;
    private volatile CommandHandler handler;
    private volatile Executor nodeThread;
    private volatile Runnable failed = () -> {};

    private RpcServer(InetSocketAddress address, Limits limits, Gate gate, PeerScores scores) throws IOException {
        this.rates = scores.rates();
        this.scores = scores;
        listener = Listener.bind(address, SUBPROTOCOL, limits, gate, new Frames());
        LOG.info("Initializing RPC server");
        scores.whenShutOut(this::hangUpOn);
    }

    /**
     * Binds a port, for callers with or without a key; nobody is answered before {@link #start}.
     *
     * @param address where to listen; port 0 takes any free one
     * @param limits what strangers may spend
     * @return the bound server
     * @throws IOException if the address cannot be bound, for example because it is in use
     */
    public static RpcServer bind(InetSocketAddress address, Limits limits) throws IOException {
        return bind(address, limits, Gate.OPEN, new PeerScores(RateLimits.DEFAULT, System::nanoTime));
    }

    /**
     * Binds a port; nobody is answered before {@link #start}.
     *
     * @param address where to listen; port 0 takes any free one
     * @param limits what strangers may spend
     * @param gate who may talk, and what others are told
     * @param scores what tells who is to be refused
     * @return the bound server
     * @throws IOException if the address cannot be bound, for example because it is in use
     */
    public static RpcServer bind(InetSocketAddress address, Limits limits, Gate gate, PeerScores scores)
            throws IOException {
        return new RpcServer(address, limits, gate, scores);
    }

    /**
     * Says what to do when the listener fails, so that nobody can call this node any more.
     *
     * @param action what to do, on a thread of the listener; it must not block
     */
    public void whenFailed(Runnable action) {
        failed = action;
    }

    /**
     * Starts to answer.
     *
     * @param commands what handles the commands, always on the node's thread
     * @param thread the node's thread
     */
    public void start(CommandHandler commands, Executor thread) {
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

    /** Ends the connections of one that is shut out. */
    private void hangUpOn(Source source) {
        callers.forEach((connection, caller) -> {
            if (caller.is(source)) {
                caller.gone = true;
                connection.close(scores.objection(source).orElse("shut out"));
            }
        });
    }

    /** One who keeps a connection open. Used by one of the listener's threads at a time, and by the node's. */
    private static final class Caller {
        /** The connection, on loopback; its host otherwise. */
        private final Source source;

        /** The connection, for what is bounded for each. */
        private final Source connection;

        private final AtomicInteger underWay = new AtomicInteger();
        private volatile boolean gone;

        Caller(String host, long number) {
            source = Source.caller(host, number);
            connection = new Source("connection " + number + " from " + host, false);
        }

        boolean is(Source other) {
            return source.equals(other);
        }
    }

    private final class Frames implements FrameHandler {
        @Override
        public Optional<String> objection(String remoteHost) {
            return scores.objection(Source.host(remoteHost));
        }

        /** With a key as without, whoever is not let in costs little, and others of its host may be members. */
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
            if (!Source.isLoopback(remoteHost)) {
                scores.report(Source.host(remoteHost), Misbehaviour.Kind.GARBAGE, reason);
            }
        }

        @Override
        public void opened(Connection connection) {
            callers.put(connection, new Caller(connection.remoteHost(), calls.incrementAndGet()));
        }

        @Override
        public void closed(Connection connection, String reason) {
            Caller caller = callers.remove(connection);
            if (caller != null) {
                caller.gone = true;
                scores.forget(caller.connection);
            }
        }

        /** No node of this program sends any, and they cost as much as a command. */
        @Override
        public void pinged(Connection connection) {
            Caller caller = callers.get(connection);
            if (caller != null && !caller.gone && overTheRate(caller, 0).isPresent()) {
                scores.report(caller.source, Misbehaviour.Kind.FLOOD, "pings");
            }
        }

        private Optional<String> overTheRate(Caller caller, int chars) {
            Optional<String> over = scores.spend(caller.connection, chars);
            return over.isEmpty() && caller.source.isHost() ? scores.spend(caller.source, chars) : over;
        }

        @Override
        public void received(Connection connection, String frame) {
            Caller caller = callers.get(connection);
            if (caller == null || caller.gone) {
                return;
            }
            Optional<String> over = overTheRate(caller, frame.length());
            if (over.isEmpty() && caller.underWay.get() >= rates.commandsUnderWay()) {
                over = Optional.of(
                        "at most " + rates.commandsUnderWay() + " commands may be under way over one connection");
            }
            if (over.isPresent()) {
                refuse(connection, caller, Codec.idAtTheEnd(frame), over.get());
            } else {
                read(connection, caller, frame);
            }
        }

        private void refuse(Connection connection, Caller caller, OptionalLong id, String rule) {
            complain("Refused a frame from {}: {}", connection.remoteHost(), rule);
            connection.send(Codec.encode(new Reply.Refusal(rule), id));
            scores.report(caller.source, Misbehaviour.Kind.FLOOD, rule);
        }

        private void read(Connection connection, Caller caller, String frame) {
            Request request = Codec.decode(frame);
            if (request instanceof Request.Understood understood) {
                admit(connection, caller, understood, CommandCost.of(understood.command(), frame));
            } else if (request instanceof Request.Malformed malformed) {
                complain("Refused a frame from {}: {}", connection.remoteHost(), malformed.reason());
                connection.send(Codec.encode(new Reply.Refusal(malformed.reason()), malformed.id()));
                scores.report(caller.source, Misbehaviour.Kind.MALFORMED, malformed.reason());
            } else if (request instanceof Request.NotJson notJson) {
                complain("Hung up on {}: {}", connection.remoteHost(), notJson.reason());
                caller.gone = true;
                connection.close(notJson.reason());
                scores.report(caller.source, Misbehaviour.Kind.GARBAGE, notJson.reason());
            }
        }

        private void complain(String message, String host, String reason) {
            synchronized (complaints) {
                complaints.log(message, host, reason);
            }
        }

        private void admit(Connection connection, Caller caller, Request.Understood request, CommandCost weight) {
            OptionalLong id = request.id();
            Optional<String> over = weight.isPage() ? overTheRate(caller, weight.page()) : Optional.empty();
            if (over.isPresent()) {
                refuse(connection, caller, id, over.get() + ", and a question for blocks counts as " + weight.page());
            } else if (room.take(weight)) {
                caller.underWay.incrementAndGet();
                Pending pending = new Pending(connection, caller, id, weight);
                nodeThread.execute(() -> handle(request.command(), pending));
            } else {
                connection.send(Codec.encode(new Reply.Refusal("too much is waiting, try again later"), id));
            }
        }

        /** Nobody hears the reply to a command of a connection that has ended, and one that flooded must stop costing. */
        private void handle(Command command, Pending pending) {
            Caller caller = pending.caller;
            if (caller.gone) {
                pending.drop();
                return;
            }
            try {
                scores.hear(
                        caller.source,
                        () -> handler.receive(pending.connection.remoteHost(), command, pending::answer));
            } catch (RuntimeException e) {
                pending.answer(new Reply.Refusal("internal error"));
                throw e;
            }
        }
    }

    /** A command whose reply is still to come. For the node's thread only. */
    private final class Pending {
        private final Connection connection;
        private final Caller caller;
        private final OptionalLong id;
        private final CommandCost weight;
        private boolean answered;

        Pending(Connection connection, Caller caller, OptionalLong id, CommandCost weight) {
            this.connection = connection;
            this.caller = caller;
            this.id = id;
            this.weight = weight;
        }

        /** Gives back what it held. */
        void drop() {
            answered = true;
            room.giveBack(weight);
            caller.underWay.decrementAndGet();
        }

        void answer(Reply reply) {
            if (answered) {
                return;
            }
            drop();
            if (reply instanceof Reply.Pong && id.isEmpty()) {
                // The original has no word for this either: it hangs up.
                connection.close("PING has no bare answer");
            } else {
                connection.send(Codec.encode(reply, id));
            }
        }
    }
}
