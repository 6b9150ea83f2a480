package org.naivechain.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GateTest {
    private final Recorder server = new Recorder(true);
    private final Recorder client = new Recorder(false);
    private Listener listener;
    private Dialer dialer;

    /** Both ends name themselves in a header, and the caller says a word in its first frame. */
    private record Names(String own, String others, String word) implements Gate {
        @Override
        public Terms admit(Head request) throws Refusal {
            expect(request);
            return new Terms(Map.of("Name", own), Optional.of(frame -> {
                if (!frame.equals(word)) {
                    throw new Refusal("not the word");
                }
                return frame;
            }));
        }

        @Override
        public Call call() {
            return new Call(Map.of("Name", own), response -> {
                expect(response);
                return Optional.of(word);
            });
        }

        private void expect(Head said) throws Refusal {
            if (!said.field().apply("name").equals(Optional.of(others))) {
                throw new Refusal("I do not know " + said.field().apply("name") + ", who speaks " + said.subprotocol());
            }
        }
    }

    private void call(Gate atListener, Gate atDialer) throws IOException {
        listener = Listener.bind(new InetSocketAddress("127.0.0.1", 0), "v2", Limits.DEFAULT, atListener, server);
        listener.start();
        dialer = new Dialer("v2", Limits.DEFAULT, atDialer);
        dialer.dial("127.0.0.1", listener.port(), client);
    }

    @AfterEach
    void close() {
        dialer.close();
        listener.close();
    }

    @Test
    void whomBothGatesLetThroughTalkAndTheWordIsNoFrameOfTheirs() throws IOException {
        call(new Names("b", "a", "please"), new Names("a", "b", "please"));
        await().until(() -> server.opened.size() == 1 && client.opened.size() == 1);

        client.opened.get(0).send("hello");

        await().untilAsserted(() -> assertThat(client.frames).containsExactly("echo hello"));
        assertThat(server.frames).containsExactly("hello");
    }

    @Test
    void aCallerWhoseRequestIsRefusedIsToldWhy() throws IOException {
        call(new Names("b", "a", "please"), new Names("c", "b", "please"));

        String reason = "I do not know Optional[c], who speaks v2";
        await().untilAsserted(() -> assertThat(client.failed).containsExactly("refused: " + reason));
        assertThat(server.keptOut).containsExactly("127.0.0.1: " + reason);
        assertThat(server.opened).isEmpty();
    }

    @Test
    void aCallerWithoutAGateSaysNothingOfItself() throws IOException {
        call(new Names("b", "a", "please"), Gate.OPEN);

        await().untilAsserted(() ->
                assertThat(client.failed).containsExactly("refused: I do not know Optional.empty, who speaks v2"));
    }

    @Test
    void aCallerWhoseFirstFrameIsRefusedIsHungUpOn() throws IOException {
        call(new Names("b", "a", "please"), new Names("a", "b", "now"));

        await().untilAsserted(() -> assertThat(client.closed).containsExactly("not the word"));
        assertThat(server.keptOut).containsExactly("127.0.0.1: not the word");
        assertThat(server.refused).isEmpty();
        assertThat(server.opened).isEmpty();
    }

    @Test
    void aListenerWhoseResponseIsRefusedHearsNothing() throws IOException {
        call(Gate.OPEN, new Names("a", "b", "please"));

        await().untilAsserted(
                        () -> assertThat(client.failed).containsExactly("I do not know Optional.empty, who speaks v2"));
        assertThat(client.opened).isEmpty();
        assertThat(server.frames).isEmpty();
    }
}
