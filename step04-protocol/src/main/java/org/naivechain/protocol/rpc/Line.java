package org.naivechain.protocol.rpc;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.naivechain.protocol.Answer;
import org.naivechain.protocol.Codec;
import org.naivechain.protocol.Misbehaviour;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.websocket.Connection;
import org.naivechain.websocket.Dialer;
import org.naivechain.websocket.FrameHandler;

/** The connections to one address and the commands that wait for them or for replies. For the node's thread only. */
final class Line {
    private final Deque<RpcClient.Sent> waiting = new ArrayDeque<>();
    private final Map<Long, RpcClient.Sent> underWay = new HashMap<>();
    private final PeerAddress to;
    private final Dialer dialer;
    private final Executor nodeThread;
    private final Defence defence;
    private final Supplier<Codec> codec;
    private final Consumer<Line> unused;
    private Connection kept;
    /** How many replies the kept connection owes. */
    private AtomicInteger owed = new AtomicInteger();

    private boolean busy;
    private long lastId;

    Line(
            PeerAddress to,
            Dialer dialer,
            Executor nodeThread,
            Supplier<Codec> codec,
            Defence defence,
            Consumer<Line> unused) {
        this.codec = codec;
        this.to = to;
        this.dialer = dialer;
        this.nodeThread = nodeThread;
        this.defence = defence;
        this.unused = unused;
    }

    void send(RpcClient.Sent sent) {
        if (kept != null) {
            transmit(sent);
            return;
        }
        waiting.add(sent);
        dialIfNeeded();
    }

    /**
     * One call at a time: a node of this program takes everything over the first connection, and one of the original, which takes a
     * command for each, must not see a commit before the one that was sent before it.
     */
    private void dialIfNeeded() {
        waiting.removeIf(RpcClient.Sent::isFinished);
        if (busy || kept != null) {
            return;
        }
        if (waiting.isEmpty()) {
            unused.accept(this);
        } else {
            busy = true;
            dialer.dial(to.host(), to.port().number(), new Call());
        }
    }

    private void transmit(RpcClient.Sent sent) {
        long id = ++lastId;
        underWay.put(id, sent);
        sent.whenFinished(() -> underWay.remove(id));
        owed.incrementAndGet();
        kept.send(sent.frame(id));
    }

    private void keep(Connection connection, AtomicInteger owing) {
        kept = connection;
        owed = owing;
        drain(waiting).forEach(this::transmit);
    }

    /** Says nothing more to who is there, and hears nothing more of it. */
    void hangUp(String reason) {
        if (kept != null) {
            kept.close(reason);
        }
        Outcome lost = new Outcome.Silence(reason);
        drain(waiting).forEach(sent -> sent.finish(lost));
        drop(lost);
    }

    /** Gives the kept connection up, and with it what is under way. */
    private void drop(Outcome lost) {
        kept = null;
        drain(underWay.values()).forEach(sent -> sent.finish(lost));
        dialIfNeeded();
    }

    private static List<RpcClient.Sent> drain(Collection<RpcClient.Sent> commands) {
        List<RpcClient.Sent> drained =
                commands.stream().filter(sent -> !sent.isFinished()).toList();
        commands.clear();
        return drained;
    }

    /** One dialed connection; its events are moved to the node's thread. */
    private final class Call implements FrameHandler {
        /** The one command that this connection carries, if it goes to a node of the original. */
        private RpcClient.Sent only;

        /** Whether the next call need not wait for this one any more. */
        private boolean over;

        /** How many commands went out over this connection for which no reply has come. */
        private final AtomicInteger owing = new AtomicInteger();

        /** Whether more came; for the connection's thread. */
        private boolean surplus;

        @Override
        public void opened(Connection connection) {
            nodeThread.execute(() -> {
                if (connection.subprotocol().equals(RpcServer.SUBPROTOCOL)) {
                    over = true;
                    busy = false;
                    keep(connection, owing);
                    return;
                }
                waiting.removeIf(RpcClient.Sent::isFinished);
                only = waiting.poll();
                if (only == null) {
                    hangUp(connection);
                } else {
                    only.whenFinished(() -> hangUp(connection));
                    owing.incrementAndGet();
                    connection.send(only.frame());
                }
            });
        }

        private void hangUp(Connection connection) {
            connection.close("done");
            if (!over) {
                over = true;
                busy = false;
                dialIfNeeded();
            }
        }

        private void refuseSurplus(Connection connection) {
            if (!surplus) {
                surplus = true;
                String reason = "more replies than commands";
                connection.close(reason);
                defence.accuseCalled(to, Misbehaviour.GARBAGE, reason);
            }
        }

        @Override
        public void received(Connection connection, String frame) {
            // What nobody asked for would wait for the node's thread without end.
            if (surplus || owing.getAndDecrement() <= 0) {
                refuseSurplus(connection);
                return;
            }
            Answer answer = codec.get().decodeReply(frame);
            nodeThread.execute(() -> {
                if (answer.outcome() instanceof Outcome.Silence nonsense) {
                    defence.accuseCalled(to, Misbehaviour.GARBAGE, nonsense.reason());
                }
                if (only != null) {
                    only.finish(answer.outcome());
                } else if (answer.id().isEmpty()) {
                    // Whom this answers cannot be told, so nothing more that comes from there can be trusted.
                    connection.close("a reply must name the id of its command");
                    drop(new Outcome.Silence(answer.outcome().toString()));
                } else if (underWay.containsKey(answer.id().getAsLong())) {
                    underWay.get(answer.id().getAsLong()).finish(answer.outcome());
                }
            });
        }

        @Override
        public void closed(Connection connection, String reason) {
            Outcome lost = new Outcome.Silence(
                    "the connection was closed" + (reason == null || reason.isEmpty() ? "" : ": " + reason));
            nodeThread.execute(() -> {
                if (connection == kept) {
                    drop(lost);
                } else if (only != null) {
                    only.finish(lost);
                } else {
                    hangUp(connection);
                }
            });
        }

        @Override
        public void failed(String reason) {
            Outcome unreachable = new Outcome.Silence(reason);
            nodeThread.execute(() -> {
                busy = false;
                drain(waiting).forEach(sent -> sent.finish(unreachable));
                dialIfNeeded();
            });
        }
    }
}
