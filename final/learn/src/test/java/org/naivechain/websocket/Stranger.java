package org.naivechain.websocket;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/** Somebody with a bare socket, who sends whatever bytes a check wants. */
final class Stranger implements AutoCloseable {
    static final int TEXT = 0x1;
    static final int CONTINUATION = 0x0;
    static final int PING = 0x9;

    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int LONG = 127;
    private static final String HANDSHAKE =
            "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    private final Socket socket = new Socket();

    /** Connects, and says nothing. */
    Stranger(int port) throws IOException {
        socket.setReceiveBufferSize(4 * 1024);
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
    }

    /** Connects and is let in. */
    static Stranger afterHandshake(int port) throws IOException {
        Stranger stranger = new Stranger(port);
        stranger.shakeHands();
        return stranger;
    }

    /** Asks for the handshake and reads the answer: its first line, or nothing if the other end hung up. */
    String shakeHands() throws IOException {
        StringBuilder head = new StringBuilder();
        socket.setSoTimeout(2_000);
        try {
            socket.getOutputStream().write(HANDSHAKE.getBytes(US_ASCII));
            while (head.indexOf("\r\n\r\n") < 0) {
                int read = socket.getInputStream().read();
                if (read < 0) {
                    break;
                }
                head.append((char) read);
            }
        } catch (SocketException e) {
            return "";
        }
        return head.toString().split("\r\n", 2)[0];
    }

    /** Sends a frame, masked with zeros: its header with a length of 64 bits, and its payload. */
    void frame(boolean fin, int opcode, byte[] payload) throws IOException {
        write(header(fin, opcode, payload.length), payload);
    }

    /** Sends the header of a text frame of so many bytes, and none of them. */
    void promise(long bytes) throws IOException {
        write(header(true, TEXT, bytes), new byte[0]);
    }

    /** The bytes of a whole text frame, and behind them the header of another. */
    static ByteBuffer frameAndPromise(byte[] payload, long promised) {
        byte[] first = header(true, TEXT, payload.length);
        byte[] second = header(true, TEXT, promised);
        return ByteBuffer.allocate(first.length + payload.length + second.length)
                .put(first)
                .put(payload)
                .put(second)
                .flip();
    }

    /** A control frame has its length in seven bits. */
    void ping() throws IOException {
        write(new byte[] {(byte) (FIN | PING), (byte) MASKED, 0, 0, 0, 0}, new byte[0]);
    }

    private static byte[] header(boolean fin, int opcode, long length) {
        return ByteBuffer.allocate(14)
                .put((byte) ((fin ? FIN : 0) | opcode))
                .put((byte) (MASKED | LONG))
                .putLong(length)
                .array();
    }

    /** What a listener has closed cannot be written to; the answer tells more. */
    private void write(byte[] header, byte[] payload) throws IOException {
        byte[] all = new byte[header.length + payload.length];
        System.arraycopy(header, 0, all, 0, header.length);
        System.arraycopy(payload, 0, all, header.length, payload.length);
        try {
            socket.getOutputStream().write(all);
        } catch (SocketException e) {
            // The check asks isHungUpOn.
        }
    }

    /** Whether the other end hangs up within this time, whatever it says before. */
    boolean isHungUpOn(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            while (socket.getInputStream().read() >= 0) {
                // A close frame may come first.
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    void hangUp() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
