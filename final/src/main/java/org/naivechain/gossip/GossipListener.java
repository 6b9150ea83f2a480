package org.naivechain.gossip;

import java.util.List;
import org.naivechain.protocol.Peer;

/** The node that gossips, as the gossip sees it: a port. Called by the node's thread; no method blocks or throws. */
public interface GossipListener {
    /** {@return how far this node is} */
    Height height();

    /**
     * {@return whom this node wants to hear of whatever happens, for example because they are members: nodes of this program,
     * which are called until they answer and are never forgotten}
     */
    List<Peer> registered();

    /**
     * A node has been found, or is in another state than before.
     *
     * @param rumour what is known of it now
     */
    void heard(Rumour rumour);

    /**
     * A node has answered at the address where it was called.
     *
     * @param rumour what it said of itself
     */
    default void answered(Rumour rumour) {}

    /**
     * A node is further than was known.
     *
     * @param rumour what is known of it now
     */
    void grown(Rumour rumour);
}
