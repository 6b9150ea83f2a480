package org.naivechain.membership;

import java.util.function.Consumer;
import org.naivechain.ledger.Change;
import org.naivechain.protocol.Reply;

/** How the members agree on who they are: a port, used by the node's thread. */
public interface Amendments {
    /**
     * Has the members changed; must not block.
     *
     * @param then told, now or later, an acknowledgement when it is so, or a refusal; after a refusal it may still come to be so,
     *     unless the change is one that cannot be made
     */
    void amend(Change change, Consumer<Reply> then);

    /** {@return whether this node has taken part in decisions since it started; true if the others have counted it} */
    boolean hasTakenPart();
}
