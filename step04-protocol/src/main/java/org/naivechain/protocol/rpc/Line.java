package org.naivechain.protocol.rpc;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.naivechain.protocol.Answer;
import org.naivechain.protocol.Codec;
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
    private final Runnable unused;
    private Connection kept;
    private boolean toTheOriginal;
    private int dials;
    private long lastId;

    Line(PeerAddress to, Dialer dialer, Executor nodeThread, Runnable unused) {
        this.to = to;
        this.dialer = dialer;
        this.nodeThread = nodeThread;
        this.unused = unused;
    }

    void send(RpcClient.Sent sent) {
        if (kept != null) {
            transmit(sent);
            return;
        }
        waiting.add(sent);
        // A node of ours will take everything over the first connection; one of the original takes one command each.
        if (dials == 0 || toTheOriginal) {
            dial();
        }
    }

    private void dial() {
        dials++;
        dialer.dial(to.host(), to.port().number(), new Call());
    }

    private void transmit(RpcClient.Sent sent) {
        long id = ++lastId;
        underWay.put(id, sent);
        sent.whenFinished(() -> underWay.remove(id));
        kept.send(sent.frame(id));
    }

    private void keep(Connection connection) {
        toTheOriginal = false;
        kept = connection;
        List<RpcClient.Sent> all = List.copyOf(waiting);
        waiting.clear();
        all.stream().filter(sent -> !sent.isFinished()).forEach(this::transmit);
    }

    private void failAll(Deque<RpcClient.Sent> queue, Outcome outcome) {
        List<RpcClient.Sent> all = List.copyOf(queue);
        queue.clear();
        all.forEach(sent -> sent.finish(outcome));
    }

    private RpcClient.Sent nextWaiting() {
        waiting.removeIf(RpcClient.Sent::isFinished);
        return waiting.poll();
    }

    private void dropIfUnused() {
        if (kept == null && dials == 0 && waiting.isEmpty()) {
            unused.run();
        }
    }

    /** One dialed connection; its events are moved to the node's thread. */
    private final class Call implements FrameHandler {
        /** The one command that this connection carries, if it goes to a node of the original. */
        private RpcClient.Sent only;

        @Override
        public void opened(Connection connection) {
            nodeThread.execute(() -> {
                dials--;
                if (connection.subprotocol().equals(RpcServer.SUBPROTOCOL)) {
                    if (kept == null) {
                        keep(connection);
                    } else {
                        connection.close("one connection is enough");
                    }
                    return;
                }
                toTheOriginal = true;
                only = nextWaiting();
                if (only == null) {
                    connection.close("nothing to say");
                } else {
                    connection.send(only.frame());
                }
                while (dials < waiting.size()) {
                    dial();
                }
            });
        }

        @Override
        public void received(Connection connection, String frame) {
            Answer answer = Codec.decodeReply(frame);
            nodeThread.execute(() -> {
                RpcClient.Sent sent = only;
                if (answer.id().isPresent()) {
                    sent = underWay.get(answer.id().getAsLong());
                }
                if (sent != null) {
                    sent.finish(answer.outcome());
                }
                if (connection != kept) {
                    connection.close("done");
                }
            });
        }

        @Override
        public void closed(Connection connection, String reason) {
            Outcome lost = new Outcome.Silence(
                    "the connection was closed" + (reason == null || reason.isEmpty() ? "" : ": " + reason));
            nodeThread.execute(() -> {
                if (only != null) {
                    only.finish(lost);
                }
                if (connection == kept) {
                    kept = null;
                    List.copyOf(underWay.values()).forEach(sent -> sent.finish(lost));
                }
                dropIfUnused();
            });
        }

        @Override
        public void failed(String reason) {
            Outcome unreachable = new Outcome.Silence(reason);
            nodeThread.execute(() -> {
                dials--;
                RpcClient.Sent first = toTheOriginal ? nextWaiting() : null;
                if (first != null) {
                    first.finish(unreachable);
                } else {
                    failAll(waiting, unreachable);
                }
                dropIfUnused();
            });
        }
    }
}
