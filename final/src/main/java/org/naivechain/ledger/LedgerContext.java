package org.naivechain.ledger;

import java.util.random.RandomGenerator;
import org.naivechain.protocol.Complaints;
import org.naivechain.protocol.Network;
import org.naivechain.protocol.NodeContext;
import org.naivechain.protocol.PeerTable;
import org.naivechain.protocol.Time;
import org.slf4j.Logger;

/**
 * What the later layers of a node's logic work on and with: beside what step 4 has, what belongs to the chain.
 *
 * @param node what step 4 works on and with
 * @param ledger the chain, and what belongs to it
 */
public record LedgerContext(NodeContext node, Ledger ledger, Durability durability, RandomGenerator random) {
    /** {@return the chain of the ledger, to read} */
    public KeptChain chain() {
        return ledger.chain();
    }

    /** {@return the node's peer table} */
    public PeerTable peers() {
        return node.peers();
    }

    /** {@return the way to other nodes} */
    public Network network() {
        return node.network();
    }

    /** {@return the node's clock} */
    public Time time() {
        return node.time();
    }

    /** {@return where it is said what this node does} */
    public Logger log() {
        return node.log();
    }

    /** {@return where it is said what others do wrong} */
    public Complaints complaints() {
        return node.complaints();
    }
}
