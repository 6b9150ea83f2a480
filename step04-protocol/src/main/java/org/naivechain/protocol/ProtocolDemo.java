package org.naivechain.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.Consumer;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Chain;
import org.naivechain.chain.MemoryBlockStore;
import org.slf4j.helpers.NOPLogger;

/** Step 4 on the screen: three nodes, without a socket, join one after the other; every frame they exchange is shown. */
public final class ProtocolDemo {
    private final Map<PeerAddress, DemoNode> nodes = new HashMap<>();
    private final Queue<Runnable> events = new ArrayDeque<>();

    private ProtocolDemo() {}

    /** Prints the demonstration. */
    public static void main(String[] arguments) {
        new ProtocolDemo().run();
    }

    private void run() {
        DemoNode first = start("first", 15001);
        first.chain().append(first.chain().next(BlockData.of("Testing String Again")));
        DemoNode second = start("second", 15003);
        DemoNode third = start("third", 15005);
        System.out.println(
                "The first node has " + first.chain().length() + " blocks, the others only the genesis block.");
        System.out.println("The second joins the first:");
        join(second, first);
        System.out.println("The third joins the second, is told of the first, and introduces itself to it:");
        join(third, second);
        System.out.println("All have " + third.chain().length() + " blocks, with equal heads: "
                + (first.chain().head().equals(third.chain().head())
                        && first.chain().head().equals(second.chain().head())));
    }

    private DemoNode start(String name, int port) {
        Peer self = new Peer(new PeerId(name), new PeerAddress("127.0.0.1", port), Peer.Kind.ORIGINAL);
        PeerTable peers = new PeerTable(self, PeerStore.inMemory());
        Chain chain = Chain.over(new MemoryBlockStore());
        DemoNode node = new DemoNode(new NodeContext(chain, peers, new Wire(self), new NoTime(), NOPLogger.NOP_LOGGER));
        nodes.put(self.address(), node);
        return node;
    }

    private void join(DemoNode joiner, DemoNode member) {
        Peer at = member.self();
        joiner.join(at.address(), Optional.of(at.id()), outcome -> System.out.println("  " + outcome));
        while (!events.isEmpty()) {
            events.remove().run();
        }
    }

    /** A network without sockets: frames go through a queue in this program. */
    private final class Wire implements Network {
        private final Codec codec = new Codec(List.of(PeerCommand.VOCABULARY));
        private final Peer from;

        Wire(Peer from) {
            this.from = from;
        }

        @Override
        public void send(PeerAddress to, Command command, Consumer<Outcome> then) {
            DemoNode receiver = nodes.get(to);
            String frame = codec.encode(command);
            show(from, receiver.self(), frame);
            Command heard = ((Request.Understood) codec.decode(frame)).command();
            events.add(() -> receiver.receive(() -> from.address().host(), heard, reply -> {
                String answer = codec.encode(reply, OptionalLong.empty());
                show(receiver.self(), from, answer);
                events.add(() -> then.accept(codec.decodeReply(answer).outcome()));
            }));
        }

        private static void show(Peer from, Peer to, String frame) {
            System.out.println("  " + from.id() + " to " + to.id() + ": " + frame);
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
}
