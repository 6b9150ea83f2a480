package org.naivechain.http;

import org.naivechain.protocol.PeerId;

/** What comes of the request to have a peer removed from the network. */
public sealed interface Eviction {
    /** It is no member any more. */
    record Done() implements Eviction {}

    /** Nothing is known of such a peer. */
    record NoSuchPeer(PeerId id) implements Eviction {}

    /** The node has only been heard of: it is no member, or no more. */
    record NoMember(PeerId id) implements Eviction {}

    /**
     * It is a member still, as far as this node knows.
     *
     * @param reason why, and what to do
     */
    record Refused(String reason) implements Eviction {}
}
