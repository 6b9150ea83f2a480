package org.naivechain.protocol;

import org.naivechain.chain.Chain;
import org.slf4j.Logger;

/** What the parts of a node's logic work on and with. */
public record NodeContext(Chain chain, PeerTable peers, Network network, Time time, Logger log, Complaints complaints) {
    /** A context whose complaints go to the log. */
    public NodeContext(Chain chain, PeerTable peers, Network network, Time time, Logger log) {
        this(chain, peers, network, time, log, new Complaints(log, () -> time.now()));
    }
}
