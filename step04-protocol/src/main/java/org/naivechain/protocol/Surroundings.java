package org.naivechain.protocol;

import java.util.random.RandomGenerator;
import org.naivechain.chain.Chain;
import org.slf4j.Logger;

/**
 * What the parts of a node's logic work on and with.
 *
 * @param chain the node's chain
 * @param peers the node's peer table
 * @param network the way to other nodes
 * @param time the node's clock
 * @param random the node's source of chance
 * @param log where the protocol's part says what it does
 * @param complaints where it says what others do wrong
 */
public record Surroundings(
        Chain chain,
        PeerTable peers,
        Network network,
        Time time,
        RandomGenerator random,
        Logger log,
        Complaints complaints) {

    /**
     * Surroundings whose complaints go to the log.
     *
     * @param chain the node's chain
     * @param peers the node's peer table
     * @param network the way to other nodes
     * @param time the node's clock
     * @param random the node's source of chance
     * @param log where the protocol's part says what it does
     */
    public Surroundings(Chain chain, PeerTable peers, Network network, Time time, RandomGenerator random, Logger log) {
        this(chain, peers, network, time, random, log, new Complaints(log, () -> time.now()));
    }
}
