package org.naivechain.simulation;

import java.util.function.UnaryOperator;
import org.naivechain.consensus.majority.MajorityVote;
import org.naivechain.consensus.naive.NaiveVote;
import org.naivechain.node.EngineFactory;
import org.naivechain.node.Node;
import org.naivechain.protocol.Network;

/**
 * Which nodes are tried: the very node code with an engine, and, to see whether the simulator notices, with something broken
 * between it and its ports.
 *
 * @param engine what makes the engines
 * @param stores what a node is given instead of its stores, at each start
 * @param network what a node is given instead of its network, at each start
 */
public record Build(EngineFactory engine, UnaryOperator<Node.Stores> stores, UnaryOperator<Network> network) {
    /** Nodes as they are, with the engine that is safe. */
    public static final Build MAJORITY = of((context, fetcher, box) -> new MajorityVote(context, fetcher, box, 2));

    /** Nodes as they are, with the vote of the original. */
    public static final Build NAIVE = of((context, fetcher, box) -> new NaiveVote(context, fetcher, 2));

    /**
     * Nodes as they are.
     *
     * @param engine what makes the engines
     * @return nodes with that engine and nothing broken
     */
    public static Build of(EngineFactory engine) {
        return new Build(engine, UnaryOperator.identity(), UnaryOperator.identity());
    }
}
