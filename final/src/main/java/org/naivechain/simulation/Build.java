package org.naivechain.simulation;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.naivechain.consensus.majority.MajorityVote;
import org.naivechain.consensus.naive.NaiveVote;
import org.naivechain.consensus.work.Difficulty;
import org.naivechain.node.Consensus;
import org.naivechain.node.EngineFactory;
import org.naivechain.node.Node;
import org.naivechain.node.WorkFactory;
import org.naivechain.protocol.Network;

/**
 * What is simulated: the code of the real node with an engine. Stores or the network can be replaced by broken ones, to see
 * whether the simulator notices.
 *
 * @param engine makes the engines
 * @param stores replaces the stores of a node, at each start
 * @param network replaces the network of a node, at each start
 * @param regime how such a network agrees
 * @param promised makes the rules that every block must keep: those of the engine, unless that is a broken one
 */
public record Build(
        EngineFactory engine,
        UnaryOperator<Node.Stores> stores,
        UnaryOperator<Network> network,
        Regime regime,
        EngineFactory promised) {
    private static final Duration BLOCK_TIME = Duration.ofMillis(500);
    private static final int HASHES = 200;
    private static final int RATE = 80;
    static final int CONFIRMATIONS = 3;

    /** Unbroken nodes with the safe engine. */
    public static final Build MAJORITY = of((context, fetcher, box) -> new MajorityVote(context, fetcher, box, 2));

    /** Unbroken nodes with the vote of the original. */
    public static final Build NAIVE = of((context, fetcher, box) -> new NaiveVote(context, fetcher, 2));

    /** How hard it is to seal a block, and how many hashes a node computes in a second, in a world of few hashes. */
    static final WorkFactory MINERS = new WorkFactory(
            Difficulty.of(BLOCK_TIME, HASHES), time -> new VirtualMiner(time, RATE, RATE), CONFIRMATIONS, 2);

    /** Unbroken nodes that agree by proof of work. */
    public static final Build WORK = sealing(MINERS, MINERS);

    /** Unbroken nodes that agree by proof of stake. */
    public static final Build STAKE = staking(VirtualHolders.EQUAL, VirtualHolders.EQUAL);

    /** Nodes that vote. */
    public Build(EngineFactory engine, UnaryOperator<Node.Stores> stores, UnaryOperator<Network> network) {
        this(engine, stores, network, Regime.VOTES, engine);
    }

    /** {@return unbroken nodes that agree in a way} */
    public static Build of(Consensus consensus) {
        return switch (consensus) {
            case MAJORITY -> MAJORITY;
            case NAIVE -> NAIVE;
            case WORK -> WORK;
            case STAKE -> STAKE;
        };
    }

    /** {@return unbroken nodes with an engine that votes} */
    public static Build of(EngineFactory engine) {
        return new Build(engine, UnaryOperator.identity(), UnaryOperator.identity());
    }

    /** {@return nodes that mine blocks; the rules that they must keep are those of the engine, unless that is a broken one} */
    public static Build sealing(EngineFactory engine, EngineFactory promised) {
        return new Build(engine, UnaryOperator.identity(), UnaryOperator.identity(), Regime.WORK, promised);
    }

    /** {@return nodes that sign blocks; the rules that they must keep are those of the engine, unless that is a broken one} */
    public static Build staking(EngineFactory engine, EngineFactory promised) {
        return new Build(engine, UnaryOperator.identity(), UnaryOperator.identity(), Regime.STAKE, promised);
    }
}
