package org.naivechain.protocol;

import java.util.random.RandomGenerator;
import org.naivechain.chain.Chain;
import org.slf4j.Logger;

/**
 * What the parts of a node's logic work on and with.
 *
 * @param ledger the node's chain, and what belongs to it
 * @param peers the node's peer table
 * @param network the way to other nodes
 * @param time the node's clock
 * @param random the node's source of chance
 * @param durability what tells when writes are durable
 * @param log where the protocol's part says what it does
 * @param complaints where it says what others do wrong
 * @param misbehaviour where it says what nobody does by mistake
 */
public record NodeContext(
        Ledger ledger,
        PeerTable peers,
        Network network,
        Time time,
        RandomGenerator random,
        Durability durability,
        Logger log,
        Complaints complaints,
        Misbehaviour misbehaviour) {

    /**
     * A context whose complaints go to the log, and where misbehaviour has no consequences.
     *
     * @param ledger the node's chain, and what belongs to it
     * @param peers the node's peer table
     * @param network the way to other nodes
     * @param time the node's clock
     * @param random the node's source of chance
     * @param durability what tells when writes are durable
     * @param log where the protocol's part says what it does
     */
    public NodeContext(
            Ledger ledger,
            PeerTable peers,
            Network network,
            Time time,
            RandomGenerator random,
            Durability durability,
            Logger log) {
        this(ledger, peers, network, time, random, durability, log, Misbehaviour.IGNORED);
    }

    /**
     * A context whose complaints go to the log.
     *
     * @param ledger the node's chain, and what belongs to it
     * @param peers the node's peer table
     * @param network the way to other nodes
     * @param time the node's clock
     * @param random the node's source of chance
     * @param durability what tells when writes are durable
     * @param log where the protocol's part says what it does
     * @param misbehaviour where it says what nobody does by mistake
     */
    public NodeContext(
            Ledger ledger,
            PeerTable peers,
            Network network,
            Time time,
            RandomGenerator random,
            Durability durability,
            Logger log,
            Misbehaviour misbehaviour) {
        this(
                ledger,
                peers,
                network,
                time,
                random,
                durability,
                log,
                new Complaints(log, () -> time.now()),
                misbehaviour);
    }

    /** {@return the chain of the ledger, to read} */
    public Chain chain() {
        return ledger.chain();
    }
}
