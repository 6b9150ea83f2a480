package org.naivechain.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginCheckTest {
    private final FakeNode node = new FakeNode();

    @AutoClose
    private final Served served = new Served(node);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "https://localhost:8000",
                "http://localhost",
                "http://localhost:8000/",
                "http://LOCALHOST:8000",
                "http://localhost:8000, http://evil.example"
            })
    void refusesRequestsOfPagesFromElsewhere(String origin) throws Exception {
        String answer = add("localhost:8000", "Origin: " + origin + "\r\n");

        assertThat(answer).startsWith("HTTP/1.1 403 ").contains("\r\nX-Content-Type-Options: nosniff\r\n");
        assertThat(Served.body(answer))
                .startsWith("{\"status\":\"ERROR\",\"data\":false,\"message\":\"requests from pages of ");
        assertThat(node.added).isEmpty();
    }

    @Test
    void refusesASecondOrigin() throws Exception {
        String answer = add("localhost:8000", "Origin: http://localhost:8000\r\nOrigin: http://evil.example\r\n");

        assertThat(answer).startsWith("HTTP/1.1 403 ");
        assertThat(Served.body(answer))
                .isEqualTo(Served.error("requests from pages of \\\"http://evil.example\\\" are refused"));
        assertThat(node.added).isEmpty();
    }

    @Test
    void takesRequestsOfItsOwnPages() throws Exception {
        assertThat(add("localhost:8000", "Origin: http://localhost:8000\r\n")).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8000",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "1.2.3.4.5:80"
            })
    void aServerOfThisMachineOnlyRefusesOtherNames(String host) throws Exception {
        String answer = add(host, "");

        assertThat(answer).startsWith("HTTP/1.1 403 ");
        assertThat(Served.body(answer))
                .isEqualTo(Served.error(
                        "this node answers to localhost and IP addresses only, not to \\\"" + host + "\\\""));
        assertThat(node.added).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost:1", "127.0.0.1", "127.0.0.1:99", "[::1]:8000", "10.1.2.3"})
    void aServerOfThisMachineOnlyTakesLocalhostAndAddresses(String host) throws Exception {
        assertThat(add(host, "")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aServerOfAllAddressesTakesAnyName() throws Exception {
        try (HttpServer open = Served.bind("0.0.0.0", 0)) {
            open.start(node);
            try (var socket = new java.net.Socket("127.0.0.1", open.port())) {
                socket.getOutputStream()
                        .write("GET /node HTTP/1.1\r\nHost: my.node\r\nConnection: close\r\n\r\n".getBytes());
                assertThat(new String(socket.getInputStream().readAllBytes())).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void noHeaderChoosesAnotherMethod() throws Exception {
        HttpResponse<String> get = served.send("GET", "/data/0", "X-HTTP-Method-Override", "POST");
        HttpResponse<String> post = served.send("POST", "/data", "X-HTTP-Method-Override", "GET");

        assertThat(get.statusCode()).isEqualTo(404);
        assertThat(post.statusCode()).isEqualTo(415);
        assertThat(node.added).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "*/*;q=0", "nonsense", "/", ";;;", "text/html"})
    void whatAClientAcceptsDoesNotChangeTheAnswer(String accept) throws Exception {
        HttpResponse<String> answer = served.send("GET", "/node", "Accept", accept);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
    }

    private String add(String host, String headers) throws Exception {
        return served.raw("POST /data HTTP/1.1\r\nHost: " + host + "\r\n" + headers
                + "Content-Type: application/json\r\nConnection: close\r\nContent-Length: 11\r\n\r\n{\"data\": 1}");
    }
}
