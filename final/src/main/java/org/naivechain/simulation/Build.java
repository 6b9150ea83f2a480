package org.naivechain.simulation;

import java.util.function.UnaryOperator;
import org.naivechain.consensus.majority.MajorityVote;
import org.naivechain.consensus.naive.NaiveVote;
import org.naivechain.node.EngineFactory;
import org.naivechain.node.Node;
import org.naivechain.protocol.Network;

/**
 * What is simulated: the code of the real node with an engine. Stores or the network can be replaced by broken ones, to see
 * whether the simulator notices.
 *
 * @param engine makes the engines
 * @param stores replaces the stores of a node, at each start
 * @param network replaces the network of a node, at each start
 */
public record Build(EngineFactory engine, UnaryOperator<Node.Stores> stores, UnaryOperator<Network> network) {
    /** Unbroken nodes with the safe engine. */
    public static final Build MAJORITY = of((context, fetcher, box) -> new MajorityVote(context, fetcher, box, 2));

    /** Unbroken nodes with the vote of the original. */
    public static final Build NAIVE = of((context, fetcher, box) -> new NaiveVote(context, fetcher, 2));

    /** {@return unbroken nodes with an engine} */
    public static Build of(EngineFactory engine) {
        return new Build(engine, UnaryOperator.identity(), UnaryOperator.identity());
    }
}
