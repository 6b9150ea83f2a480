package org.naivechain.gossip;

import java.util.List;
import org.naivechain.protocol.Peer;

/** A port: the node that gossips, as the gossip sees it. Called by the node's thread; no method blocks or throws. */
public interface GossipListener {
    /** {@return how far this node is} */
    Height height();

    /** {@return nodes of this program, such as members, that are called until they answer and are never forgotten} */
    List<Peer> registered();

    /** A node has been found, or is in another state than before; this is known of it now. */
    void heard(Rumour rumour);

    /** A node has answered at the address where it was called; this it said of itself. */
    default void answered(Rumour rumour) {}

    /** A node is further than was known; this is known of it now. */
    void grown(Rumour rumour);
}
