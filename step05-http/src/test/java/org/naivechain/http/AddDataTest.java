package org.naivechain.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Seal;
import org.naivechain.chain.DamagedBlockException;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.IdempotencyKey;

class AddDataTest {
    private static final String NO_DATA = "the body must be a JSON object with the field \\\"data\\\"";

    private final FakeNode node = new FakeNode();

    @AutoClose
    private final Served served = new Served(node);

    /** A block that shows a proof may be given up; one that was voted for may not. */
    @Test
    void ofASealedBlockIsToldHowManyFollow() throws Exception {
        Block sealed = Block.GENESIS.next(BlockData.of("text")).sealed(new Seal("proof"));
        node.outcome = FakeNode.now(new AddOutcome.Added(sealed));
        node.chain = (from, limit) -> FakeNode.now(List.of(sealed));

        assertThat(served.post("/data", "{\"data\": \"text\"}").body())
                .isEqualTo("{\"status\":\"OK\",\"data\":true,\"index\":1,\"confirmations\":5}\n");
        assertThat(served.get("/data/1").body()).endsWith("\"seal\":\"proof\"},\"index\":1,\"confirmations\":5}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT"})
    void addsText(String method) throws Exception {
        HttpResponse<String> answer =
                served.send(method, "/data", "application/json", BodyPublishers.ofString("{\"data\": \"text\"}"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(Served.ok("true"));
        assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
        assertThat(node.added).containsExactly(BlockData.of("text"));
    }

    @Test
    void takesTextOfAnyCharacters() throws Exception {
        served.post("/data", "{\"data\": \"\u00e9 \ud83d\ude00 \\u00e9 \\ud83d\\ude00 \\u0000 \\t \u007f \\ud83d\"}");

        assertThat(node.added)
                .containsExactly(BlockData.of("\u00e9 \ud83d\ude00 \u00e9 \ud83d\ude00 \0 \t \u007f \ud83d"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"b": 1,  "a": [true, null]} | {"b":1,"a":[true,null]}
                    1.50                         | 1.50
                    12345678901234567890123      | 12345678901234567890123
                    0.1                          | 0.1
                    false                        | false
                    null                         | null
                    [ ]                          | []
                    ["\u00e9"]                   | ["\\u00e9"]
                    """)
    void addsWhatIsNotTextAsItsCompactJson(String json, String text) throws Exception {
        assertThat(served.post("/data", "{\"data\": " + json + "}").statusCode())
                .isEqualTo(200);

        assertThat(node.added).containsExactly(BlockData.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "\"text\"", "null", "1", "{\"Data\": 1}", ""})
    void refusesABodyWithoutData(String body) throws Exception {
        HttpResponse<String> answer = served.post("/data", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo(Served.error(NO_DATA));
        assertThat(node.added).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"data": "secret      | line 1, column 17: it ends too early
                    {"data": secret}      | line 1, column 10: this is not JSON
                    {"data": 1, "data": 2}| line 1, column 19: a field is there twice
                    {"data": 1} {}        | line 1, column 13: nothing may follow the document
                    {"data": 01}          | line 1, column 11: this is not JSON
                    """)
    void refusesMalformedJsonAndNamesThePlace(String body, String reason) throws Exception {
        HttpResponse<String> answer = served.post("/data", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo(Served.error("malformed JSON at " + reason));
        assertThat(node.added).isEmpty();
    }

    @Test
    void refusesJsonThatIsNestedTooDeeplyOrHasANumberWithoutEnd() throws Exception {
        String deep = served.post("/data", "{\"data\": " + "[".repeat(101)).body();
        String wide =
                served.post("/data", "{\"data\": " + "1".repeat(2_000) + "}").body();

        assertThat(served.post("/data", "{\"data\": 1e9999999999}").body())
                .isEqualTo(Served.error(
                        "malformed JSON: it is nested deeper than 100 levels, or a number or a name is too long"));
        assertThat(deep)
                .isEqualTo(Served.error(
                        "malformed JSON: it is nested deeper than 100 levels," + " or a number or a name is too long"));
        assertThat(wide).contains("a number or a name is too long").doesNotContain("Stream");
        assertThat(node.added).isEmpty();
    }

    @Test
    void refusesABodyThatIsNotUtf8() throws Exception {
        HttpResponse<String> answer = served.send(
                "POST", "/data", "application/json", BodyPublishers.ofString("{\"data\": \"\u00e9\"}", ISO_8859_1));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo(Served.error("the body is not valid UTF-8; send JSON in UTF-8, or escape it as ASCII"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json; charset=utf-8",
                "Application/JSON;charset=\"UTF-8\"",
                "application/json; charset='utf-8'",
                "application/json; charset=utf8",
                "application/json; CharSet = UTF-8 ",
                "application/json; q=1",
                "application/json;"
            })
    void takesJsonHoweverItIsNamed(String contentType) throws Exception {
        assertThat(served.send("POST", "/data", contentType, BodyPublishers.ofString("{\"data\": 1}"))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "application/json; charset=iso-8859-1",
                "application/json; charset=nonsense",
                "application/json; charset=",
                "application/json; charset=%%",
                "application/json; charset='latin 1'",
                "application/x-www-form-urlencoded; charset=nonsense",
                "application/jsonx",
                "text/plain; application/json"
            })
    void refusesWhatAFormOfAnotherSiteCouldSend(String contentType) throws Exception {
        HttpResponse<String> answer =
                served.send("POST", "/data", contentType, BodyPublishers.ofString("{\"data\": 1}"));

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body())
                .isEqualTo(
                        Served.error(
                                "the Content-Type is \\\"" + contentType
                                        + "\\\"; send JSON with the header Content-Type: application/json, in UTF-8 if a charset is named"));
        assertThat(node.added).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"gzip, gzip", "GZIP, gzip", "identity, ''", "br, br", "'identity, gzip', 'identity, gzip'"})
    void refusesABodyThatIsCompressed(String encoding, String refused) throws Exception {
        String answer = served.raw("POST /data HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nContent-Encoding: " + encoding
                + "\r\nContent-Length: 11\r\n\r\n{\"data\": 1}");

        if (refused.isEmpty()) {
            assertThat(answer).startsWith("HTTP/1.1 200 ");
        } else {
            assertThat(answer).startsWith("HTTP/1.1 415 ");
            assertThat(Served.body(answer))
                    .isEqualTo(Served.error("the Content-Encoding is \\\"" + refused
                            + "\\\"; send JSON as it is, without this header"));
        }
    }

    @Test
    void aClientThatAsksFirstSendsABodyOnlyIfItIsNotTooLong() throws Exception {
        String head = "POST /data HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nExpect: 100-continue\r\n"
                + "Content-Type: application/json\r\nContent-Length: ";

        String refused = served.raw(head + (JsonBody.MAX_BYTES + 1) + "\r\n\r\n");
        String taken;
        try (Socket socket = served.open(head + "11\r\n\r\n")) {
            assertThat(new String(socket.getInputStream().readNBytes(25), ISO_8859_1))
                    .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            socket.getOutputStream().write("{\"data\": 1}".getBytes(ISO_8859_1));
            taken = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }

        assertThat(refused).startsWith("HTTP/1.1 413 ").contains("the body has more than 4194304 bytes");
        assertThat(taken).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void refusesABodyWithoutContentType() throws Exception {
        String answer = served.raw("POST /data HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Length: 11\r\n\r\n{\"data\": 1}");

        assertThat(answer).startsWith("HTTP/1.1 415 ");
        assertThat(Served.body(answer))
                .isEqualTo(Served.error(
                        "the request has no Content-Type; send JSON with the header Content-Type: application/json"));
    }

    @Test
    void takesTheLargestDataAndRefusesAByteMore() throws Exception {
        String largest = "x".repeat(BlockData.MAX_BYTES - 2);
        String escaped = "\\n".repeat((BlockData.MAX_BYTES - 2) / 2);

        assertThat(served.post("/data", "{\"data\": \"" + largest + "\"}").statusCode())
                .isEqualTo(200);
        // Four times as many bytes on the way as in the block.
        assertThat(served.post(
                                "/data",
                                "{\"data\":\""
                                        + escaped.replace("\\n", "\\u000a").substring(0, 3_145_722) + "\"}")
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> answer = served.post("/data", "{\"data\": \"" + largest + "x\"}");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body())
                .isEqualTo(Served.error("data is 1048577 bytes as a JSON string; the limit is 1048576 (1 MiB)"));
        assertThat(node.added).hasSize(2);
    }

    @Test
    void refusesABodyBeyondTheLimitWhetherItsLengthIsToldOrNot() throws Exception {
        String message = "the body has more than 4194304 bytes; the data limit is 1048576 (1 MiB) as a JSON string";
        byte[] body = ("{\"data\": 1}" + " ".repeat(JsonBody.MAX_BYTES - 10)).getBytes(ISO_8859_1);

        HttpResponse<String> told = served.send("POST", "/data", "application/json", BodyPublishers.ofByteArray(body));
        HttpResponse<String> untold = served.send(
                "POST", "/data", "application/json", BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body)));

        assertThat(told.statusCode()).isEqualTo(413);
        assertThat(told.body()).isEqualTo(Served.error(message));
        assertThat(untold.statusCode()).isEqualTo(413);
        assertThat(untold.body()).isEqualTo(Served.error(message));
        assertThat(node.added).isEmpty();
    }

    @Test
    void takesABodyOfExactlyTheLimit() throws Exception {
        assertThat(served.post("/data", "{\"data\": 1}" + " ".repeat(JsonBody.MAX_BYTES - 11))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void saysWhyDataWasNotAddedOrMayNotBe() throws Exception {
        node.outcome = FakeNode.now(new AddOutcome.NotAdded("only 1 of 3 members agreed; try again"));
        HttpResponse<String> refused = served.post("/data", "{\"data\": 1}");
        node.outcome = FakeNode.now(new AddOutcome.Unknown("the proposer is gone"));
        HttpResponse<String> unknown = served.post("/data", "{\"data\": 1}");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).isEqualTo(Served.error("only 1 of 3 members agreed; try again"));
        assertThat(unknown.statusCode()).isEqualTo(503);
        assertThat(unknown.body()).isEqualTo(Served.error("the proposer is gone"));
    }

    @Test
    void passesAnIdempotencyKeyOn() throws Exception {
        assertThat(served.raw(withKeys("Idempotency-Key: order-17")).lines())
                .first()
                .isEqualTo("HTTP/1.1 200 OK");
        assertThat(served.raw(withKeys("idempotency-KEY: ~!\"'")).lines())
                .first()
                .isEqualTo("HTTP/1.1 200 OK");
        served.post("/data", "{\"data\": 1}");

        assertThat(node.keys).containsExactly(IdempotencyKey.ofClient("order-17"), IdempotencyKey.ofClient("~!\"'"));
        assertThat(node.added).hasSize(3);
    }

    @Test
    void refusesTwoIdempotencyKeysEvenIfTheyAreTheSame() throws Exception {
        String answer = served.raw(withKeys("Idempotency-Key: a", "Idempotency-Key: a"));

        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertThat(Served.body(answer)).isEqualTo(Served.error("there must be one Idempotency-Key at the most, not 2"));
        assertThat(node.added).isEmpty();
    }

    @Test
    void refusesAnIdempotencyKeyThatIsTooLongEmptyOrNotAscii() throws Exception {
        String rule = "Idempotency-Key: a key must be 1 to 200 printable ASCII characters without spaces: ";
        Map<String, String> shown =
                Map.of("x".repeat(201), "x".repeat(64) + "...", "two words", "two words", "", "", "\u00e9", "\\u00e9");
        for (Map.Entry<String, String> key : shown.entrySet()) {
            String answer = served.rawLatin1(withKeys("Idempotency-Key: " + key.getKey()));

            assertThat(answer).startsWith("HTTP/1.1 400 ");
            assertThat(Served.body(answer)).isEqualTo(Served.error(rule + "\\\"" + key.getValue() + "\\\""));
        }
        assertThat(node.added).isEmpty();
    }

    @Test
    void saysThatAKeyWasUsedForOtherData() throws Exception {
        node.outcome = FakeNode.now(new AddOutcome.Contradicted("the key k was used for other data"));

        HttpResponse<String> answer = served.post("/data", "{\"data\": 1}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).isEqualTo(Served.error("the key k was used for other data"));
    }

    @Test
    void aKeyWhoseBlockIsDamagedHereIsToldToAskAnotherNode() throws Exception {
        node.outcome = CompletableFuture.failedFuture(new DamagedBlockException(3, "the block is missing"));

        HttpResponse<String> answer = served.post("/data", "{\"data\": 1}");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .isEqualTo(Served.error("damaged here, ask another node: block 3: the block is missing"));
    }

    private static String withKeys(String... headers) {
        return "POST /data HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + "Content-Length: 11\r\n" + String.join("\r\n", headers) + "\r\n\r\n{\"data\": 1}";
    }

    @Test
    void aNodeThatDoesNotAnswerLeavesTheOutcomeUnknown() throws Exception {
        node.outcome = new CompletableFuture<>();

        HttpResponse<String> answer = served.post("/data", "{\"data\": 1}");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo(Served.error("no answer from the node within 1 s; the outcome is unknown"));
        assertThat(Timeouts.DEFAULT.answer()).hasSeconds(30);
    }

    @Test
    void aSlowNodeIsWaitedForLongerThanAClientMayBeIdle() throws Exception {
        CompletableFuture<AddOutcome> later = new CompletableFuture<>();
        node.outcome = later.completeOnTimeout(
                new AddOutcome.Added(Block.GENESIS), 1_500, java.util.concurrent.TimeUnit.MILLISECONDS);
        Timeouts timeouts = new Timeouts(
                java.time.Duration.ofSeconds(20),
                java.time.Duration.ofSeconds(5),
                java.time.Duration.ofMillis(200),
                java.time.Duration.ofSeconds(20),
                java.time.Duration.ofSeconds(5));
        try (Served impatient = new Served(node, timeouts)) {
            assertThat(impatient.post("/data", "{\"data\": 1}").statusCode()).isEqualTo(200);
        }
    }
}
