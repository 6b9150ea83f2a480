package org.naivechain.protocol;

/** Who has sent a command: a port, used by the node's thread. */
@FunctionalInterface
public interface Sender {
    /** {@return where the command came from: an IP address} */
    String host();

    /** Says what the sender did that no honest node does; must not block. Without a defence it has no consequences. */
    default void accuse(Misbehaviour what, String detail) {}
}
