package org.naivechain.websocket;

/** How a handshake is refused so that the caller learns why: in the status line, which its library shows. */
final class Refused {
    private static final String STATUS = "HTTP/1.1 403 ";
    static final int MAX_REASON_CHARS = 200;

    private Refused() {}

    static String answer(String reason) {
        return STATUS + ascii(reason, MAX_REASON_CHARS) + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    }

    /** Tells one who speaks plain HTTP what is spoken here (RFC 9110, section 15.5.22). */
    static String plainHttp(String json) {
        return "HTTP/1.1 426 Upgrade Required\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\n"
                + "Content-Type: application/json\r\nX-Content-Type-Options: nosniff\r\nContent-Length: "
                + json.length() + "\r\n\r\n" + json;
    }

    /** The reason out of what Java-WebSocket's client says of a refused handshake; all of it if there is none. */
    static String reasonIn(String failure) {
        int status = failure.indexOf(STATUS);
        return status < 0 ? failure : "refused: " + failure.substring(status + STATUS.length());
    }

    /** A text as it fits a line of a protocol or the log: strangers may have written parts of it. */
    static String ascii(String text, int maxChars) {
        String ascii = text.replaceAll("[^\\x20-\\x7e]", "?");
        return ascii.length() <= maxChars ? ascii : ascii.substring(0, maxChars - 3) + "...";
    }
}
