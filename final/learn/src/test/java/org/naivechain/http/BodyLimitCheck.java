package org.naivechain.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.naivechain.learn.Explain.same;
import static org.naivechain.learn.Explain.that;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.naivechain.blocks.BlockData;
import org.naivechain.http.NodeOnHttp.Answered;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BodyLimitCheck {
    private static final int MIB = 1024 * 1024;
    private static final String HEAD =
            "POST /data HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + NodeOnHttp.WRITE;
    private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String WHY_DISCARD =
            "A client that is still sending when the server hangs up may never see the 413, and tries again and again."
                    + " discard() reads on and forgets, up to "
                    + 4 * JsonBody.MAX_BYTES / MIB + " MiB beyond what was read; then the answer is sent.";
    private static final String DATA = "{\"data\": 1}";

    private static NodeOnHttp node;

    @BeforeAll
    static void start() throws IOException {
        node = NodeOnHttp.alone();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    @Order(1)
    @DisplayName("A body in UTF-8 is read, whether its length is told or not")
    void reads() throws IOException {
        // The two bytes of an e with an acute accent.
        Answered told = node.post("/data", "{\"data\": \"caf\u00c3\u00a9\"}");
        same(200, told.status(), "{\"data\": \"caf\u00e9\"} was posted in UTF-8. The status:", told.body());
        same(
                BlockData.of("caf\u00e9"),
                node.node.ask(asked -> asked.chain().head().data()).join(),
                "The data of the new block:",
                "A letter that is not ASCII has several bytes in UTF-8.");
        Answered untold = send(CHUNKED + "4\r\n{\"da\r\n7\r\nta\": 1}\r\n0\r\n\r\n");
        same(
                200,
                untold.status(),
                "The same with Transfer-Encoding: chunked, so no header tells the length. The status:",
                "getContentLengthLong() gives -1 then. " + untold.body());
    }

    @Test
    @Order(2)
    @DisplayName("A body that is not UTF-8 is refused with 400")
    void refusesOtherBytes() throws IOException {
        long before = node.length();
        Answered answer = node.post("/data", "{\"data\": \"caf\u00e9\"}");
        same(
                400,
                answer.status(),
                "{\"data\": \"caf\u00e9\"} was posted in Latin-1: the last letter is the single byte e9, which is no UTF-8. The status:",
                "new String(bytes, UTF_8) never fails: it puts the character U+FFFD for what it cannot read. The block would"
                        + " have another text than the user sent, for good. A CharsetDecoder can report instead.");
        same(before, node.length(), "How many blocks the chain has then:", "Nothing may be added.");
    }

    @Test
    @Order(3)
    @DisplayName("A body of exactly the limit is read, and one byte more is 413, told or not")
    void limits() throws IOException {
        String largest = DATA + " ".repeat(JsonBody.MAX_BYTES - DATA.length());
        Answered at = node.post("/data", largest);
        same(
                200,
                at.status(),
                "A body of exactly " + JsonBody.MAX_BYTES + " bytes was posted (JSON, and then blanks). The status:",
                "The limit is what is allowed still. " + at.body());
        Answered told = send(HEAD + "Content-Length: " + (largest.length() + 1) + "\r\n\r\n" + largest + " ");
        same(
                413,
                told.status(),
                "A body of " + (JsonBody.MAX_BYTES + 1) + " bytes was posted, with its Content-Length. The status:",
                "413 Content Too Large; 0 means that no answer was seen, for example because the server hung up before the body"
                        + " was sent. Without a limit a stranger decides how much"
                        + " memory a request takes.");
        Answered untold =
                send(CHUNKED + Integer.toHexString(JsonBody.MAX_BYTES + 1) + "\r\n" + largest + " \r\n0\r\n\r\n");
        same(
                413,
                untold.status(),
                "The same " + (JsonBody.MAX_BYTES + 1)
                        + " bytes were posted with Transfer-Encoding: chunked. The status:",
                "The Content-Length is what the client says, if it says anything: count what you read. Reading no more than"
                        + " MAX_BYTES would cut the body, and take a part of it for the whole.");
    }

    @Test
    @Order(4)
    @DisplayName(
            "A client that asks first with Expect: 100-continue is refused before it sends a body that is too long")
    void refusesBeforeTheBody() throws IOException {
        try (Socket socket = node.open()) {
            socket.getOutputStream()
                    .write((HEAD + "Expect: 100-continue\r\nContent-Length: " + (JsonBody.MAX_BYTES + 1) + "\r\n\r\n")
                            .getBytes(ISO_8859_1));
            String begin = new String(socket.getInputStream().readNBytes(12), ISO_8859_1);
            same(
                    "HTTP/1.1 413",
                    begin,
                    "The head of a request said Content-Length: " + (JsonBody.MAX_BYTES + 1)
                            + " and Expect: 100-continue, and" + " the client waited. The answer began with:",
                    "A status of 100 means \"send it\". Whoever reads the body, or discards it, asks for it.");
        }
    }

    @Test
    @Order(5)
    @DisplayName("A body without end is not read without end")
    void stopsReading() throws IOException {
        byte[] chunk = new byte[MIB + 10];
        Arrays.fill(chunk, (byte) ' ');
        System.arraycopy("100000\r\n".getBytes(ISO_8859_1), 0, chunk, 0, 8);
        chunk[chunk.length - 2] = '\r';
        chunk[chunk.length - 1] = '\n';
        int sent = 0;
        try (Socket socket = node.open()) {
            OutputStream out = socket.getOutputStream();
            out.write(CHUNKED.getBytes(ISO_8859_1));
            while (sent < 64) {
                out.write(chunk);
                sent++;
            }
        } catch (IOException e) {
            // The server hung up, which is right.
        }
        that(
                sent < 40,
                "A client sent blanks in chunks, without end. The server took " + sent
                        + " MiB, and would have taken more.",
                "Stop at the first byte beyond the limit. discard() then forgets some more, up to "
                        + 4 * JsonBody.MAX_BYTES / MIB + " MiB, and gives up.");
    }

    @Test
    @Order(6)
    @DisplayName(
            "What is beyond the limit is read on for a while, so that a client that is still sending sees the answer")
    void readsOn() throws IOException {
        byte[] blanks = " ".repeat(MIB).getBytes(ISO_8859_1);
        int told = taken(HEAD + "Content-Length: " + 64 * MIB + "\r\n\r\n", blanks);
        that(
                told >= 12,
                "A client posted 64 MiB of blanks with their Content-Length, and did not ask first with Expect. The server"
                        + " took " + told + " MiB and hung up.",
                WHY_DISCARD);
        int untold = taken(CHUNKED, ("100000\r\n" + " ".repeat(MIB) + "\r\n").getBytes(ISO_8859_1));
        that(
                untold >= 16,
                "A client posted 64 MiB of blanks in chunks. The server took " + untold + " MiB and hung up.",
                WHY_DISCARD);
    }

    /** How many of 64 pieces could be sent before the server hung up. */
    private static int taken(String head, byte[] piece) throws IOException {
        int sent = 0;
        try (Socket socket = node.open()) {
            socket.setSendBufferSize(MIB / 16);
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(ISO_8859_1));
            for (; sent < 64; sent++) {
                out.write(piece);
            }
        } catch (IOException e) {
            // The server hung up.
        }
        return sent;
    }

    @Test
    @Order(7)
    @DisplayName("A body that drips is given up when its time is over")
    void givesUp() throws Exception {
        Timeouts hasty = new Timeouts(
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofMillis(300),
                Duration.ofSeconds(1));
        try (NodeOnHttp impatient = new NodeOnHttp(service -> service, hasty);
                Socket socket = impatient.open()) {
            OutputStream out = socket.getOutputStream();
            out.write((HEAD + "Content-Length: 1000\r\n\r\n").getBytes(ISO_8859_1));
            int sent = 0;
            for (; sent < 100 && socket.getInputStream().available() == 0; sent++) {
                out.write(' ');
                Thread.sleep(20);
            }
            that(
                    sent < 100,
                    "A client sent one byte of a body every 20 ms. The body had 300 ms; after " + sent * 20
                            + " ms there was no answer.",
                    "No single read waits long here, so an idle timeout never ends it. Read from the stream that knows the"
                            + " deadline, Timed, and not from the request's own.");
            same(
                    408,
                    NodeOnHttp.answer(socket).status(),
                    "A body did not arrive in time. The status:",
                    "408 Request Timeout.");
        }
    }

    private static Answered send(String request) throws IOException {
        try (Socket socket = node.open()) {
            try {
                socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            } catch (IOException e) {
                // The server may refuse before it has read all; its answer is there.
            }
            return NodeOnHttp.answer(socket);
        } catch (SocketException e) {
            // The server hung up on a client that was still sending.
            return new Answered(0, "", "");
        }
    }
}
