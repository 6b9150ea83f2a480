package org.naivechain.protocol.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.Optional;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.protocol.JoinOutcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.rpc.Defence;

/** Step 4 on the screen: nodes join each other over sockets; every frame is shown as it is on the wire. */
public final class ProtocolDemo {
    private ProtocolDemo() {}

    /** Prints the demonstration: three nodes in one program. */
    public static void main(String[] arguments) throws IOException {
        boolean same;
        long length;
        try (DemoNode first = sending("first", System.out);
                DemoNode second = sending("second", System.out);
                DemoNode third = sending("third", System.out)) {
            first.ask(node -> node.chain().append(node.chain().next(BlockData.of("Testing String Again"))))
                    .join();
            for (DemoNode node : new DemoNode[] {first, second, third}) {
                System.out.println("The " + node.self().id() + " node listens on "
                        + node.self().address().port() + " and has " + length(node) + " block(s).");
            }
            System.out.println("The second joins the first:");
            join(second, first.self());
            System.out.println("The third joins the second, is told of the first, and introduces itself to it:");
            join(third, second.self());
            first.untilItKnows(2);
            second.untilItKnows(2);
            third.untilItKnows(2);
            same = head(first).equals(head(third)) && head(second).equals(head(third));
            length = length(third);
        }
        System.out.println("All have " + length + " blocks, with equal heads: " + same);
    }

    private static DemoNode bound(PeerId id, int port, Defence watch) throws IOException {
        try {
            return new DemoNode(id, port, watch);
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen on port " + port + " (" + e.getMessage() + "); choose another with -p", e);
        }
    }

    private static DemoNode sending(String name, PrintStream out) throws IOException {
        return new DemoNode(new PeerId(name), 0, new Defence() {
            @Override
            public void sent(String to, String frame) {
                // An answer goes over the connection that it was asked over.
                out.println("  " + name + (to.contains(":") ? " to " + to : " answers") + ": " + frame);
            }
        });
    }

    private static void join(DemoNode joiner, Peer member) {
        JoinOutcome outcome =
                joiner.join(member.address(), Optional.of(member.id())).join();
        System.out.println("  " + outcome);
    }

    private static long length(DemoNode node) {
        return node.ask(asked -> asked.chain().length()).join();
    }

    private static Block head(DemoNode node) {
        return node.ask(asked -> asked.chain().head()).join();
    }

    /**
     * Starts one node, for two terminals: the first has some blocks, and a second one that joins it copies them.
     *
     * @param step 4, or 5 where it is served over HTTP, too
     * @param port where it listens on this machine; 0 takes any free one
     * @param peer where the node listens that it joins; without one it begins a network
     * @return the node, to be closed
     * @throws IOException if the port cannot be bound, or the node cannot join
     */
    public static DemoNode start(int step, int port, Optional<PeerAddress> peer, PrintStream out) throws IOException {
        PeerId id = PeerId.random(new SecureRandom());
        DemoNode node = bound(id, port, new Defence() {
            @Override
            public void sent(String to, String frame) {
                out.println("  > " + to + "  " + frame);
            }

            @Override
            public void received(String from, String frame) {
                out.println("  < " + from + "  " + frame);
            }
        });
        int own = node.self().address().port().number();
        out.println("Node " + id + " listens on " + own + ".");
        if (peer.isEmpty()) {
            for (String text : new String[] {"Testing String", "Testing String Again"}) {
                node.ask(asked -> asked.chain().append(asked.chain().next(BlockData.of(text))))
                        .join();
            }
            out.println("It has " + length(node) + " blocks. In another terminal: ./naivechain demo " + step + " -p "
                    + (own + 2) + " --peer " + own);
        } else if (node.join(peer.get(), Optional.empty()).join() instanceof JoinOutcome.NotJoined notJoined) {
            node.close();
            throw new IOException(notJoined.reason());
        } else {
            out.println("It has joined, and has " + length(node) + " blocks; the last is "
                    + head(node).hash() + ".");
        }
        return node;
    }
}
