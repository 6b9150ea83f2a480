package org.naivechain.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.CloseFrame;

/** How a handshake is refused so that the caller learns why: in the status line, which its library shows. */
final class Refused {
    private static final String STATUS = "HTTP/1.1 403 ";
    private static final int MAX_REASON_CHARS = 200;

    private Refused() {}

    /**
     * Refuses a handshake. Java-WebSocket answers every refusal with 404 and a page that says nothing; this goes before it, and
     * says that nothing follows.
     */
    static InvalidDataException refuse(WebSocketImpl socket, String reason) {
        String answer = STATUS + LiveConnection.ascii(reason, MAX_REASON_CHARS)
                + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        return answer(socket, answer, reason);
    }

    /** Tells one who speaks plain HTTP what is spoken here (RFC 9110, section 15.5.22). */
    static InvalidDataException plainHttp(WebSocketImpl socket, String json) {
        String answer = "HTTP/1.1 426 Upgrade Required\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\n"
                + "Content-Type: application/json\r\nX-Content-Type-Options: nosniff\r\nContent-Length: "
                + json.length() + "\r\n\r\n" + json;
        return answer(socket, answer, "plain HTTP");
    }

    private static InvalidDataException answer(WebSocketImpl socket, String answer, String reason) {
        socket.outQueue.add(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
        return new InvalidDataException(CloseFrame.REFUSE, reason);
    }

    /** The reason out of what Java-WebSocket's client says of a refused handshake; all of it if there is none. */
    static String reasonIn(String failure) {
        int status = failure.indexOf(STATUS);
        return status < 0 ? failure : "refused: " + failure.substring(status + STATUS.length());
    }
}
