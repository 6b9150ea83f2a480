package org.naivechain.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownRequestsTest {
    private static final String HEADERS = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    /** What is no HTTP may leave the connection open until it has been idle for so long. */
    private static final Timeouts HASTY = new Timeouts(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(20),
            Duration.ofSeconds(5));

    private final FakeNode node = new FakeNode();

    @AutoClose
    private final Served served = new Served(node, HASTY);

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nowhere", "/data/", "/data/1/2", "/DATA", "/node/x", "/data;x=1"})
    void anUnknownPathIsNotFound(String path) throws Exception {
        for (String method : new String[] {"GET", "POST", "DELETE"}) {
            HttpResponse<String> answer = served.send(method, path, "Accept", "text/html");

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body())
                    .isEqualTo(Served.error("there is no \\\"" + path
                            + "\\\" here; there are /data, /data/{index}, /node, /peers, and /peers/{id}"));
            assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
        }
    }

    @Test
    void anEndlessPathIsNotRepeatedInFull() throws Exception {
        assertThat(served.get("/" + "x".repeat(5_000)).body())
                .isEqualTo(Served.error("there is no \\\"/" + "x".repeat(63)
                        + "...\\\" here; there are /data, /data/{index}, /node, /peers, and /peers/{id}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    DELETE  | /data    | GET, POST, PUT, HEAD
                    OPTIONS | /data    | GET, POST, PUT, HEAD
                    TRACE   | /data    | GET, POST, PUT, HEAD
                    PATCH   | /data    | GET, POST, PUT, HEAD
                    POST    | /data/1  | GET, HEAD
                    PUT     | /node    | GET, HEAD
                    PUT     | /peers   | GET, POST, HEAD
                    BREW    | /peers   | GET, POST, HEAD
                    BEFORE  | /data    | GET, POST, PUT, HEAD
                    AFTER   | /data    | GET, POST, PUT, HEAD
                    """)
    void aKnownPathSaysWhichMethodsItHas(String method, String path, String allowed) throws Exception {
        String answer = served.raw(method + " " + path + HEADERS);

        assertThat(answer).startsWith("HTTP/1.1 405 ");
        assertThat(answer)
                .contains("\r\nAllow: " + allowed + "\r\n")
                .contains("\r\nContent-Type: application/json\r\n");
        assertThat(Served.body(answer))
                .isEqualTo(Served.error("\\\"" + method + "\\\" is not allowed here; there are " + allowed));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GET /%zz HTTP/1.1                | 400 | the request is not valid HTTP
                    GET /data/%00 HTTP/1.1           | 400 | the request is not valid HTTP
                    GET /data/..%2fnode HTTP/1.1     | 400 | the request is not valid HTTP
                    GET /da{ta HTTP/1.1              | 400 | the request is not valid HTTP
                    G{T / HTTP/1.1                   | 400 | the request is not valid HTTP
                    GET / HTTP/9.9                   | 505 | the request is not HTTP/1.1 or HTTP/1.0
                    nonsense                         | 400 | the request is not valid HTTP
                    CONNECT localhost:80 HTTP/1.1    | 40  |
                    OPTIONS * HTTP/1.1               | 404 | the request is refused: Not Found
                    get /node HTTP/1.1               | 400 | a method is written in capitals: \\"get\\"
                    """)
    void whatIsNotHttpIsRefusedInJsonToo(String line, String status, String message) throws Exception {
        String answer = served.raw(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status);
        assertIsJsonError(answer, message == null ? "" : message);
    }

    @Test
    void aRequestWithoutHostOrWithTooMuchOfAHeaderIsRefusedInJsonToo() throws Exception {
        String noHost = served.raw("GET /node HTTP/1.1\r\nConnection: close\r\n\r\n");
        String tooMuch = served.raw("GET /node HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(8_200) + "\r\n\r\n");
        String tooLong = served.raw("GET /" + "x".repeat(9_000) + HEADERS);
        String badLength = served.raw("POST /data HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n");

        assertThat(noHost).startsWith("HTTP/1.1 400 ");
        assertIsJsonError(noHost, "the request is not valid HTTP: No Host");
        assertThat(tooMuch).startsWith("HTTP/1.1 431 ");
        assertIsJsonError(tooMuch, "the request's headers have more than 8192 bytes");
        assertThat(tooLong).startsWith("HTTP/1.1 414 ");
        assertIsJsonError(tooLong, "the request's URI is too long");
        assertThat(badLength).startsWith("HTTP/1.1 400 ");
        assertIsJsonError(badLength, "the request is not valid HTTP");
    }

    @Test
    void everyAnswerTellsBrowsersNotToGuessOrKeepIt() throws Exception {
        for (String path : new String[] {"/node", "/nowhere", "/data", "/data/x"}) {
            HttpResponse<String> answer = served.get(path);

            assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
            assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
            assertThat(answer.headers().firstValue("Server")).isEmpty();
        }
    }

    private static void assertIsJsonError(String answer, String message) {
        assertThat(answer)
                .contains("\r\nContent-Type: application/json\r\n")
                .contains("\r\nX-Content-Type-Options: nosniff\r\n")
                .contains("\r\nCache-Control: no-store\r\n")
                .doesNotContain("\r\nServer:");
        assertThat(Served.body(answer))
                .startsWith("{\"status\":\"ERROR\",\"data\":false,\"message\":\"" + message)
                .doesNotContain("Exception", "java", "jetty");
    }
}
