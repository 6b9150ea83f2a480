package org.naivechain.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.function.Consumer;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Chain;
import org.naivechain.chain.MemoryBlockStore;
import org.slf4j.helpers.NOPLogger;

/** Step 4 on the screen: two processors, without a socket, join and upload; every frame they exchange is shown. */
public final class ProtocolDemo {
    private final Map<PeerAddress, Processor> nodes = new HashMap<>();
    private final Queue<Runnable> events = new ArrayDeque<>();

    private ProtocolDemo() {}

    /**
     * Prints the demonstration.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        new ProtocolDemo().run();
    }

    private void run() {
        Peer first = new Peer(new PeerId("first"), new PeerAddress("127.0.0.1", 15001));
        Peer second = new Peer(new PeerId("second"), new PeerAddress("127.0.0.1", 15003));
        Chain chain = Chain.over(new MemoryBlockStore());
        chain.append(chain.next(BlockData.of("Testing String Again")));
        Chain empty = Chain.over(new MemoryBlockStore());

        start(first, chain);
        Processor joiner = start(second, empty);
        System.out.println(
                "The first has " + chain.length() + " blocks, the second " + empty.length() + ". The second joins:");
        joiner.join(first.address(), Optional.of(first.id()), outcome -> System.out.println("  " + outcome));
        while (!events.isEmpty()) {
            events.remove().run();
        }
        System.out.println("Both have " + empty.length() + " blocks, with equal heads: "
                + chain.head().hash().equals(empty.head().hash()));
    }

    private Processor start(Peer self, Chain chain) {
        NodeContext context = new NodeContext(
                new Ledger(chain, new MemoryReceipts(), new MemoryMemberships()),
                new PeerTable(self, PeerStore.inMemory()),
                new Wire(self),
                new NoTime(),
                new Random(1),
                Durability.NONE,
                NOPLogger.NOP_LOGGER);
        JoinClient joining = new JoinClient(context);
        Processor processor = new Processor(context, joining, new CatchUp(context, joining), new Abstaining());
        nodes.put(self.address(), processor);
        return processor;
    }

    /** A network without sockets: frames go through a queue in this program. */
    private final class Wire implements Network {
        private final Peer from;

        Wire(Peer from) {
            this.from = from;
        }

        @Override
        public void send(PeerAddress to, Command command, Consumer<Outcome> then) {
            String frame = Codec.encode(command);
            System.out.println("  " + from.id() + " sends   " + frame);
            Request request = Codec.decode(frame);
            if (request instanceof Request.Understood understood) {
                events.add(() -> nodes.get(to)
                        .receive(
                                from.address().host(),
                                understood.command(),
                                reply -> events.add(() -> {
                                    System.out.println("  " + from.id() + " is told " + reply);
                                    then.accept(reply);
                                })));
            }
        }
    }

    /** A join that goes well needs no clock. */
    private static final class NoTime implements Time {
        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public Timer after(Duration delay, Runnable action) {
            throw new IllegalStateException("nothing in this demonstration waits");
        }
    }

    /** There is no engine yet: that comes with the finished node. */
    private static final class Abstaining implements Voter {
        @Override
        public Reply vote(Block block) {
            return new Reply.Refusal("this node does not vote");
        }

        @Override
        public Reply commit(Command.AddBlock commit) {
            return new Reply.Refusal("this node does not vote");
        }

        @Override
        public Reply confirm(Block block) {
            return new Reply.Refusal("this node does not vote");
        }
    }
}
