package org.naivechain.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.naivechain.protocol.Codec;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.CommandHandler;
import org.naivechain.protocol.Network;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Request;
import org.naivechain.protocol.Time;

/**
 * A network in memory. Commands and replies travel as the frames that a real network would carry, each with a delay of its
 * own, in order between any two nodes as on a kept connection. For one thread.
 */
public final class VirtualNetwork {
    private static final int MAX_DELAY_MILLIS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(Network.REPLY_SECONDS);

    private record Link(PeerAddress from, PeerAddress to) {}

    private final Map<PeerAddress, CommandHandler> nodes = new HashMap<>();
    private final Set<PeerAddress> cutOff = new HashSet<>();
    private final Map<Link, Instant> lastArrivals = new HashMap<>();
    private final VirtualTime time;
    private final RandomGenerator random;
    private final Trace trace;
    private long lastId;

    /**
     * A network without nodes.
     *
     * @param time the clock of the run
     * @param random what decides the delays
     * @param trace where every frame is noted
     */
    public VirtualNetwork(VirtualTime time, RandomGenerator random, Trace trace) {
        this.time = time;
        this.random = random;
        this.trace = trace;
    }

    /**
     * Connects a node.
     *
     * @param address where it listens
     * @param node what hears the commands that are sent there
     */
    public void connect(PeerAddress address, CommandHandler node) {
        nodes.put(address, node);
    }

    /**
     * Ends a node as a crash does: who calls it is told so, what is under way to or from it is lost.
     *
     * @param address where it listened
     */
    public void crash(PeerAddress address) {
        nodes.remove(address);
    }

    /**
     * Drops every frame to and from a node, until {@link #heal}.
     *
     * @param address where it listens
     */
    public void cutOff(PeerAddress address) {
        cutOff.add(address);
    }

    /**
     * Carries the frames of a node again.
     *
     * @param address where it listens
     */
    public void heal(PeerAddress address) {
        cutOff.remove(address);
    }

    /**
     * The network as one node sees it.
     *
     * @param sender the node
     * @return the port through which it sends
     */
    public Network from(Peer sender) {
        return (to, command, then) -> new Call(sender.address(), to, then).send(command);
    }

    /** One command on its way, and its reply on the way back. */
    private final class Call {
        private final long id = ++lastId;
        private final PeerAddress from;
        private final PeerAddress to;
        private final CommandHandler sender;
        private final Consumer<Outcome> then;
        private final Time.Timer deadline;
        private boolean told;

        Call(PeerAddress from, PeerAddress to, Consumer<Outcome> then) {
            this.from = from;
            this.to = to;
            this.sender = nodes.get(from);
            this.then = then;
            this.deadline = time.after(
                    PATIENCE, () -> tell(new Outcome.Silence("no reply within " + PATIENCE.toMillis() + " ms")));
        }

        void send(Command command) {
            String frame = Codec.encode(command, id);
            carry(from, to, () -> {
                CommandHandler receiver = nodes.get(to);
                if (receiver == null) {
                    tell(new Outcome.Silence("Connection refused"));
                    return;
                }
                trace.note(from + " > " + to + "  " + frame);
                Request.Understood request = (Request.Understood) Codec.decode(frame);
                receiver.receive(from.host(), request.command(), reply -> answer(receiver, reply));
            });
        }

        private void answer(CommandHandler receiver, Reply reply) {
            String frame = Codec.encode(reply, OptionalLong.of(id));
            carry(to, from, () -> {
                if (nodes.get(to) == receiver) {
                    trace.note(to + " > " + from + "  " + frame);
                    tell(Codec.decodeReply(frame).outcome());
                }
            });
        }

        private void tell(Outcome outcome) {
            if (!told) {
                told = true;
                deadline.cancel();
                // What a crashed node waited for is nobody's any more.
                if (nodes.get(from) == sender) {
                    then.accept(outcome);
                }
            }
        }
    }

    private void carry(PeerAddress from, PeerAddress to, Runnable arrival) {
        if (cutOff.contains(from) || cutOff.contains(to)) {
            return;
        }
        Link link = new Link(from, to);
        Instant earliest = lastArrivals.getOrDefault(link, Instant.EPOCH);
        Instant at = time.now().plusMillis(1 + random.nextInt(MAX_DELAY_MILLIS));
        at = at.isBefore(earliest) ? earliest : at;
        lastArrivals.put(link, at);
        time.after(Duration.between(time.now(), at), arrival);
    }
}
