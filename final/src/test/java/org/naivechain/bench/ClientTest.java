package org.naivechain.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.WireFormat;

/** A client with a server that agrees, refuses, or hangs up, as the test wants. */
class ClientTest {
    private static final int CLIENT = 7;

    private final LongAdder added = new LongAdder();
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    private final Set<String> texts = ConcurrentHashMap.newKeySet();
    private volatile boolean hangsUp;
    private volatile int refuses = -1;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/data", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        connections.add(exchange.getRemoteAddress());
        assertThat(exchange.getRequestHeaders().getFirst("Content-Type")).isEqualTo("application/json");
        String text = WireFormat.mapper()
                .readTree(exchange.getRequestBody())
                .get("data")
                .stringValue();
        texts.add(text);
        if (hangsUp) {
            exchange.close();
            return;
        }
        boolean refused = Datum.of(text).orElseThrow().number() == refuses;
        String body = refused ? "{\"message\": \"only 1 of 3\"}" : "{\"data\": true}";
        exchange.sendResponseHeaders(refused ? 503 : 200, body.length());
        exchange.getResponseBody().write(body.getBytes(StandardCharsets.US_ASCII));
        exchange.close();
    }

    private Score run(long warmUpMillis, long millis) throws IOException {
        long begin = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(warmUpMillis);
        Window window = new Window(begin, begin + TimeUnit.MILLISECONDS.toNanos(millis));
        return new Client(CLIENT, server.getAddress().getPort(), 32, window, added).call();
    }

    @Test
    void eachAddHasATextOfItsOwnOnOneConnection() throws Exception {
        Score score = run(0, 300);

        assertThat(connections).hasSize(1);
        assertThat(texts)
                .hasSize(score.acknowledged().cardinality())
                .contains("7-0-xxxxxxxxxxxxxxxxxxxxxxxxxxxx", "7-1-xxxxxxxxxxxxxxxxxxxxxxxxxxxx");
        assertThat(score.latencies().getTotalCount())
                .isEqualTo(added.sum())
                .isEqualTo(score.acknowledged().cardinality());
        assertThat(score.answeredInTime()).isBetween(added.sum() - 1, added.sum());
        assertThat(score.failures().total()).isZero();
    }

    @Test
    void theWarmUpIsAcknowledgedButNotCounted() throws Exception {
        Score score = run(300, 0);

        assertThat(score.acknowledged().cardinality()).isPositive();
        assertThat(score.answeredInTime()).isZero();
        assertThat(score.latencies().getTotalCount()).isLessThanOrEqualTo(1);
    }

    @Test
    void aRefusalIsCountedWithItsReason() throws Exception {
        refuses = 1;

        Score score = run(0, 300);

        assertThat(score.acknowledged().stream()).contains(0, 2, 3).doesNotContain(1);
        assertThat(score.failures().mostFrequent()).hasValue("1 times: status 503: only # of #");
    }

    @Test
    void aNodeThatHangsUpIsCalledAgain() throws Exception {
        hangsUp = true;

        Score score = run(0, 300);

        assertThat(connections).hasSizeGreaterThan(1);
        assertThat(score.acknowledged().isEmpty()).isTrue();
        assertThat(score.failures().mostFrequent())
                .hasValue(score.failures().total() + " times: no answer: the node hung up");
    }
}
