package org.naivechain.consensus;

import java.util.Optional;
import org.naivechain.protocol.PeerAddress;

/**
 * The rule that a network must have some size before data is added, as in the original.
 *
 * @param least how many members there must be
 */
public record MinMembers(int least) {
    /** {@return why no data can be added, if there are too few; with the address at which others can join this node} */
    public Optional<String> objection(int members, PeerAddress self) {
        return members >= least
                ? Optional.empty()
                : Optional.of("at least " + least + " nodes are needed to add data, and this node knows of " + members
                        + ", itself included: start another with --peer " + self);
    }
}
