package org.naivechain.bench;

import org.naivechain.blocks.BlockData;

/**
 * What a load test is to do.
 *
 * @param clients how many clients add at a time, spread evenly over the nodes
 * @param bytes how long the text of each add is
 * @param profile whether to say what an add takes, too
 */
public record BenchOptions(
        int nodes, int clients, int seconds, int warmUpSeconds, int bytes, boolean profile, NodeOptions nodeOptions) {
    private static final int MAX_NODES = 16;
    /** A node's HTTP server answers 100 requests at a time; what waits behind them would be measured as the node's own. */
    private static final int MAX_CLIENTS_PER_NODE = 90;

    private static final int MAX_SECONDS = 3_600;
    /** As a JSON literal, which adds two quotes, it must fit into a block. */
    private static final int MAX_BYTES = BlockData.MAX_BYTES - 2;

    /** Throws an {@link IllegalArgumentException} if a number is out of range. */
    public BenchOptions {
        require("the nodes", nodes, 1, MAX_NODES, "");
        String share = ", that is " + MAX_CLIENTS_PER_NODE + " for each node";
        require("the clients", clients, 1, nodes * MAX_CLIENTS_PER_NODE, share);
        require("the seconds", seconds, 1, MAX_SECONDS, "");
        require("the seconds of the warm-up", warmUpSeconds, 0, MAX_SECONDS, "");
        require("the bytes", bytes, Datum.MIN_BYTES, MAX_BYTES, ", so that each text is another one and fits a block");
    }

    private static void require(String what, int value, int least, int most, String why) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " must be " + least + " to " + most + why + ": " + value);
        }
    }
}
