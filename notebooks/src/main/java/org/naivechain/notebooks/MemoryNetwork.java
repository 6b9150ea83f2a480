package org.naivechain.notebooks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Chain;
import org.naivechain.chain.MemoryBlockStore;
import org.naivechain.protocol.Codec;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.JoinClient;
import org.naivechain.protocol.JoinOutcome;
import org.naivechain.protocol.Network;
import org.naivechain.protocol.NodeContext;
import org.naivechain.protocol.OpenPolicy;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerHandler;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerStore;
import org.naivechain.protocol.PeerTable;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Request;
import org.naivechain.protocol.Time;
import org.naivechain.protocol.Voter;
import org.naivechain.protocol.WholeChain;
import org.naivechain.simulation.Trace;
import org.naivechain.simulation.VirtualTime;
import org.slf4j.helpers.NOPLogger;

/**
 * Nodes of step 4 without sockets: their frames wait in a queue, each takes 10 ms or a little more of a time that jumps from one
 * event to the next, and any can be lost. So every run is the same. For one thread.
 */
public final class MemoryNetwork {
    private static final Duration TRAVEL = Duration.ofMillis(10);
    /** So that no two frames arrive at the same moment, and a picture has room for each. */
    private static final Duration BETWEEN = Duration.ofMillis(4);

    private static final Duration PATIENCE = Duration.ofSeconds(Network.REPLY_SECONDS);
    private static final Duration LONGER_THAN_ANYONE_WAITS = PATIENCE.multipliedBy(6);
    private static final int FIRST_PORT = 15001;

    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final List<Trace.Event> events = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();
    private final VirtualTime time = new VirtualTime();
    private final Codec codec = new Codec(List.of(PeerCommand.VOCABULARY));
    private Instant begin = Instant.EPOCH;
    private Instant lastArrival = Instant.EPOCH;
    private long commands;

    /** Adds a node with the genesis block, and a block for each text. */
    public void node(String name, String... texts) {
        Node node = new Node(name, FIRST_PORT + 2 * nodes.size());
        for (String text : texts) {
            node.context.chain().append(node.context.chain().next(BlockData.of(text)));
        }
        nodes.put(name, node);
    }

    /** Has a node begin to join the network of another; {@link #run()} lets time pass. */
    public void beginJoin(String joiner, String member) {
        Peer asked = nodes.get(member).self();
        nodes.get(joiner)
                .joining
                .join(
                        asked,
                        outcome -> note(joiner
                                + (outcome instanceof JoinOutcome.NotJoined not
                                        ? " has not joined: " + not.reason()
                                        : " has joined")));
    }

    /** Has a node join the network of another, and lets time pass until nothing happens any more. */
    public void join(String joiner, String member) {
        beginJoin(joiner, member);
        run();
    }

    /** Loses the next frame from one node to another that has a word in it. */
    public void lose(String from, String to, String word) {
        lost.add(from + " > " + to + "  " + word);
    }

    /** Lets time pass until nothing is left to do. */
    public void run() {
        time.advance(LONGER_THAN_ANYONE_WAITS);
    }

    /** {@return what happened since this was asked last, as a space-time diagram; below it, what was to be lost and never came} */
    public Picture messages() {
        Picture picture = Pictures.messages(List.copyOf(events));
        for (String each : lost) {
            String said = "Nothing was lost for this: " + each + ". No such frame was sent.";
            picture = new Picture(
                    picture.html() + "<div>" + Picture.escaped(said) + "</div>", picture.text() + "\n" + said);
        }
        lost.clear();
        events.clear();
        begin = time.now();
        return picture;
    }

    /** {@return the chains of all nodes} */
    public Map<String, List<Block>> chains() {
        Map<String, List<Block>> chains = new LinkedHashMap<>();
        nodes.forEach((name, node) -> chains.put(name, node.context.chain().page(0, Integer.MAX_VALUE)));
        return chains;
    }

    /** {@return whom each node knows} */
    public Picture peers() {
        return Pictures.table(
                List.of("node", "knows"),
                nodes.entrySet().stream()
                        .map(each -> List.of(
                                each.getKey(),
                                each.getValue().context.peers().peers().stream()
                                        .map(peer -> peer.id().toString())
                                        .sorted()
                                        .collect(Collectors.joining(", "))))
                        .toList());
    }

    private void note(String what) {
        events.add(new Trace.Event(sinceBegin(), Optional.empty(), what));
    }

    private Duration sinceBegin() {
        return Duration.between(begin, time.now());
    }

    /** Carries a frame, unless it is to be lost. */
    private void carry(String from, String to, String frame, Runnable arrival) {
        Optional<String> loss = lost.stream()
                .filter(each -> each.startsWith(from + " > " + to + "  ")
                        && frame.contains(each.substring(each.indexOf("  ") + 2)))
                .findFirst();
        if (loss.isPresent()) {
            lost.remove(loss.get());
            note(from + " sends a frame that is lost");
            return;
        }
        Duration sent = sinceBegin();
        Duration travel = Collections.max(List.of(TRAVEL, Duration.between(time.now(), lastArrival.plus(BETWEEN))));
        lastArrival = time.now().plus(travel);
        time.after(travel, () -> {
            events.add(new Trace.Event(sinceBegin(), Optional.of(sent), from + " > " + to + "  " + frame));
            arrival.run();
        });
    }

    private final class Node implements Network {
        private final String name;
        private final NodeContext context;
        private final JoinClient joining;
        private final PeerHandler handler;

        Node(String name, int port) {
            this.name = name;
            Peer self = new Peer(new PeerId(name), new PeerAddress("127.0.0.1", port), Peer.Kind.ORIGINAL);
            context = new NodeContext(
                    Chain.over(new MemoryBlockStore()),
                    new PeerTable(self, PeerStore.inMemory()),
                    this,
                    time,
                    NOPLogger.NOP_LOGGER);
            OpenPolicy policy = new OpenPolicy(context);
            WholeChain transfer = new WholeChain(context);
            joining = new JoinClient(context, policy, transfer);
            handler = new PeerHandler(context, policy, transfer, joining, new Abstaining());
        }

        Peer self() {
            return context.peers().self();
        }

        @Override
        public void send(PeerAddress to, Command command, Consumer<Outcome> then) {
            String frame = codec.encode(command, ++commands);
            Node receiver = nodes.values().stream()
                    .filter(node -> node.self().address().equals(to))
                    .findFirst()
                    .orElseThrow();
            AtomicBoolean told = new AtomicBoolean();
            Consumer<Outcome> once = outcome -> {
                if (!told.getAndSet(true)) {
                    then.accept(outcome);
                }
            };
            Time.Timer patience = time.after(
                    PATIENCE, () -> once.accept(new Outcome.Silence("no reply within " + PATIENCE.toSeconds() + " s")));
            carry(
                    name,
                    receiver.name,
                    frame,
                    () -> receiver.hear(this, frame, answer -> {
                        patience.cancel();
                        once.accept(answer);
                    }));
        }

        private void hear(Node sender, String frame, Consumer<Outcome> then) {
            Request.Understood request = (Request.Understood) codec.decode(frame);
            handler.receive(
                    () -> sender.self().address().host(),
                    (PeerCommand) request.command(),
                    reply -> answer(sender, codec.encode(reply, request.id()), request.id(), then));
        }

        private void answer(Node asker, String frame, OptionalLong id, Consumer<Outcome> then) {
            carry(name, asker.name, frame, () -> {
                if (codec.decodeReply(frame).id().equals(id)) {
                    then.accept(codec.decodeReply(frame).outcome());
                }
            });
        }
    }

    private static final class Abstaining implements Voter {
        private static final Reply NO_VOTE = new Reply.Refusal("this node does not vote");

        @Override
        public Reply vote(Block block) {
            return NO_VOTE;
        }

        @Override
        public Reply commit(PeerCommand.AddBlock commit) {
            return NO_VOTE;
        }

        @Override
        public Reply confirm(Block block) {
            return NO_VOTE;
        }
    }
}
