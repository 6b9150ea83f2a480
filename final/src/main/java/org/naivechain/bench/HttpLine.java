package org.naivechain.bench;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One kept-alive connection to a node's HTTP API, for one thread, which is blocked until the answer is there.
 *
 * <p>It is a bare socket because the clients share the machine with the nodes that they measure. For each add it takes 0.03 to
 * 0.04 ms of processor time. The JDK's {@code HttpURLConnection} took 7 times as much with 64 clients, and its {@code
 * HttpClient}, which hands each answer from thread to thread, 13 times: more than one processor of two.
 */
final class HttpLine implements Closeable {
    private static final String HOST = "127.0.0.1";
    private static final int CONNECT_MILLIS = 5_000;
    /** A node answers within 30 s, if only to say that it does not know. */
    private static final int ANSWER_MILLIS = 35_000;

    private final Socket socket;
    private final InputStream in;
    private final String head;

    HttpLine(int port) throws IOException {
        socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.connect(new InetSocketAddress(HOST, port), CONNECT_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        head = "POST /data HTTP/1.1\r\nHost: " + HOST + ":" + port
                + "\r\nContent-Type: application/json\r\nContent-Length: ";
    }

    /** Asks the node to add a text, which is ASCII that needs no escape in JSON. */
    HttpAnswer add(String text) throws IOException {
        String body = "{\"data\": \"" + text + "\"}";
        String request = head + body.length() + "\r\n\r\n" + body;
        // In one write, so that it is one segment.
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return HttpAnswer.read(in);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
