package org.naivechain.protocol.rpc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.naivechain.protocol.Codec;
import org.naivechain.protocol.CommandHandler;
import org.naivechain.protocol.Complaints;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Request;
import org.naivechain.websocket.Connection;
import org.naivechain.websocket.FrameHandler;
import org.naivechain.websocket.Limits;
import org.naivechain.websocket.Listener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes commands from other nodes: reads frames on the listener's threads, has the commands handled on the node's thread, and
 * sends the replies. Nodes of ours keep a connection and number their commands; nodes of the original open one for each.
 */
public final class RpcServer implements AutoCloseable {
    /** What nodes of ours call their way of speaking in the WebSocket handshake. */
    public static final String SUBPROTOCOL = "naivechain.v2";

    private static final Logger LOG = LoggerFactory.getLogger("RPC_SERVER");

    /** How much may wait for the node's thread or for a reply, over all connections. */
    private static final long MAX_UNDER_WAY_CHARS = 64L * 1024 * 1024;

    /** What a command weighs beside its frame's text. */
    private static final int COMMAND_CHARS = 1_000;

    private final Complaints complaints = new Complaints(LOG, Instant::now);
    private final AtomicLong charsUnderWay = new AtomicLong();
    private final Listener listener;
    private volatile CommandHandler handler;
    private volatile Executor nodeThread;

    private RpcServer(InetSocketAddress address, Limits limits) throws IOException {
        LOG.info("Initializing RPC server");
        listener = Listener.bind(address, SUBPROTOCOL, limits, new Frames());
    }

    /**
     * Binds a port; nobody is answered before {@link #start}.
     *
     * @param address where to listen; port 0 takes any free one
     * @param limits what strangers may spend
     * @return the bound server
     * @throws IOException if the address cannot be bound, for example because it is in use
     */
    public static RpcServer bind(InetSocketAddress address, Limits limits) throws IOException {
        return new RpcServer(address, limits);
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

    /**
     * The port that was bound.
     *
     * @return the port, never 0
     */
    public int port() {
        return listener.port();
    }

    @Override
    public void close() {
        listener.close();
    }

    private final class Frames implements FrameHandler {
        @Override
        public void received(Connection connection, String frame) {
            Request request = Codec.decode(frame);
            if (request instanceof Request.Understood understood) {
                handle(connection, understood, frame.length() + COMMAND_CHARS);
            } else if (request instanceof Request.Malformed malformed) {
                complain("Refused a frame from {}: {}", connection, malformed.reason());
                connection.send(Codec.encode(new Reply.Refusal(malformed.reason()), malformed.id()));
            } else if (request instanceof Request.NotJson notJson) {
                complain("Hung up on {}: {}", connection, notJson.reason());
                connection.close(notJson.reason());
            }
        }

        private void complain(String message, Connection about, String reason) {
            synchronized (complaints) {
                complaints.log(message, about.remoteHost(), reason);
            }
        }

        private void handle(Connection connection, Request.Understood request, int chars) {
            OptionalLong id = request.id();
            if (charsUnderWay.addAndGet(chars) > MAX_UNDER_WAY_CHARS) {
                charsUnderWay.addAndGet(-chars);
                connection.send(Codec.encode(new Reply.Refusal("too much is waiting, try again later"), id));
                return;
            }
            Pending pending = new Pending(connection, id, chars);
            nodeThread.execute(() -> {
                try {
                    handler.receive(connection.remoteHost(), request.command(), pending::answer);
                } catch (RuntimeException e) {
                    pending.answer(new Reply.Refusal("internal error"));
                    throw e;
                }
            });
        }
    }

    /** A command whose reply is still to come. For the node's thread only. */
    private final class Pending {
        private final Connection connection;
        private final OptionalLong id;
        private final int chars;
        private boolean answered;

        Pending(Connection connection, OptionalLong id, int chars) {
            this.connection = connection;
            this.id = id;
            this.chars = chars;
        }

        void answer(Reply reply) {
            if (answered) {
                return;
            }
            answered = true;
            charsUnderWay.addAndGet(-chars);
            if (reply instanceof Reply.Pong && id.isEmpty()) {
                // The original has no word for this either: it hangs up.
                connection.close("PING has no bare answer");
            } else {
                connection.send(Codec.encode(reply, id));
            }
        }
    }
}
