package org.naivechain.websocket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.learn.Explain;

class SilentCallersCheck {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Heard server = new Heard();
    private final List<Stranger> strangers = new ArrayList<>();
    private Listener listener;

    private void listen(int connections, int perHost, Duration handshake) throws IOException {
        listener = Listener.bind(
                new InetSocketAddress("127.0.0.1", 0),
                "check",
                new Limits(1_000, connections, perHost, 10_000, 100_000, handshake, LONG),
                server);
        listener.start();
    }

    @AfterEach
    void close() throws IOException {
        for (Stranger stranger : strangers) {
            stranger.close();
        }
        listener.close();
    }

    private void connect(int number) throws IOException {
        for (int i = 0; i < number; i++) {
            strangers.add(new Stranger(listener.port()));
        }
    }

    private int stillOpen(int millis) throws IOException {
        int open = 0;
        for (Stranger stranger : strangers) {
            open += stranger.isHungUpOn(open == 0 ? millis : 1) ? 0 : 1;
        }
        return open;
    }

    @Test
    @DisplayName("Ten strangers say nothing, and all are hung up on when the time for a handshake is over")
    void hangsUpOnTheSilent() throws IOException {
        listen(50, 50, Duration.ofMillis(200));
        connect(10);

        int open = stillOpen(1_200);

        Explain.that(
                open == 0,
                open
                        + " of 10 connections that never said a word are still open 1.2 s later; a handshake may take 200 ms.",
                "Connections.sweep ends the silent. Which connections does it look at, and since when?");
    }

    @Test
    @DisplayName("A listener with room for four keeps four silent strangers, not ten")
    void keepsToItsLimit() throws IOException {
        listen(4, 4, LONG);
        connect(10);

        int open = stillOpen(300);

        Explain.that(
                open <= 4,
                open + " of 10 connections that never said a word are still open; the listener has maxConnections = 4.",
                "Every socket takes a file descriptor from its first moment, before any handshake. When is it counted?");
    }

    @Test
    @DisplayName("One host gets two places, and the third caller is told why there is none for it")
    void countsTheHost() throws IOException {
        listen(50, 2, LONG);
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            connect(1);
            answers.add(strangers.get(i).shakeHands());
        }

        Explain.same(
                "HTTP/1.1 403 at most 2 connections may come from one host",
                answers.get(2),
                "Three callers from 127.0.0.1 asked for the handshake, one after the other; maxConnectionsPerHost is 2."
                        + " All of the answers: " + answers + ". This is the third.",
                "Does the count of a host have the caller itself when it is compared with the limit?");
    }

    @Test
    @DisplayName("An honest caller is served after the silent ones are gone")
    void servesTheHonest() throws IOException, InterruptedException {
        listen(4, 4, Duration.ofMillis(700));
        connect(4);
        stillOpen(2_000);
        Heard honest = new Heard();
        try (Dialer dialer = new Dialer("check", Limits.DEFAULT)) {
            dialer.dial("127.0.0.1", listener.port(), honest);
            Heard.within(1_000, () -> honest.opened.size() + honest.failed.size() > 0);

            Explain.same(
                    1,
                    honest.opened.size(),
                    "An honest caller was let in so many times.",
                    "It heard: " + honest.failed);
        }
    }
}
