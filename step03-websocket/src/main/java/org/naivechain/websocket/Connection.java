package org.naivechain.websocket;

/** One open WebSocket connection. Any thread may use it; nothing here blocks or throws. */
public interface Connection {
    /** {@return where the other end is: its IP address, as a literal such as {@code 127.0.0.1}} */
    String remoteHost();

    /** {@return what both ends agreed to speak: the subprotocol that both named, or the empty text if there is none} */
    String subprotocol();

    /**
     * Sends a text frame, some time later. A connection whose other end does not read is dropped when more than
     * {@link Limits#maxQueuedBytes()} wait for it; a frame for a closed connection is dropped.
     */
    void send(String frame);

    /**
     * Closes the connection in good order; {@link FrameHandler#closed} follows. The other end is told the reason, cut to what
     * fits into a close frame.
     */
    void close(String reason);
}
