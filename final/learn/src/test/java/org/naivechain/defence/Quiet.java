package org.naivechain.defence;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Peers are shut out all the time in these checks; a line in the log for each would hide what the checks say. */
final class Quiet {
    private Quiet() {}

    static void begin() {
        ((Logger) LoggerFactory.getLogger("RPC_SERVER")).setLevel(Level.ERROR);
    }
}
