package org.naivechain.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WebSocketDemoTest {
    private final ByteArrayOutputStream there = new ByteArrayOutputStream();
    private final ByteArrayOutputStream here = new ByteArrayOutputStream();

    private static PrintStream to(ByteArrayOutputStream screen) {
        return new PrintStream(screen, true, StandardCharsets.UTF_8);
    }

    private static BufferedReader typed(String lines) {
        return new BufferedReader(new StringReader(lines));
    }

    @Test
    void whatIsTypedInOneTerminalIsShownInTheOtherAndAnswered() throws Exception {
        try (Listener listener = WebSocketDemo.listen(0, to(there))) {
            WebSocketDemo.call(listener.port(), typed("hello\nare you there?\n"), to(here));

            assertThat(there.toString(StandardCharsets.UTF_8).lines())
                    .startsWith(
                            "listening; in another terminal: ./naivechain demo 3 --call " + listener.port(),
                            "somebody calls from 127.0.0.1",
                            "got hello",
                            "got are you there?");
            assertThat(here.toString(StandardCharsets.UTF_8).lines())
                    .startsWith(
                            "connected; type a line, or end with Ctrl+D",
                            "got ACK to hello",
                            "got ACK to are you there?")
                    .last()
                    .asString()
                    .startsWith("closed: ");
        }
    }

    @Test
    void whoCallsWhereNobodyListensIsToldWhatToStart() throws Exception {
        int port;
        try (Listener listener = WebSocketDemo.listen(0, to(there))) {
            port = listener.port();
        }

        assertThatIOException()
                .isThrownBy(() -> WebSocketDemo.call(port, typed("hello\n"), to(here)))
                .withMessage("nobody listens on " + port
                        + ": start the other terminal first, with ./naivechain demo 3 --listen " + port);
    }
}
