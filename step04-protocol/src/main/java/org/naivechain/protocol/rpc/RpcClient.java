package org.naivechain.protocol.rpc;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.naivechain.protocol.Answer;
import org.naivechain.protocol.Codec;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.Misbehaviour;
import org.naivechain.protocol.Network;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.Time;
import org.naivechain.websocket.Connection;
import org.naivechain.websocket.Dialer;
import org.naivechain.websocket.FrameHandler;
import org.naivechain.websocket.Gate;
import org.naivechain.websocket.Limits;

/**
 * Sends commands to other nodes: over one kept connection to a node of this program, over a new one for each command to a node of
 * the original. Which it is shows in the WebSocket handshake. For the node's thread only.
 */
public final class RpcClient implements Network, AutoCloseable {
    private final Map<PeerAddress, Line> lines = new HashMap<>();
    private final Supplier<Codec> codec;
    private final Defence defence;
    private final Dialer dialer;
    private final Executor nodeThread;
    private final Time time;
    private final Duration patience;
    /** What was written last: most commands go to several peers, one after the other. */
    private Command lastCommand;

    private String lastFrame;

    /**
     * A client without connections.
     *
     * @param codec what writes commands and reads replies; asked when the first is sent
     * @param limits what peers may spend
     * @param patience how long a peer has for its reply
     * @param gate whom to speak with, and what to say to be let in
     */
    public RpcClient(
            Supplier<Codec> codec,
            Limits limits,
            Executor nodeThread,
            Time time,
            Duration patience,
            Gate gate,
            Defence defence) {
        this.codec = codec;
        // The caller gives an idle connection up first, so that it does not send into one that the other end closes.
        Limits shorter = limits.withIdleTimeout(limits.idleTimeout().dividedBy(2));
        this.dialer = new Dialer(RpcServer.SUBPROTOCOL, shorter, gate);
        this.defence = defence;
        this.nodeThread = nodeThread;
        this.time = time;
        this.patience = patience;
        defence.whenShutOut(() -> nodeThread.execute(this::hangUpOnThoseShutOut));
    }

    @Override
    public void send(PeerAddress to, Command command, Consumer<Outcome> then) {
        Sent sent = new Sent(command, then);
        sent.timer = time.after(
                patience, () -> sent.finish(new Outcome.Silence("no reply within " + patience.toMillis() + " ms")));
        Optional<String> objection = defence.objectionToCalled(to);
        if (objection.isPresent()) {
            nodeThread.execute(() -> sent.finish(new Outcome.Silence(objection.get())));
        } else {
            lines.computeIfAbsent(to, Line::new).send(sent);
        }
    }

    @Override
    public void accuse(PeerAddress called, Misbehaviour what, String detail) {
        defence.accuseCalled(called, what, detail);
    }

    private void hangUpOnThoseShutOut() {
        Map.copyOf(lines).forEach((to, line) -> defence.objectionToCalled(to).ifPresent(line::hangUp));
    }

    @Override
    public void close() {
        dialer.close();
    }

    /** A command whose outcome is still to be told. */
    private final class Sent {
        private final Command command;
        private final Consumer<Outcome> then;
        private Time.Timer timer = () -> {};
        private Runnable forget = () -> {};
        private boolean finished;

        Sent(Command command, Consumer<Outcome> then) {
            this.command = command;
            this.then = then;
        }

        String frame() {
            if (command != lastCommand) {
                lastCommand = command;
                lastFrame = codec.get().encode(command);
            }
            return lastFrame;
        }

        boolean isFinished() {
            return finished;
        }

        /** Has a table drop this command when its outcome is known. */
        void whenFinished(Runnable action) {
            forget = action;
        }

        void finish(Outcome outcome) {
            if (!finished) {
                finished = true;
                timer.cancel();
                forget.run();
                then.accept(outcome);
            }
        }
    }

    /** The connections to one address and the commands that wait for them or for replies. For the node's thread only. */
    private final class Line {
        private final Deque<Sent> waiting = new ArrayDeque<>();
        private final Map<Long, Sent> underWay = new HashMap<>();
        private final PeerAddress to;
        private Connection kept;
        /** How many replies the kept connection owes. */
        private AtomicInteger owed = new AtomicInteger();

        private boolean busy;
        private long lastId;

        Line(PeerAddress to) {
            this.to = to;
        }

        void send(Sent sent) {
            if (kept != null) {
                transmit(sent);
                return;
            }
            waiting.add(sent);
            dialIfNeeded();
        }

        /**
         * One call at a time: a node of this program takes everything over the first connection, and one of the original, which takes a
         * command for each, must not see a command before the one that was sent before it.
         */
        private void dialIfNeeded() {
            waiting.removeIf(Sent::isFinished);
            if (busy || kept != null) {
                return;
            }
            if (waiting.isEmpty()) {
                lines.remove(to, this);
            } else {
                busy = true;
                dialer.dial(to.host(), to.port().number(), new Call());
            }
        }

        private void transmit(Sent sent) {
            long id = ++lastId;
            underWay.put(id, sent);
            sent.whenFinished(() -> underWay.remove(id));
            owed.incrementAndGet();
            send(kept, Codec.withId(sent.frame(), id));
        }

        private void send(Connection connection, String frame) {
            defence.sent(to.toString(), frame);
            connection.send(frame);
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

        private static List<Sent> drain(Collection<Sent> commands) {
            List<Sent> drained =
                    commands.stream().filter(sent -> !sent.isFinished()).toList();
            commands.clear();
            return drained;
        }

        /** One dialed connection; its events are moved to the node's thread. */
        private final class Call implements FrameHandler {
            /** The one command that this connection carries, if it goes to a node of the original. */
            private Sent only;

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
                    waiting.removeIf(Sent::isFinished);
                    only = waiting.poll();
                    if (only == null) {
                        hangUp(connection);
                    } else {
                        only.whenFinished(() -> hangUp(connection));
                        owing.incrementAndGet();
                        send(connection, only.frame());
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
                defence.received(to.toString(), frame);
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
}
