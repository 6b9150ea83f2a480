package org.naivechain.defence;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.naivechain.websocket.Dialer;
import org.naivechain.websocket.Limits;
import org.naivechain.websocket.Listener;
import org.naivechain.websocket.Recorder;

class NetworkKeyTest {
    private static final Optional<NetworkKey> NONE = Optional.empty();
    private static final String NO_PROOF = "no proof that you hold the network key";
    private static final Pattern HEADER = Pattern.compile("Naivechain-(Nonce|Proof): (\\S+)");

    private final Limits limits =
            new Limits(1_000, 50, 50, 64 * 1024, 1024 * 1024, Duration.ofSeconds(10), Duration.ofSeconds(30));
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Recorder server = new Recorder(true);
    private final Recorder client = new Recorder(false);

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : opened) {
            closeable.close();
        }
    }

    @Test
    void twoWhoHoldTheSameKeyTalkAndTheProofIsNoFrameOfTheirs() throws IOException {
        Listener listener = listener(key("the same"));
        dialer("v2", key("the same")).dial("127.0.0.1", listener.port(), client);
        await().until(() -> client.opened.size() == 1);

        client.opened.get(0).send("hello");

        await().untilAsserted(() -> assertThat(client.frames).containsExactly("echo hello"));
        assertThat(server.frames).containsExactly("hello");
        assertThat(server.opened).hasSize(1);
        assertThat(server.opened.get(0).subprotocol()).isEqualTo("v2");
    }

    @Test
    void theKeyServesTwoWhoAgreeOnNoSubprotocolToo() throws IOException {
        Listener listener = listener(key("the same"));
        dialer("other", key("the same")).dial("127.0.0.1", listener.port(), client);
        await().until(() -> client.opened.size() == 1 && server.opened.size() == 1);
        assertThat(server.opened.get(0).subprotocol()).isEmpty();
    }

    @Test
    void anotherKeyIsNoticedByTheCallerWhoSaysNothingThen() throws IOException {
        Listener listener = listener(key("one"));

        dialer("v2", key("another")).dial("127.0.0.1", listener.port(), client);

        await().untilAsserted(() -> assertThat(client.failed)
                .containsExactly("the node there did not prove that it holds this node's network key"));
        assertNobodyWasLetIn();
    }

    @Test
    void aCallerWithoutAKeyIsToldWhatItLacks() throws IOException {
        Listener listener = listener(key("secret"));

        dialer("v2", NONE).dial("127.0.0.1", listener.port(), client);

        String reason = "this network needs a key: start with --network-key-file";
        await().untilAsserted(() -> assertThat(client.failed).containsExactly("refused: " + reason));
        assertThat(server.keptOut).containsExactly("127.0.0.1: " + reason);
        assertNobodyWasLetIn();
    }

    @Test
    void aCallerWithAKeyDoesNotSpeakToOneWithout() throws IOException {
        Listener listener = listener(NONE);

        dialer("v2", key("secret")).dial("127.0.0.1", listener.port(), client);

        await().untilAsserted(() ->
                assertThat(client.failed).containsExactly("the node there has no network key, and this one has"));
        assertThat(server.frames).isEmpty();
    }

    @Test
    void aProofThatWasOverheardIsWorthNothingInAnotherConnection() throws IOException {
        Listener listener = listener(key("secret"));
        NetworkKey held = key("secret").get();
        String callersNonce = Challenge.write(new byte[32]);
        String overheard;
        try (Call first = new Call(listener, callersNonce)) {
            overheard = new Challenge(held, "", new byte[32], first.listenersNonce).callersProofFrame();
            first.say(overheard);
            await().until(() -> server.opened.size() == 1);
        }
        try (Call second = new Call(listener, callersNonce)) {
            second.say(overheard);
            assertThat(second.end()).endsWith(NO_PROOF);
        }
        assertThat(server.opened).hasSize(1);
        assertThat(server.keptOut).containsExactly("127.0.0.1: " + NO_PROOF);
    }

    @Test
    void theListenersOwnProofSentBackToItIsNone() throws IOException {
        Listener listener = listener(key("secret"));
        try (Call call = new Call(listener, Challenge.write(new byte[32]))) {
            call.say("naivechain-proof " + call.listenersProof);
            assertThat(call.end()).endsWith(NO_PROOF);
        }
        assertNobodyWasLetIn();
    }

    @Test
    void aCommandBeforeTheProofAndAProofThatIsNoneAreRefused() throws IOException {
        Listener listener = listener(key("secret"));
        for (String frame : List.of("{\"CMD\":\"PING\"}", "naivechain-proof ", "naivechain-proof &&", "")) {
            try (Call call = new Call(listener, Challenge.write(new byte[32]))) {
                call.say(frame);
                assertThat(call.end()).as(frame).endsWith(NO_PROOF);
            }
        }
        assertNobodyWasLetIn();
    }

    @Test
    void whatComesWithAWrongProofIsNotHeard() throws IOException {
        Listener listener = listener(key("secret"));
        for (int i = 0; i < 20; i++) {
            try (Call call = new Call(listener, Challenge.write(new byte[32]))) {
                ByteArrayOutputStream frames = new ByteArrayOutputStream();
                frames.write(Call.frame("naivechain-proof AAAA"));
                for (int j = 0; j < 500; j++) {
                    frames.write(Call.frame("{\"CMD\":\"PING\"}"));
                }
                call.write(frames.toByteArray());
                call.end();
            } catch (java.net.SocketException e) {
                // It hung up while the frames were being sent.
            }
        }
        assertNobodyWasLetIn();
        assertThat(server.pings).isZero();
    }

    @Test
    void aRightProofAfterAWrongOneComesTooLate() throws IOException {
        Listener listener = listener(key("secret"));
        try (Call call = new Call(listener, Challenge.write(new byte[32]))) {
            Challenge challenge = new Challenge(key("secret").get(), "", new byte[32], call.listenersNonce);
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            frames.write(Call.frame("naivechain-proof AAAA"));
            frames.write(Call.frame(challenge.callersProofFrame()));
            call.write(frames.toByteArray());
            assertThat(call.end()).endsWith(NO_PROOF);
        }
        assertNobodyWasLetIn();
    }

    @Test
    void aCallerWhoOwesTheProofIsDroppedInTime() throws IOException {
        Listener listener = listener(
                key("secret"),
                new Limits(1_000, 50, 50, 64 * 1024, 1024 * 1024, Duration.ofSeconds(1), Duration.ofSeconds(30)));
        try (Call call = new Call(listener, Challenge.write(new byte[32]))) {
            assertThat(call.end()).isEmpty();
        }
        assertNobodyWasLetIn();
    }

    @Test
    void aCallerWhoseNonceIsNoneIsToldWhatItMustBe() throws IOException {
        Listener listener = listener(key("secret"));
        for (String nonce : List.of("", "&&", Challenge.write(new byte[31]), Challenge.write(new byte[33]))) {
            try (Socket caller = call(listener, nonce)) {
                assertThat(new String(caller.getInputStream().readAllBytes(), US_ASCII))
                        .as(nonce)
                        .startsWith("HTTP/1.1 403 Naivechain-Nonce must be 32 bytes in Base64\r\n");
            }
        }
    }

    @Test
    void aProofIsBoundToItsEndItsSubprotocolAndBothNumbers() {
        NetworkKey held = key("secret").get();
        byte[] zeros = new byte[32];
        byte[] ones = new byte[32];
        java.util.Arrays.fill(ones, (byte) 1);
        Challenge challenge = new Challenge(held, "v2", zeros, ones);

        assertThat(challenge.isListenersProof(new Challenge(held, "v2", zeros, ones).listenersProof()))
                .isTrue();
        for (Challenge other : List.of(
                new Challenge(held, "", zeros, ones),
                new Challenge(held, "v2", ones, ones),
                new Challenge(held, "v2", zeros, zeros),
                new Challenge(held, "v2", ones, zeros),
                new Challenge(key("Secret").get(), "v2", zeros, ones))) {
            assertThat(challenge.isListenersProof(other.listenersProof())).isFalse();
            assertThat(challenge.isCallersProofFrame(other.callersProofFrame())).isFalse();
        }
    }

    @Test
    void aShortKeyIsRefusedAndNoKeyIsEverPrinted() {
        assertThatThrownBy(() -> new NetworkKey(new byte[15]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a network key must have at least 16 bytes: 15");
        assertThat(key("secret").get()).hasToString("a network key");
    }

    private void assertNobodyWasLetIn() {
        assertThat(server.refused).isEmpty();
        assertThat(server.opened).isEmpty();
        assertThat(server.frames).isEmpty();
        assertThat(client.opened).isEmpty();
    }

    private static Optional<NetworkKey> key(String text) {
        return Optional.of(new NetworkKey((text + " and sixteen bytes more").getBytes(US_ASCII)));
    }

    private Listener listener(Optional<NetworkKey> key) throws IOException {
        return listener(key, limits);
    }

    private Listener listener(Optional<NetworkKey> key, Limits wanted) throws IOException {
        Listener bound =
                Listener.bind(new InetSocketAddress("127.0.0.1", 0), "v2", wanted, new NetworkGate(key), server);
        bound.start();
        opened.add(bound);
        return bound;
    }

    private Dialer dialer(String subprotocol, Optional<NetworkKey> key) {
        Dialer dialer = new Dialer(subprotocol, limits, new NetworkGate(key));
        opened.add(dialer);
        return dialer;
    }

    private static Socket call(Listener listener, String nonce) throws IOException {
        Socket socket = new Socket("127.0.0.1", listener.port());
        socket.setSoTimeout(10_000);
        socket.getOutputStream()
                .write(("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                + "Naivechain-Nonce: " + nonce + "\r\n\r\n")
                        .getBytes(US_ASCII));
        return socket;
    }

    /** A call by somebody who knows the protocol and has no library, nor perhaps the key. */
    private static final class Call implements AutoCloseable {
        private final Socket socket;
        private byte[] listenersNonce;
        private String listenersProof;

        Call(Listener listener, String callersNonce) throws IOException {
            socket = call(listener, callersNonce);
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) socket.getInputStream().read());
            }
            Matcher headers = HEADER.matcher(head);
            while (headers.find()) {
                if (headers.group(1).equals("Nonce")) {
                    listenersNonce = Challenge.readNonce(headers.group(2)).orElseThrow();
                } else {
                    listenersProof = headers.group(2);
                }
            }
        }

        /** Sends a text frame of at most 125 bytes, masked with zeros. */
        void say(String text) throws IOException {
            write(frame(text));
        }

        static byte[] frame(String text) throws IOException {
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            frame.write(0x81);
            frame.write(0x80 | text.length());
            frame.write(new byte[4]);
            frame.write(text.getBytes(US_ASCII));
            return frame.toByteArray();
        }

        void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        String end() throws IOException {
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
