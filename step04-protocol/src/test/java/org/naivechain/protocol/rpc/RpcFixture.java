package org.naivechain.protocol.rpc;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.naivechain.protocol.Codec;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.CommandHandler;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Vocabulary;
import org.naivechain.websocket.Connection;
import org.naivechain.websocket.Dialer;
import org.naivechain.websocket.FrameHandler;
import org.naivechain.websocket.Gate;
import org.naivechain.websocket.Limits;
import org.naivechain.websocket.Listener;

/** Servers and clients on loopback, closed after each test. */
public abstract class RpcFixture {
    protected final Codec codec;

    protected RpcFixture(Vocabulary<?>... words) {
        codec = new Codec(List.of(words));
    }

    protected static final Duration PATIENCE = Duration.ofSeconds(10);
    protected static final PeerId ID = new PeerId("server");
    protected static final Reply PONG = new Reply.Pong(ID);

    protected final NodeThread thread = new NodeThread();
    protected final List<AutoCloseable> opened = new ArrayList<>(List.of(thread));

    @AfterEach
    protected void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    protected static Reply no() {
        return new Reply.Refusal("no");
    }

    protected static FrameHandler echo(String answer) {
        return (connection, frame) -> connection.send(answer);
    }

    protected Outcome ask(RpcClient client, int port, Command command) throws Exception {
        return ask(client, at(port), command);
    }

    protected Outcome ask(RpcClient client, PeerAddress to, Command command) throws Exception {
        return thread.ask(then -> client.send(to, command, then));
    }

    /** The answers to frames on a connection without subprotocol, when there are so many. */
    protected List<String> exchange(int port, List<String> frames, int wanted) {
        List<String> answers = new CopyOnWriteArrayList<>();
        Limits roomy = new Limits(
                4 * 1024 * 1024,
                1,
                1,
                128 * 1024 * 1024,
                128 * 1024 * 1024,
                Duration.ofSeconds(5),
                Duration.ofSeconds(60));
        Dialer dialer = new Dialer("", roomy);
        opened.add(dialer);
        dialer.dial("127.0.0.1", port, new FrameHandler() {
            @Override
            public void opened(Connection connection) {
                frames.forEach(connection::send);
            }

            @Override
            public void received(Connection connection, String answer) {
                answers.add(answer);
            }

            @Override
            public void closed(Connection connection, String reason) {
                answers.add("closed: " + reason);
            }
        });
        await().atMost(Duration.ofSeconds(30)).until(() -> answers.size() >= wanted || isClosed(answers));
        return answers;
    }

    protected static boolean isClosed(List<String> answers) {
        return !answers.isEmpty() && answers.get(answers.size() - 1).startsWith("closed: ");
    }

    protected RpcServer server(CommandHandler<Command> handler) throws IOException {
        return server(0, handler);
    }

    protected RpcServer server(int port, CommandHandler<Command> handler) throws IOException {
        RpcServer server =
                new RpcServer(new InetSocketAddress("127.0.0.1", port), Limits.DEFAULT, Gate.OPEN, Defence.NONE);
        opened.add(server);
        server.start(codec, handler, thread);
        return server;
    }

    protected Listener listener(String subprotocol, FrameHandler handler) throws IOException {
        Listener listener = Listener.bind(new InetSocketAddress("127.0.0.1", 0), subprotocol, Limits.DEFAULT, handler);
        opened.add(listener);
        listener.start();
        return listener;
    }

    protected RpcClient client(Duration patience) {
        RpcClient client =
                new RpcClient(() -> codec, Limits.DEFAULT, thread, thread, patience, Gate.OPEN, Defence.NONE);
        opened.add(client);
        return client;
    }

    protected static PeerAddress at(int port) {
        return new PeerAddress("127.0.0.1", port);
    }
}
