package org.naivechain.http;

import org.naivechain.protocol.PeerId;

/** What comes of the request to have a peer removed from the network. */
public sealed interface Eviction {
    /** It is no member any more. */
    record Done() implements Eviction {}

    /**
     * There is nobody to remove.
     *
     * @param id who was meant
     */
    record NoSuchPeer(PeerId id) implements Eviction {}

    /**
     * It is no member, or no more; it was only heard of.
     *
     * @param id who was meant
     */
    record NoMember(PeerId id) implements Eviction {}

    /**
     * It is a member still, as far as this node knows.
     *
     * @param reason why, and what to do
     */
    record Refused(String reason) implements Eviction {}
}
