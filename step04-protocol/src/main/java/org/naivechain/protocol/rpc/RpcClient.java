package org.naivechain.protocol.rpc;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.naivechain.protocol.Codec;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.Network;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.Time;
import org.naivechain.websocket.Dialer;
import org.naivechain.websocket.Gate;
import org.naivechain.websocket.Limits;

/**
 * Sends commands to other nodes: over one kept connection to a node of this program, over a new one for each command to a node of
 * the original. Which it is shows in the WebSocket handshake. For the node's thread only.
 */
public final class RpcClient implements Network, AutoCloseable {
    private final LastFrame lastFrame = new LastFrame();
    private final Map<PeerAddress, Line> lines = new HashMap<>();
    private final PeerScores scores;
    private final Dialer dialer;
    private final Executor nodeThread;
    private final Time time;
    private final Duration patience;

    /**
     * A client without connections, which knows of no key and calls everybody.
     *
     * @param limits what peers may spend
     * @param nodeThread where outcomes are told
     * @param time the node's clock
     * @param patience how long a peer has for its reply
     */
    public RpcClient(Limits limits, Executor nodeThread, Time time, Duration patience) {
        this(limits, nodeThread, time, patience, Gate.OPEN, new PeerScores(RateLimits.DEFAULT, System::nanoTime));
    }

    /**
     * A client without connections.
     *
     * @param limits what peers may spend
     * @param nodeThread where outcomes are told
     * @param time the node's clock
     * @param patience how long a peer has for its reply
     * @param gate whom to speak with, and what to say to be let in
     * @param scores what tells who is not to be called
     */
    public RpcClient(Limits limits, Executor nodeThread, Time time, Duration patience, Gate gate, PeerScores scores) {
        // The caller gives an idle connection up first, so that it does not send into one that the other end is
        // closing.
        this.dialer = new Dialer(
                RpcServer.SUBPROTOCOL,
                limits.withIdleTimeout(limits.idleTimeout().dividedBy(2)),
                gate);
        this.scores = scores;
        scores.whenShutOut(source -> nodeThread.execute(() -> hangUpOn(source)));
        this.nodeThread = nodeThread;
        this.time = time;
        this.patience = patience;
    }

    @Override
    public void send(PeerAddress to, Command command, Consumer<Outcome> then) {
        Sent sent = new Sent(command, lastFrame, then);
        sent.timer = time.after(
                patience, () -> sent.finish(new Outcome.Silence("no reply within " + patience.toMillis() + " ms")));
        Optional<String> objection = scores.objection(Source.called(to));
        if (objection.isPresent()) {
            nodeThread.execute(() -> sent.finish(new Outcome.Silence(objection.get())));
            return;
        }
        lines.computeIfAbsent(
                        to,
                        address ->
                                new Line(address, dialer, nodeThread, scores, unused -> lines.remove(address, unused)))
                .send(sent);
    }

    /** Ends the connections to one that is shut out. */
    private void hangUpOn(Source source) {
        List.copyOf(lines.entrySet()).stream()
                .filter(line -> Source.called(line.getKey()).equals(source))
                .forEach(line -> line.getValue().hangUp(scores.objection(source).orElse("shut out")));
    }

    @Override
    public void close() {
        dialer.close();
    }

    /** What was written last: most commands go to several peers, one after the other. */
    private static final class LastFrame {
        private Command command;
        private String frame;

        String of(Command wanted) {
            if (wanted != command) {
                command = wanted;
                frame = Codec.encode(wanted);
            }
            return frame;
        }
    }

    /** A command whose outcome is still to be told. */
    static final class Sent {
        private final Command command;
        private final LastFrame lastFrame;
        private final Consumer<Outcome> then;
        private Time.Timer timer = () -> {};
        private Runnable forget = () -> {};
        private boolean finished;

        Sent(Command command, LastFrame lastFrame, Consumer<Outcome> then) {
            this.command = command;
            this.lastFrame = lastFrame;
            this.then = then;
        }

        String frame() {
            return lastFrame.of(command);
        }

        String frame(long id) {
            return Codec.withId(lastFrame.of(command), id);
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
}
