package org.naivechain.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import org.naivechain.chain.Chain;
import org.naivechain.chain.MemoryBlockStore;
import org.slf4j.helpers.NOPLogger;

/** A network and a clock in one queue: frames take a millisecond, and time passes only when the queue is run. */
public final class QueueNetwork implements Time {
    private record Event(Instant at, long order, Runnable action) {}

    public final Map<PeerAddress, CommandHandler<Command>> nodes = new HashMap<>();
    public final Set<PeerAddress> unreachable = new HashSet<>();
    public final List<String> frames = new ArrayList<>();
    /** What nodes found that others had done, as {@code who kind}. */
    public final List<String> misbehaviour = new ArrayList<>();

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(java.util.Comparator.comparing(Event::at).thenComparingLong(Event::order));
    private final Codec codec;
    private Instant now = Instant.EPOCH;
    private long order;

    /** A network that understands these. */
    public QueueNetwork(Vocabulary<?>... words) {
        codec = new Codec(List.of(words));
    }

    /** A node whose logic hears what is sent to its address. */
    final class TestNode {
        final Peer self;
        final Chain chain = Chain.over(new MemoryBlockStore());
        final PeerTable peers;
        final ScriptedVoter voter = new ScriptedVoter();
        private final JoinClient joining;
        private final PeerHandler handler;

        TestNode(String id, int port) {
            self = new Peer(new PeerId(id), new PeerAddress("127.0.0.1", port), Peer.Kind.ORIGINAL);
            peers = new PeerTable(self, PeerStore.inMemory());
            NodeContext context = new NodeContext(chain, peers, from(self), QueueNetwork.this, NOPLogger.NOP_LOGGER);
            JoinPolicy policy = new OpenPolicy(context);
            ChainTransfer transfer = new WholeChain(context);
            joining = new JoinClient(context, policy, transfer);
            handler = new PeerHandler(context, policy, transfer, joining, voter);
            nodes.put(self.address(), this::receive);
        }

        void receive(Sender sender, Command command, Consumer<Reply> answer) {
            handler.receive(sender, (PeerCommand) command, answer);
        }

        void join(PeerAddress at, Optional<PeerId> id, Consumer<JoinOutcome> then) {
            joining.join(at, id, then);
        }

        JoinOutcome join(TestNode other) {
            List<JoinOutcome> outcomes = new ArrayList<>();
            join(other.self.address(), Optional.of(other.self.id()), outcomes::add);
            run();
            return outcomes.get(0);
        }
    }

    TestNode node(String id, int port) {
        return new TestNode(id, port);
    }

    /** Somebody at a host, whose misbehaviour is noted. */
    public Sender sender(String host) {
        return new Sender() {
            @Override
            public String host() {
                return host;
            }

            @Override
            public void accuse(Misbehaviour what, String detail) {
                misbehaviour.add(host + " " + what);
            }
        };
    }

    /** The network as one node sees it. */
    public Network from(Peer sender) {
        return new Network() {
            @Override
            public void send(PeerAddress to, Command command, Consumer<Outcome> then) {
                String frame = codec.encode(command, order);
                frames.add(sender.id() + " to " + to + ": " + frame);
                after(Duration.ofMillis(1), () -> {
                    CommandHandler<Command> handler = nodes.get(to);
                    if (handler == null || unreachable.contains(to)) {
                        then.accept(new Outcome.Silence("Connection refused"));
                    } else {
                        deliver(sender, handler, frame, then);
                    }
                });
            }

            @Override
            public void accuse(PeerAddress called, Misbehaviour what, String detail) {
                misbehaviour.add(called + " " + what);
            }
        };
    }

    private void deliver(Peer sender, CommandHandler<Command> handler, String frame, Consumer<Outcome> then) {
        Request.Understood request = (Request.Understood) codec.decode(frame);
        handler.receive(
                sender(sender.address().host()),
                request.command(),
                reply -> after(
                        Duration.ofMillis(1),
                        () -> then.accept(codec.decodeReply(codec.encode(reply, request.id()))
                                .outcome())));
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        Event event = new Event(now.plus(delay), order++, action);
        events.add(event);
        return () -> events.remove(event);
    }

    /** Lets time pass until nothing is left to do. */
    public void run() {
        while (!events.isEmpty()) {
            Event event = events.remove();
            now = event.at();
            event.action().run();
        }
    }
}
