package org.naivechain.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A real server on a free port, and clients that call it. */
final class Served implements AutoCloseable {
    static final Timeouts SHORT = new Timeouts(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(5));
    static final String GENESIS = "{\"index\":0,\"previous_hash\":\"ioiiiuasyi891qbduquiuqwiqwiupwe\","
            + "\"data\":\"\\\"random\\\"\","
            + "\"curr_hash\":\"71fbc6a1c90d94050b32ab9f9d6a11fc41724f8f954905c120c4c16b71f1f80f\"}";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    final HttpServer server;

    Served(NodeService service) {
        this(service, SHORT);
    }

    Served(NodeService service, Timeouts waits) {
        try {
            server = HttpServer.bind("127.0.0.1", 0, HttpServer.MAX_CONNECTIONS, waits);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.start(service);
    }

    static HttpServer bind(String host, int port) throws IOException {
        return HttpServer.bind(host, port, HttpServer.MAX_CONNECTIONS);
    }

    static String error(String message) {
        return "{\"status\":\"ERROR\",\"data\":false,\"message\":\"" + message + "\"}\n";
    }

    static String ok(String data) {
        return "{\"status\":\"OK\",\"data\":" + data + "}\n";
    }

    HttpResponse<String> get(String path) throws Exception {
        return CLIENT.send(request(path).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return send("POST", path, "application/json", BodyPublishers.ofString(body));
    }

    HttpResponse<String> send(String method, String path, String contentType, BodyPublisher body) throws Exception {
        return CLIENT.send(
                request(path)
                        .header("Content-Type", contentType)
                        .method(method, body)
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path, String header, String value) throws Exception {
        return CLIENT.send(
                request(path)
                        .header(header, value)
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    /** Sends exactly these characters and reads until the server closes; lines of the head end with CR LF. */
    String raw(String text) throws IOException {
        try (Socket socket = open(text)) {
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    /** As {@link #raw}, with each character as one byte. */
    String rawLatin1(String text) throws IOException {
        try (Socket socket = open("")) {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    /** Sends exactly these characters. */
    Socket open(String text) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(text.getBytes(US_ASCII));
        return socket;
    }

    static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(30));
    }

    @Override
    public void close() {
        server.close();
    }
}
