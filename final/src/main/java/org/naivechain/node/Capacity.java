package org.naivechain.node;

import org.naivechain.http.HttpServer;
import org.naivechain.websocket.Limits;

/**
 * How many connections others may have. Each takes one of the files and sockets that the process may have open, and none may
 * be missing when the node itself opens a file or calls a peer.
 */
record Capacity(int nodes, int http) {
    /** What is open in a node without connections: 75 were counted, libraries for the most part. */
    private static final int OWN = 128;

    private static final int LEAST = 192;

    /**
     * What fits: half of what is left is for nodes that call, a quarter for HTTP, a quarter for calls to peers.
     *
     * @param openFiles how many files and sockets the process may have open
     * @throws StartFailure if there are too few for a node
     */
    static Capacity of(long openFiles) throws StartFailure {
        if (openFiles < LEAST) {
            throw new StartFailure("this process may have " + openFiles + " files and sockets open, and a node needs at"
                    + " least " + LEAST + ": raise the limit (ulimit -n 4096)");
        }
        long spare = openFiles - OWN;
        return new Capacity((int) Math.min(spare / 2, Limits.DEFAULT.maxConnections()), (int)
                Math.min(spare / 4, HttpServer.MAX_CONNECTIONS));
    }

    boolean isReduced() {
        return nodes < Limits.DEFAULT.maxConnections() || http < HttpServer.MAX_CONNECTIONS;
    }
}
