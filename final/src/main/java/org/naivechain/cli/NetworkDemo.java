package org.naivechain.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.naivechain.blocks.Block;
import org.naivechain.node.Consensus;
import org.naivechain.node.LocalNetwork;

/** The finished node on the screen: three of them agree on blocks, one is switched off and comes back. */
final class NetworkDemo {
    private static final int NODES = 3;
    private static final int DIGITS = 8;

    private final PrintStream out;
    private final LocalNetwork network;

    private NetworkDemo(PrintStream out, LocalNetwork network) {
        this.out = out;
        this.network = network;
    }

    /**
     * Shows everything, and ends.
     *
     * @param stay whether the nodes go on until the user ends the program
     */
    static void run(PrintStream out, boolean stay) throws Exception {
        out.println("Three nodes start on this machine. Each keeps a chain of blocks of its own.");
        try (LocalNetwork network = LocalNetwork.start(NODES, Consensus.MAJORITY)) {
            NetworkDemo demo = new NetworkDemo(out, network);
            demo.show();
            if (stay) {
                demo.stay();
            }
        }
    }

    private void show() throws Exception {
        draw(1);
        out.println("A user tells node 1: Ann pays Ben 5");
        network.add(1, "Ann pays Ben 5");
        draw(2);
        out.println("A user tells node 2: Ben pays Cleo 3");
        network.add(2, "Ben pays Cleo 3");
        draw(3);
        out.println("Node 3 is switched off. Two of three are a majority, and go on: Cleo pays Ann 1");
        network.stop(3);
        network.add(1, "Cleo pays Ann 1");
        draw(4);
        out.println("Node 3 is switched on again. It fetches the block that it missed.");
        network.start(3);
        network.awaitBlocks(4);
        draw(4);
        out.println("The same hash in a row means the same block, and the same blocks before it.");
    }

    private void stay() throws InterruptedException {
        out.println();
        out.println("The nodes go on until you press Ctrl+C. In another terminal:");
        out.println("  curl " + network.http(3) + "/data");
        out.println("  curl -X POST " + network.http(1)
                + "/data -H 'Content-Type: application/json' -d '{\"data\": \"Ann pays Cleo 2\"}'");
        new CountDownLatch(1).await();
    }

    private void draw(int blocks) throws IOException, InterruptedException {
        List<List<Block>> chains = new ArrayList<>();
        for (int node = 1; node <= NODES; node++) {
            chains.add(network.chain(node));
        }
        out.println();
        out.println("  block   node 1     node 2     node 3     data");
        for (int block = 0; block < blocks; block++) {
            StringBuilder row = new StringBuilder("  %5d   ".formatted(block));
            for (List<Block> chain : chains) {
                row.append("%-11s"
                        .formatted(
                                block < chain.size()
                                        ? chain.get(block).hash().text().substring(0, DIGITS)
                                        : "-"));
            }
            out.println(row + chains.get(0).get(block).data().text());
        }
        out.println();
    }
}
