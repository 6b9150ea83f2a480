package org.naivechain.http;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Optional;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.demo.DemoNode;
import org.naivechain.protocol.demo.ProtocolDemo;
import org.naivechain.protocol.rpc.Defence;

/** Step 5 on the screen: the API of a node, and what it answers to a few requests. */
public final class HttpDemo {
    private static final String HOST = "127.0.0.1";

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    private HttpDemo(int port) {
        this.port = port;
    }

    /** Prints the demonstration. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (DemoNode node = new DemoNode(new PeerId("a-lone-node"), 0, Defence.NONE);
                HttpServer server = HttpServer.bind(HOST, 0, HttpServer.MAX_CONNECTIONS)) {
            server.start(new HttpDemoService(node, Instant.now()));
            System.out.println("A node answers on http://" + HOST + ":" + server.port() + "/");
            new HttpDemo(server.port()).run();
        }
        System.out.println("The server is closed.");
    }

    /**
     * Starts one node, as the demonstration of step 4 does, and serves it over HTTP on the next port.
     *
     * @throws IOException if a port cannot be bound, or the node cannot join
     */
    public static AutoCloseable start(int port, Optional<PeerAddress> peer, PrintStream out) throws IOException {
        DemoNode node = ProtocolDemo.start(5, port, peer, out);
        try {
            int http = node.self().address().port().number() + 1;
            HttpServer server = HttpServer.bind(HOST, http, HttpServer.MAX_CONNECTIONS);
            server.start(new HttpDemoService(node, Instant.now()));
            out.println("HTTP is on the next port: curl http://" + HOST + ":" + http + "/data");
            return () -> {
                server.close();
                node.close();
            };
        } catch (IOException e) {
            node.close();
            throw new IOException(e.getMessage() + "; HTTP takes the port after that of -p: choose another with -p", e);
        }
    }

    private void run() throws IOException, InterruptedException {
        ask("POST", "/data", "{\"data\": \"Testing String Again\"}");
        ask("GET", "/data", "");
        ask("GET", "/data/1", "");
        ask("GET", "/node", "");
        System.out.println();
        System.out.println("What is wrong is refused, with the rule and the value:");
        ask("POST", "/data", "{\"text\": \"no data\"}");
        ask("POST", "/data", "{\"data\": ");
        ask("GET", "/data/first", "");
        ask("DELETE", "/data/1", "");
    }

    private void ask(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + port + path))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        System.out.println("  " + (method + " " + path + " " + body).strip());
        System.out.println("    " + answer.statusCode() + " " + answer.body());
    }
}
