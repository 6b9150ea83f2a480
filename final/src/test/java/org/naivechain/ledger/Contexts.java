package org.naivechain.ledger;

import java.util.Random;
import org.naivechain.protocol.Network;
import org.naivechain.protocol.NodeContext;
import org.naivechain.protocol.PeerTable;
import org.naivechain.protocol.Time;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/** What parts of a node's logic work on, where everything is durable at once. */
public final class Contexts {
    private Contexts() {}

    /** A context that logs nothing. */
    public static LedgerContext of(Ledger ledger, PeerTable peers, Network network, Time time) {
        return of(ledger, peers, network, time, NOPLogger.NOP_LOGGER);
    }

    /** A context. */
    public static LedgerContext of(Ledger ledger, PeerTable peers, Network network, Time time, Logger log) {
        return new LedgerContext(
                new NodeContext(ledger.chain(), peers, network, time, log), ledger, Durability.NONE, new Random(1));
    }
}
