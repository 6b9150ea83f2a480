package org.naivechain.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.JoinOutcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.demo.DemoNode;
import org.naivechain.protocol.rpc.Defence;
import org.slf4j.LoggerFactory;

/** A real node of step 4 behind a real HTTP server on a free port, for the checks, and a client that writes every byte itself. */
final class NodeOnHttp implements AutoCloseable {
    static final String WRITE = "Content-Type: application/json\r\n";
    static final Timeouts SHORT = new Timeouts(
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1));

    private static final int READ_MILLIS = 10_000;
    private static final Pattern STATUS = Pattern.compile("HTTP/1.1 ([0-9]{3}) ");

    final DemoNode node;
    final HttpServer server;
    private final Failures failures = new Failures();

    /** What came back: a status, or 0 for no whole answer; and the body as text. */
    record Answered(int status, String head, String body) {
        @Override
        public String toString() {
            return (status == 0 ? "no answer" : "status " + status) + ", " + body.strip();
        }
    }

    /** What an endpoint threw: the client is told no more than a status 500, and the log has the rest. */
    private static final class Failures extends AppenderBase<ILoggingEvent> {
        private static final Logger LOG = (Logger) LoggerFactory.getLogger("HTTP_SERVER");
        private volatile RuntimeException last;

        /** The servers say much when they start and stop, which would be shown among the reader's own lines. */
        void listen() {
            ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
            LOG.setLevel(Level.ERROR);
            setContext(LOG.getLoggerContext());
            start();
            LOG.setAdditive(false);
            LOG.addAppender(this);
        }

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getThrowableProxy() instanceof ThrowableProxy thrown
                    && thrown.getThrowable() instanceof RuntimeException failure) {
                last = failure;
            }
        }
    }

    /** Lets a check stand between the API and the node. */
    abstract static class Between implements NodeService {
        private final NodeService behind;

        Between(NodeService behind) {
            this.behind = behind;
        }

        @Override
        public CompletionStage<AddOutcome> add(BlockData data, Optional<IdempotencyKey> key) {
            return behind.add(data, key);
        }

        @Override
        public CompletionStage<List<Block>> page(long from, int limit) {
            return behind.page(from, limit);
        }

        @Override
        public CompletionStage<NodeDetail> info() {
            return behind.info();
        }

        @Override
        public CompletionStage<List<Peer>> peers() {
            return behind.peers();
        }

        @Override
        public CompletionStage<Map<PeerId, PeerDetail>> peerDetails() {
            return behind.peerDetails();
        }

        @Override
        public CompletionStage<JoinOutcome> join(PeerAddress at, Optional<PeerId> id) {
            return behind.join(at, id);
        }

        @Override
        public CompletionStage<Eviction> evict(PeerId peer) {
            return behind.evict(peer);
        }
    }

    /** What stands between, given the service of the node. */
    interface Wrapping {
        NodeService around(NodeService service);
    }

    /** A node that is alone, with as many blocks beside the genesis block as there are texts. */
    static NodeOnHttp alone(String... texts) throws IOException {
        NodeOnHttp started = new NodeOnHttp(service -> service, SHORT);
        for (String text : texts) {
            started.append(text);
        }
        return started;
    }

    NodeOnHttp(Wrapping between, Timeouts waits) throws IOException {
        failures.listen();
        node = new DemoNode(new PeerId("a-lone-node"), 0, Defence.NONE);
        try {
            server = HttpServer.bind("127.0.0.1", 0, HttpServer.MAX_CONNECTIONS, waits);
            server.start(between.around(new HttpDemoService(node, Instant.now())));
        } catch (IOException | RuntimeException e) {
            node.close();
            throw e;
        }
    }

    void append(String text) {
        node.ask(asked -> asked.chain().append(asked.chain().next(BlockData.of(text))))
                .join();
    }

    long length() {
        return node.ask(asked -> asked.chain().length()).join();
    }

    Answered get(String target) throws IOException {
        return send("GET", target, "Host: localhost\r\n", "");
    }

    Answered post(String target, String body) throws IOException {
        return send("POST", target, "Host: localhost\r\n" + WRITE, body);
    }

    /**
     * Sends a request whose header lines each end with CR LF, each character as one byte.
     *
     * @throws RuntimeException if the answer is a 500: what was thrown by the class that is checked
     */
    Answered send(String method, String target, String headers, String body) throws IOException {
        String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
        try (Socket socket = open()) {
            socket.getOutputStream()
                    .write((method + " " + target + " HTTP/1.1\r\n" + headers + length + "Connection: close\r\n\r\n"
                                    + body)
                            .getBytes(ISO_8859_1));
            Answered answered = answer(socket);
            if (answered.status() == 500 && failures.last != null) {
                throw failures.last;
            }
            return answered;
        }
    }

    Socket open() throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.setSoTimeout(READ_MILLIS);
        return socket;
    }

    /** Reads until the server closes the connection. */
    static Answered answer(Socket socket) throws IOException {
        String text = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        int blank = text.indexOf("\r\n\r\n");
        var status = STATUS.matcher(text);
        if (blank < 0 || !status.lookingAt()) {
            return new Answered(0, text, "");
        }
        return new Answered(Integer.parseInt(status.group(1)), text.substring(0, blank), text.substring(blank + 4));
    }

    @Override
    public void close() {
        server.close();
        node.close();
        Failures.LOG.detachAppender(failures);
    }
}
