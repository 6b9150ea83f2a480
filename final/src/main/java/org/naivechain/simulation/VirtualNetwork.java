package org.naivechain.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.naivechain.consensus.majority.Ballot;
import org.naivechain.consensus.majority.BallotCommand;
import org.naivechain.consensus.sealed.SealedCommand;
import org.naivechain.gossip.GossipCommand;
import org.naivechain.protocol.Codec;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.CommandHandler;
import org.naivechain.protocol.Network;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Request;
import org.naivechain.protocol.Time;
import org.naivechain.sync.SyncCommand;

/**
 * A network in memory. Commands and replies travel as the frames of a real network or, which is faster, as objects. Each has a
 * delay of its own, and the network's conditions decide whether it arrives. For one thread.
 */
public final class VirtualNetwork {
    private static final Codec CODEC = new Codec(List.of(
            PeerCommand.VOCABULARY,
            SyncCommand.VOCABULARY,
            GossipCommand.VOCABULARY,
            BallotCommand.VOCABULARY,
            SealedCommand.VOCABULARY));
    private static final int PERCENT = 100;
    private static final int MOMENT_MILLIS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(Network.REPLY_SECONDS);

    private record Link(PeerAddress from, PeerAddress to) {
        Link back() {
            return new Link(to, from);
        }
    }

    private final Map<PeerAddress, CommandHandler<Command>> nodes = new HashMap<>();
    private final Set<PeerAddress> cutOff = new HashSet<>();
    private final Set<PeerAddress> deaf = new HashSet<>();
    private final Set<Link> cutLinks = new HashSet<>();
    private final Map<Link, List<Runnable>> held = new LinkedHashMap<>();
    private final Map<Class<? extends Command>, List<Runnable>> afterNextAnswer = new HashMap<>();
    private final Map<Link, Instant> lastArrivals = new HashMap<>();
    private final Set<Ballot> ballots = new HashSet<>();
    private final VirtualTime time;
    private final RandomGenerator random;
    private final Trace trace;
    private final boolean framed;
    private NetworkConditions conditions = NetworkConditions.FAIR;
    private long lastId;
    private long messages;

    /**
     * A network without nodes, under good conditions.
     *
     * @param random decides the delays and losses
     * @param trace notes every frame
     * @param framed whether commands and replies are encoded as frames and decoded again
     */
    public VirtualNetwork(VirtualTime time, RandomGenerator random, Trace trace, boolean framed) {
        this.framed = framed;
        this.time = time;
        this.random = random;
        this.trace = trace;
    }

    /** Connects a node, which receives the commands that are sent to its address. */
    public void connect(PeerAddress address, CommandHandler<Command> node) {
        nodes.put(address, node);
    }

    /** Disconnects a node as a crash does: calls to it are refused, and its replies under way are lost. */
    public void crash(PeerAddress address) {
        nodes.remove(address);
    }

    /** Drops every frame to and from a node, until {@link #heal}. */
    public void cutOff(PeerAddress address) {
        cutOff.add(address);
    }

    /** Carries the frames of a node again. */
    public void heal(PeerAddress address) {
        cutOff.remove(address);
    }

    /** Refuses every call to a node, until {@link #undeafen}; the node can call others. */
    void deafen(PeerAddress address) {
        deaf.add(address);
    }

    /** Carries calls to a node again. */
    void undeafen(PeerAddress address) {
        deaf.remove(address);
    }

    /** Drops every frame from some nodes to some others, until {@link #mend}. */
    public void cut(Collection<PeerAddress> from, Collection<PeerAddress> to) {
        from.forEach(one -> to.forEach(other -> cutLinks.add(new Link(one, other))));
    }

    /** Holds every frame from some nodes to some others back, until {@link #mend}, as TCP does while it sends again and again. */
    void hold(Collection<PeerAddress> from, Collection<PeerAddress> to) {
        from.forEach(one -> to.forEach(other -> held.putIfAbsent(new Link(one, other), new ArrayList<>())));
    }

    /** Carries all frames again, first those that were held back. */
    void mend() {
        cutLinks.clear();
        Map<Link, List<Runnable>> late = new LinkedHashMap<>(held);
        held.clear();
        late.forEach((link, arrivals) -> arrivals.forEach(arrival -> arrive(link, arrival)));
    }

    /** Calls back once, a moment after the next answer to a kind of command: most can go wrong just after a promise or a vote. */
    void afterNextAnswerTo(Class<? extends Command> command, Runnable action) {
        afterNextAnswer.computeIfAbsent(command, unheard -> new ArrayList<>()).add(action);
    }

    /** How the network carries frames now. */
    NetworkConditions conditions() {
        return conditions;
    }

    /** Changes how the network carries frames that are sent from now on. */
    public void setConditions(NetworkConditions change) {
        conditions = change;
    }

    /** {@return how many frames were sent, the lost ones included} */
    public long messages() {
        return messages;
    }

    /** Under how many ballots a node wanted to propose, the failed elections included. */
    int elections() {
        return ballots.size();
    }

    /** {@return the port through which a node sends} */
    public Network from(Peer sender) {
        return (to, command, then) -> new Call(new Link(sender.address(), to), then).send(command);
    }

    /** One command on its way, and its reply on the way back. */
    private final class Call {
        private final long id = ++lastId;
        private final Link link;
        private final CommandHandler<Command> sender;
        private final Consumer<Outcome> then;
        private final Time.Timer deadline;
        private boolean told;

        Call(Link link, Consumer<Outcome> then) {
            this.link = link;
            this.sender = nodes.get(link.from);
            this.then = then;
            this.deadline = time.after(
                    PATIENCE, () -> tell(new Outcome.Silence("no reply within " + PATIENCE.toMillis() + " ms")));
        }

        void send(Command command) {
            if (command instanceof BallotCommand.Prepare prepare) {
                ballots.add(prepare.ballot());
            }
            Supplier<String> frame = () -> CODEC.encode(command, id);
            Instant sent = time.now();
            Command heard = framed ? ((Request.Understood) CODEC.decode(frame.get())).command() : command;
            carry(link, () -> {
                CommandHandler<Command> receiver = nodes.get(link.to);
                if (receiver == null || deaf.contains(link.to)) {
                    tell(new Outcome.Silence("Connection refused"));
                    return;
                }
                note(link, command, sent, frame);
                receiver.receive(link.from::host, heard, reply -> answer(receiver, command, reply));
            });
        }

        private void answer(CommandHandler<Command> receiver, Command command, Reply reply) {
            List<Runnable> waiting = afterNextAnswer.remove(command.getClass());
            if (waiting != null) {
                waiting.forEach(action -> time.after(Duration.ofMillis(random.nextInt(MOMENT_MILLIS)), action));
            }
            Supplier<String> frame = () -> CODEC.encode(reply, OptionalLong.of(id));
            Instant sent = time.now();
            Outcome heard = framed ? CODEC.decodeReply(frame.get()).outcome() : reply;
            carry(link.back(), () -> {
                if (nodes.get(link.to) == receiver) {
                    note(link.back(), command, sent, frame);
                    tell(heard);
                }
            });
        }

        private void tell(Outcome outcome) {
            if (!told) {
                told = true;
                deadline.cancel();
                // Nobody waits any more for the outcome of a call by a crashed node.
                if (nodes.get(link.from) == sender) {
                    then.accept(outcome);
                }
            }
        }
    }

    private void note(Link link, Command about, Instant sent, Supplier<String> frame) {
        long first = 0;
        long end = 0;
        if (about instanceof BallotCommand.Propose proposal) {
            first = proposal.batch().from();
            end = proposal.batch().end().length();
        } else if (about instanceof BallotCommand.Decide decision) {
            first = decision.position().length() - 1;
            end = decision.position().length();
        } else if (about instanceof PeerCommand.ValidateBlock vote) {
            first = vote.block().index();
            end = first + 1;
        } else if (about instanceof BallotCommand.Prepare) {
            first = Trace.EVERY;
        }
        trace.note(first, end, Optional.of(sent), () -> link.from + " > " + link.to + "  " + frame.get());
    }

    private void carry(Link link, Runnable arrival) {
        messages++;
        boolean isCut = cutOff.contains(link.from) || cutOff.contains(link.to) || cutLinks.contains(link);
        if (isCut || chance(conditions.lossPercent())) {
            return;
        }
        if (held.containsKey(link)) {
            held.get(link).add(arrival);
            return;
        }
        arrive(link, arrival);
        if (chance(conditions.duplicatePercent())) {
            arrive(link, arrival);
        }
    }

    private boolean chance(int percent) {
        return percent > 0 && random.nextInt(PERCENT) < percent;
    }

    private void arrive(Link link, Runnable arrival) {
        Instant at = time.now().plusMillis(1 + random.nextInt(conditions.maxDelayMillis()));
        if (conditions.inOrder()) {
            Instant earliest = lastArrivals.getOrDefault(link, Instant.EPOCH);
            at = at.isBefore(earliest) ? earliest : at;
            lastArrivals.put(link, at);
        }
        time.after(Duration.between(time.now(), at), arrival);
    }
}
