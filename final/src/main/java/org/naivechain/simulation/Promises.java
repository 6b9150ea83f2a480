package org.naivechain.simulation;

import java.util.Optional;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.Peer;

/** What a network promises, checked from outside on everything that its nodes hold. For one thread. */
interface Promises {
    /** The first promise that was broken. */
    Optional<Violation> broken();

    /** Takes down that a promise was broken. */
    void violate(String what);

    /** How many blocks there are. */
    long length();

    /** Whether a node is a member by the last decision; always true where everybody is. */
    boolean isMember(Peer node);

    /** Whether enough members are there for data to be added. */
    boolean canDecide();

    /** Whether an add that was answered may be answered like this, when somebody asks again. */
    boolean isSameAnswer(AddOutcome first, Optional<AddOutcome> again);

    /** Checks what must hold at any moment; called after every event. */
    void check();

    /** Checks what must hold when all is healed. */
    void checkAtTheEnd(Users users);
}
