package org.naivechain.protocol.rpc;

import java.util.Optional;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.Misbehaviour;
import org.naivechain.protocol.PeerAddress;

/** What keeps hostile and broken nodes from spending too much of this one: a port. Any thread may call it; nothing blocks. */
public interface Defence {
    /** No defence: everybody may ask for everything. */
    Defence NONE = new Defence() {};

    /** {@return why a caller is not let in, by the IP address of its host; empty if it may come in} */
    default Optional<String> objectionToCaller(String host) {
        return Optional.empty();
    }

    /** {@return why a node is not called; empty if it may be called} */
    default Optional<String> objectionToCalled(PeerAddress called) {
        return Optional.empty();
    }

    /** Says what a node did whose connection was ended before it could be watched, by the IP address of its host. */
    default void accuseCaller(String host, Misbehaviour what, String detail) {}

    /** Says what a node did that was called. */
    default void accuseCalled(PeerAddress called, Misbehaviour what, String detail) {}

    /** Sees a frame that goes out, as it is on the wire; with where it goes. */
    default void sent(String to, String frame) {}

    /** Sees a frame that comes in and is taken, as it is on the wire; with where it comes from. */
    default void received(String from, String frame) {}

    /** Has somebody look again for connections to end, whenever a node is shut out. */
    default void whenShutOut(Runnable look) {}

    /** {@return what watches a connection that a caller has opened, until it is closed} */
    default Watch opened(String host) {
        return new Watch() {};
    }

    /** What watches one connection. */
    interface Watch {
        /** {@return why the connection is to be ended; empty if it may stay} */
        default Optional<String> shutOut() {
            return Optional.empty();
        }

        /** {@return the rule that a frame of so many characters breaks, before it is read; empty if it may be read} */
        default Optional<String> objection(int chars) {
            return Optional.empty();
        }

        /** {@return why a command is not handled; empty if it may be, and then it is released when it is answered} */
        default Optional<String> admit(Command command, int chars) {
            return Optional.empty();
        }

        /** Notes that a command is answered, or dropped. */
        default void release(Command command, int chars) {}

        /** Notes a frame without text. */
        default void pinged() {}

        /** Says what the other end did. */
        default void accuse(Misbehaviour what, String detail) {}

        /** Notes that the connection is closed. */
        default void closed() {}
    }
}
