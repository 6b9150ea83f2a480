package org.naivechain.websocket;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who is let in: what a listener demands of callers, and what a dialer says to get in and demands of those it calls. All of it
 * is said in header fields of the WebSocket handshake and in the caller's first frame. Any thread may use it; nothing blocks.
 */
public interface Gate {
    /** Lets everybody in, and calls everybody. */
    Gate OPEN = new Gate() {};

    /**
     * {@return on what terms a listener lets a caller in that has sent this request}
     *
     * @throws Refusal if it does not
     */
    default Terms admit(Head request) throws Refusal {
        return new Terms(Map.of(), Optional.empty());
    }

    /** {@return what a dialer says in its next call} */
    default Call call() {
        return new Call(Map.of(), response -> Optional.empty());
    }

    /** {@return what a listener tells those who speak plain HTTP: a JSON text in ASCII} */
    default String plainHttpAnswer() {
        return "{\"message\":\"this port is for WebSocket only\"}";
    }

    /**
     * What the other end has said in the handshake.
     *
     * @param field the value of a header field by its name, in any case; nothing if there is none
     * @param subprotocol what both ends will speak, or the empty text
     */
    record Head(Function<String, Optional<String>> field, InetSocketAddress local, String subprotocol) {}

    /**
     * How a caller is let in.
     *
     * @param firstFrame what checks its first frame, which the {@link FrameHandler} does not get; empty to let it in at once
     */
    record Terms(Map<String, String> headers, Optional<Check<String, ?>> firstFrame) {}

    /**
     * How a dialer makes one call.
     *
     * @param answer what checks the response, and gives the frame to send before all others, if there is one
     */
    record Call(Map<String, String> headers, Check<Head, Optional<String>> answer) {}

    /** Looks at what the other end has said, and may refuse to go on. */
    interface Check<T, R> {
        /** {@return what follows from it} */
        R of(T said) throws Refusal;
    }

    /** The end of a connection that the gate did not let through; its message is told and logged. */
    final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        /** Refuses for a reason. */
        public Refusal(String reason) {
            super(reason);
        }
    }
}
