package org.naivechain.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.naivechain.chain.Chain;
import org.naivechain.chain.MemoryBlockStore;
import org.slf4j.helpers.NOPLogger;

/** A network and a clock in one queue: frames take a millisecond, and time passes only when the queue is run. */
final class QueueNetwork implements Time {
    private record Event(Instant at, long order, Runnable action) {}

    final Map<PeerAddress, CommandHandler> nodes = new HashMap<>();
    final Set<PeerAddress> unreachable = new HashSet<>();
    final List<String> frames = new ArrayList<>();
    /** What nodes found that others had done, as {@code who kind}. */
    final List<String> misbehaviour = new ArrayList<>();

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(java.util.Comparator.comparing(Event::at).thenComparingLong(Event::order));
    private Instant now = Instant.EPOCH;
    private long order;

    /** A node whose logic hears what is sent to its address. */
    final class TestNode {
        final Peer self;
        final Chain chain = Chain.over(new MemoryBlockStore());
        final PeerTable peers;
        final Processor processor;
        final ScriptedVoter voter = new ScriptedVoter();
        final CatchUp catchUp;

        TestNode(String id, int port) {
            self = new Peer(new PeerId(id), new PeerAddress("127.0.0.1", port));
            peers = new PeerTable(self, PeerStore.inMemory());
            NodeContext context = new NodeContext(
                    new Ledger(chain, new MemoryReceipts(), new MemoryMemberships()),
                    peers,
                    from(self),
                    QueueNetwork.this,
                    new Random(1),
                    Durability.NONE,
                    NOPLogger.NOP_LOGGER,
                    reported());
            JoinClient joining = new JoinClient(context);
            catchUp = new CatchUp(context, joining);
            processor = new Processor(context, joining, catchUp, voter);
            nodes.put(self.address(), processor);
        }

        JoinOutcome join(TestNode other) {
            List<JoinOutcome> outcomes = new ArrayList<>();
            processor.join(other.self.address(), java.util.Optional.of(other.self.id()), outcomes::add);
            run();
            return outcomes.get(0);
        }
    }

    private Misbehaviour reported() {
        return new Misbehaviour() {
            @Override
            public void ofSender(String sentFrom, Kind kind, String detail) {
                misbehaviour.add(sentFrom + " " + kind);
            }

            @Override
            public void ofCalled(PeerAddress peer, Kind kind, String detail) {
                misbehaviour.add(peer + " " + kind);
            }
        };
    }

    TestNode node(String id, int port) {
        return new TestNode(id, port);
    }

    private Network from(Peer sender) {
        return (to, command, then) -> {
            String frame = Codec.encode(command, order);
            frames.add(sender.id() + " to " + to + ": " + frame);
            after(Duration.ofMillis(1), () -> {
                CommandHandler handler = nodes.get(to);
                if (handler == null || unreachable.contains(to)) {
                    then.accept(new Outcome.Silence("Connection refused"));
                } else {
                    deliver(sender, handler, frame, then);
                }
            });
        };
    }

    private void deliver(Peer sender, CommandHandler handler, String frame, Consumer<Outcome> then) {
        Request.Understood request = (Request.Understood) Codec.decode(frame);
        handler.receive(
                sender.address().host(),
                request.command(),
                reply -> after(
                        Duration.ofMillis(1),
                        () -> then.accept(Codec.decodeReply(Codec.encode(reply, request.id()))
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

    void run() {
        while (!events.isEmpty()) {
            Event event = events.remove();
            now = event.at();
            event.action().run();
        }
    }
}
