package org.naivechain.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.WireFormat;
import org.naivechain.chain.DamagedBlockException;
import org.naivechain.protocol.PeerId;
import tools.jackson.databind.JsonNode;

class ReadDataTest {
    private static final String SECOND = "{\"index\":1,"
            + "\"previous_hash\":\"71fbc6a1c90d94050b32ab9f9d6a11fc41724f8f954905c120c4c16b71f1f80f\","
            + "\"data\":\"\\\"Testing String Again\\\"\","
            + "\"curr_hash\":\"c8a8924ed4d8c58638b9f4fcbb7609bb0edb4a509d1514246a04ebba680d5a1f\"}";

    private final LoneChain node = new LoneChain(new PeerId("lone"), Instant.EPOCH);

    @AutoClose
    private final Served served = new Served(node);

    @Test
    void showsWhatWasAddedWithTheHashesOfTheExistingNetwork() throws Exception {
        served.post("/data", "{\"data\": \"Testing String Again\"}");

        HttpResponse<String> all = served.get("/data");
        assertThat(all.statusCode()).isEqualTo(200);
        assertThat(all.body()).isEqualTo(Served.ok("[" + Served.GENESIS + "," + SECOND + "]"));
        assertThat(all.headers().allValues("Content-Type")).containsExactly("application/json");
        HttpResponse<String> one = served.get("/data/1");
        assertThat(one.statusCode()).isEqualTo(200);
        assertThat(one.body()).isEqualTo(Served.ok(SECOND));
        assertThat(served.get("/data/01").body()).isEqualTo(Served.ok(SECOND));
    }

    @Test
    void showsUnusualCharactersAsTheyAreHashed() throws Exception {
        served.post("/data", "{\"data\": \"\u00e9 \ud83d\ude00 \\u0001 \\t \u007f\"}");

        assertThat(served.get("/data/1").body())
                .contains("\"data\":\"\\\"\\\\u00e9 \\\\ud83d\\\\ude00 \\\\u0001 \\\\t \\\\u007f\\\"\"");
    }

    @ParameterizedTest
    @CsvSource({
        "/data/1, 404, there is no block 1",
        "/data/99999999999999999999999, 404, there is no block 99999999999999999999999",
        "/data/-1, 400, a block's index must be a non-negative integer: \\\"-1\\\"",
        "/data/one, 400, a block's index must be a non-negative integer: \\\"one\\\"",
        "/data/1.0, 400, a block's index must be a non-negative integer: \\\"1.0\\\"",
        "/data?from=-1, 400, from must be a non-negative integer: \\\"-1\\\"",
        "/data?from=, 400, from must be a non-negative integer: \\\"\\\"",
        "/data?limit, 400, limit must be a non-negative integer: \\\"\\\"",
        "/data?limit=1e3, 400, limit must be a non-negative integer: \\\"1e3\\\"",
        "/data?from=1&from=1, 400, the parameter from must not be repeated",
        "/data?limit=1&from=2&limit=3, 400, the parameter limit must not be repeated",
        "/data?form=1, 400, unknown parameter \\\"form\\\"; there are from and limit",
    })
    void refusesNumbersThatAreNone(String path, int status, String message) throws Exception {
        HttpResponse<String> answer = served.get(path);

        assertThat(answer.body()).isEqualTo(Served.error(message));
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
    }

    @Test
    void refusesABrokenEscapeInTheQuery() throws Exception {
        String answer = served.raw("GET /data?from=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertThat(Served.body(answer)).isEqualTo(Served.error("the query has a broken percent escape: \\\"%zz\\\""));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0, 2500",
        "from=0, 0, 2500",
        "from=998&limit=1004, 998, 2002",
        "limit=1000, 0, 1000",
        "limit=1001, 0, 1001",
        "limit=0, 0, 0",
        "from=2499, 2499, 2500",
        "from=2500, 0, 0",
        "from=99999999999999999999, 0, 0",
        "%66rom=1&limit=%32, 1, 3",
        "&from=1&&limit=2&, 1, 3",
    })
    void readsAnyPartOfAChainOfManyPages(String query, int from, int end) throws Exception {
        grow(2_499);

        List<Long> indexes = new ArrayList<>();
        for (JsonNode block : WireFormat.mapper()
                .readTree(served.get("/data?" + query).body())
                .get("data")) {
            indexes.add(block.get("index").longValue());
        }

        assertThat(indexes).hasSize(end - from);
        for (int i = 0; i < indexes.size(); i++) {
            assertThat(indexes.get(i)).isEqualTo(from + i);
        }
    }

    @Test
    void asksForAPageAtATimeAndForNoMoreThanIsWanted() throws Exception {
        FakeNode counted = new FakeNode();
        grow(2_499);
        // Pages may be shorter than asked for.
        counted.chain = (from, limit) -> node.page(from, Math.min(limit, 700));
        try (Served pages = new Served(counted)) {
            pages.get("/data?limit=2000");
            assertThat(counted.pages).containsExactly("0+1000", "700+1000", "1400+600");

            counted.pages.clear();
            pages.get("/data?from=2000");
            assertThat(counted.pages).containsExactly("2000+1000", "2500+1000");
        }
    }

    @Test
    void readsPagesOnlyAsFastAsTheClientTakesThem() throws Exception {
        FakeNode endless = new FakeNode();
        Block large = Block.GENESIS.next(BlockData.of("x".repeat(100_000)));
        endless.chain = (from, limit) -> FakeNode.now(List.of(large));
        try (Served pages = new Served(endless);
                var socket = pages.open("GET /data HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            assertThat(socket.getInputStream().readNBytes(50_000_000)).hasSize(50_000_000);

            // What is neither read nor in the buffers of the two sockets was never asked for.
            assertThat(endless.pages.size()).isBetween(500, 700);
        }
    }

    @Test
    void aNodeThatFailsBeforeTheFirstByteGivesACleanStatus() throws Exception {
        FakeNode broken = new FakeNode();
        try (Served pages = new Served(broken)) {
            broken.chain = (from, limit) -> CompletableFuture.failedFuture(new IOException("disk full in /secret"));
            HttpResponse<String> failed = pages.get("/data");
            broken.chain = (from, limit) -> new CompletableFuture<>();
            HttpResponse<String> silent = pages.get("/data");
            broken.chain = (from, limit) -> {
                // Nothing of the first small page has been sent yet.
                return from == 0 ? FakeNode.now(List.of(Block.GENESIS)) : new CompletableFuture<>();
            };
            HttpResponse<String> silentLater = pages.get("/data");

            assertThat(failed.statusCode()).isEqualTo(500);
            assertThat(failed.body()).isEqualTo(Served.error("internal error"));
            assertThat(silent.statusCode()).isEqualTo(503);
            assertThat(silent.body())
                    .isEqualTo(Served.error("no answer from the node within 1 s; the outcome is unknown"));
            assertThat(silentLater.statusCode()).isEqualTo(503);
            assertThat(silentLater.body()).isEqualTo(silent.body());
        }
    }

    @Test
    void aDamagedBlockIsToldToBeAskedOfAnotherNode() throws Exception {
        FakeNode damaged = new FakeNode();
        damaged.chain = (from, limit) ->
                CompletableFuture.failedFuture(new DamagedBlockException(1, "its row must hold a hash"));
        try (Served other = new Served(damaged)) {
            for (String path : List.of("/data/1", "/data")) {
                HttpResponse<String> answer = other.get(path);

                assertThat(answer.statusCode()).as(path).isEqualTo(503);
                assertThat(answer.body())
                        .isEqualTo(Served.error("damaged here, ask another node: block 1: its row must hold a hash"));
            }
        }
    }

    @Test
    void aNodeThatFailsInTheMiddleCutsTheAnswerOff() throws Exception {
        FakeNode broken = new FakeNode();
        Block large = Block.GENESIS.next(BlockData.of("x".repeat(100_000)));
        broken.chain = (from, limit) ->
                from < 3 ? FakeNode.now(List.of(large)) : CompletableFuture.failedFuture(new IOException("disk full"));
        try (Served pages = new Served(broken)) {
            assertThatThrownBy(() -> pages.get("/data")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void headSaysWhatGetWouldSayWithoutTheBody() throws Exception {
        for (String path : List.of("/data", "/data/0", "/data/1", "/data/x", "/node", "/peers", "/nowhere")) {
            HttpResponse<String> get = served.get(path);
            HttpResponse<String> head = served.send("HEAD", path, "Accept", "*/*");

            assertThat(head.statusCode()).as(path).isEqualTo(get.statusCode());
            assertThat(head.headers().firstValue("Content-Type")).hasValue("application/json");
            // A chain's length is not known before it is written; of all else it is the same.
            assertThat(head.headers().firstValue("Content-Length"))
                    .as(path)
                    .isEqualTo(
                            path.equals("/data")
                                    ? Optional.empty()
                                    : get.headers().firstValue("Content-Length"));
            assertThat(head.body()).isEmpty();
        }
    }

    @Test
    void manyClientsAddAtOnceAndNothingIsLost() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String body = "{\"data\": \"" + i + "\"}";
                answers.add(clients.submit(() -> served.post("/data", body).statusCode()));
            }
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(200);
            }
        } finally {
            clients.shutdownNow();
        }

        JsonNode blocks =
                WireFormat.mapper().readTree(served.get("/data?from=1").body()).get("data");
        assertThat(blocks.valueStream().map(block -> block.get("data").stringValue()))
                .hasSize(200)
                .doesNotHaveDuplicates();
        assertThat(served.get("/node").body()).contains("\"data_count\":201,\"health\":true");
    }

    private void grow(int blocks) {
        for (int i = 0; i < blocks; i++) {
            node.add(BlockData.of("block " + i), java.util.Optional.empty());
        }
    }
}
