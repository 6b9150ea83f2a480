package org.naivechain.protocol.rpc;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.naivechain.protocol.Codec;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.Misbehaviour;
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
    private final Supplier<Codec> codec;
    private final Defence defence;
    private final Dialer dialer;
    private final Executor nodeThread;
    private final Time time;
    private final Duration patience;

    /** A client that knows of no key and calls everybody. */
    public RpcClient(Supplier<Codec> codec, Limits limits, Executor nodeThread, Time time, Duration patience) {
        this(codec, limits, nodeThread, time, patience, Gate.OPEN, Defence.NONE);
    }

    /**
     * A client without connections.
     *
     * @param codec what writes commands and reads replies; asked when the first is sent
     * @param limits what peers may spend
     * @param nodeThread where outcomes are told
     * @param time the node's clock
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
        // The caller gives an idle connection up first, so that it does not send into one that the other end is
        // closing.
        this.dialer = new Dialer(
                RpcServer.SUBPROTOCOL,
                limits.withIdleTimeout(limits.idleTimeout().dividedBy(2)),
                gate);
        this.defence = defence;
        this.nodeThread = nodeThread;
        this.time = time;
        this.patience = patience;
        defence.whenShutOut(() -> nodeThread.execute(this::hangUpOnThoseShutOut));
    }

    @Override
    public void send(PeerAddress to, Command command, Consumer<Outcome> then) {
        Sent sent = new Sent(command, lastFrame, then);
        sent.timer = time.after(
                patience, () -> sent.finish(new Outcome.Silence("no reply within " + patience.toMillis() + " ms")));
        Optional<String> objection = defence.objectionToCalled(to);
        if (objection.isPresent()) {
            nodeThread.execute(() -> sent.finish(new Outcome.Silence(objection.get())));
        } else {
            lines.computeIfAbsent(to, this::line).send(sent);
        }
    }

    private Line line(PeerAddress to) {
        return new Line(to, dialer, nodeThread, codec, defence, unused -> lines.remove(to, unused));
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

    /** What was written last: most commands go to several peers, one after the other. */
    private final class LastFrame {
        private Command command;
        private String frame;

        String of(Command wanted) {
            if (wanted != command) {
                command = wanted;
                frame = codec.get().encode(wanted);
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
