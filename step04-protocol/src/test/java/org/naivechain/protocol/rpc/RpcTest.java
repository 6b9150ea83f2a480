package org.naivechain.protocol.rpc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.protocol.Codec;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.CommandHandler;
import org.naivechain.protocol.FreePorts;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Request;
import org.naivechain.protocol.Stranger;
import org.naivechain.protocol.Time;
import org.naivechain.protocol.original.OriginalNode;
import org.naivechain.websocket.Connection;
import org.naivechain.websocket.Dialer;
import org.naivechain.websocket.FrameHandler;
import org.naivechain.websocket.Gate;
import org.naivechain.websocket.Limits;
import org.naivechain.websocket.Listener;

class RpcTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final PeerId ID = new PeerId("server");
    private static final Reply PONG = new Reply.Pong(ID);

    private final NodeThread thread = new NodeThread();
    private final List<AutoCloseable> opened = new ArrayList<>(List.of(thread));

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    @Test
    void manyCommandsShareOneConnectionAndEachGetsItsOwnReply() throws Exception {
        Set<Thread> handledOn = ConcurrentHashMap.newKeySet();
        RpcServer server = server((host, command, answer) -> {
            handledOn.add(Thread.currentThread());
            long from = ((Command.GetBlocks) command).from();
            // Later commands are answered sooner.
            thread.after(
                    Duration.ofMillis(100 - from),
                    () -> answer.accept(new Reply.Blocks(ID, List.of(Block.GENESIS), from)));
        });
        RpcClient client = client(PATIENCE);
        List<Long> answers = new CopyOnWriteArrayList<>();

        thread.execute(() -> {
            for (int i = 0; i < 50; i++) {
                long from = i;
                client.send(at(server.port()), new Command.GetBlocks(from, 1, 0), outcome -> {
                    assertThat(((Reply.Blocks) outcome).position().length()).isEqualTo(from);
                    answers.add(from);
                });
            }
        });

        await().until(() -> answers.size() == 50);
        assertThat(answers)
                .doesNotHaveDuplicates()
                .isNotEqualTo(answers.stream().sorted().toList());
        assertThat(handledOn).hasSize(1);
    }

    @Test
    void carriesTheLargestBlocks() throws Exception {
        Block large = Block.GENESIS.next(org.naivechain.blocks.BlockData.of("\\".repeat(500_000)));
        RpcServer server = server((host, command, answer) ->
                answer.accept(new Reply.Blocks(ID, List.of(((Command.ValidateBlock) command).block()), 1)));

        assertThat(ask(client(PATIENCE), server.port(), new Command.ValidateBlock(large)))
                .isEqualTo(new Reply.Blocks(ID, List.of(large), 1));
    }

    @Test
    void speaksToANodeOfTheOriginalAsItExpects() throws Exception {
        try (OriginalNode original = OriginalNode.alone()) {
            RpcClient client = client(PATIENCE);
            Block next = Block.GENESIS.next(org.naivechain.blocks.BlockData.of("é"));

            assertThat(ask(client, original.port, new Command.ValidateBlock(next)))
                    .isEqualTo(Reply.ACK);
            assertThat(ask(client, original.port, new Command.ValidateBlock(next.next(next.data()))))
                    .isInstanceOf(Reply.Refusal.class);
            assertThat(ask(client, original.port, new Command.AddBlock("é", Optional.of(next))))
                    .isEqualTo(Reply.ACK);
            assertThat(ask(client, original.port, new Command.ConfirmBlock(next)))
                    .isEqualTo(Reply.ACK);
            assertThat(ask(client, original.port, new Command.Ping()))
                    .isEqualTo(new Outcome.Silence("the connection was closed"));
            assertThat(original.hashes()).endsWith(next.hash().text());
        }
    }

    @Test
    void manyCommandsToANodeOfTheOriginalTakeAConnectionEachOneAfterTheOther() throws Exception {
        List<Connection> connections = new CopyOnWriteArrayList<>();
        List<String> frames = new CopyOnWriteArrayList<>();
        Listener original = listener("", new FrameHandler() {
            @Override
            public void received(Connection connection, String frame) {
                if (!connections.contains(connection)) {
                    connections.add(connection);
                    frames.add(frame);
                    connection.send("ACK");
                }
            }
        });
        RpcClient client = client(PATIENCE);
        List<Outcome> outcomes = new CopyOnWriteArrayList<>();

        thread.execute(() -> {
            for (int i = 0; i < 20; i++) {
                client.send(at(original.port()), new Command.AddBlock("" + i, Optional.empty()), outcomes::add);
            }
        });

        await().until(() -> outcomes.size() == 20);
        for (int i = 0; i < 20; i++) {
            assertThat(Codec.decode(frames.get(i)))
                    .isEqualTo(new Request.Understood(
                            new Command.AddBlock("" + i, Optional.empty()), OptionalLong.empty()));
        }
        assertThat(outcomes).containsOnly(Reply.ACK);
        assertThat(connections).hasSize(20);
    }

    @Test
    void answersANodeOfTheOriginalWithTheBareReplies() throws Exception {
        RpcServer server = server((host, command, answer) -> answer.accept(
                command instanceof Command.Ping ? PONG : command instanceof Command.AddPeer ? Reply.ACK : no()));

        assertThat(Stranger.say(
                        server.port(),
                        "{\"CMD\":\"ADD_PEER\",\"peer_id\":\"a\",\"peer_host\":\"h\",\"peer_port\":\"1\"}"))
                .isEqualTo("ACK");
        assertThat(Stranger.say(server.port(), Codec.encode(new Command.ValidateBlock(Block.GENESIS))))
                .isEqualTo("KCA");
        assertThat(Stranger.say(server.port(), "{\"CMD\":\"SOMETHING_ELSE\"}")).isEqualTo("KCA");
        assertThat(Stranger.say(server.port(), "{\"CMD\":\"PING\"}")).isEqualTo("closed: PING has no bare answer");
        assertThat(Stranger.say(server.port(), "not json"))
                .startsWith("closed: a frame must be a JSON object: Unrecognized");
    }

    @Test
    void anUnknownCommandWithAnIdIsRefusedWithItsReason() throws Exception {
        RpcServer server = server((host, command, answer) -> answer.accept(PONG));

        assertThat(Stranger.say(server.port(), "{\"CMD\":\"SOMETHING_ELSE\",\"id\":7}"))
                .isEqualTo(Codec.encode(new Reply.Refusal("unknown CMD: \"SOMETHING_ELSE\""), OptionalLong.of(7)));
    }

    @Test
    void aCommandWhoseHandlingFailsIsRefusedAndLaterOnesAreServed() throws Exception {
        RpcServer server = server((host, command, answer) -> {
            if (command instanceof Command.GetBlocks) {
                throw new IllegalStateException("broken on purpose");
            }
            answer.accept(PONG);
        });
        RpcClient client = client(PATIENCE);

        assertThat(ask(client, server.port(), new Command.GetBlocks(0, 1, 0)))
                .isEqualTo(new Reply.Refusal("internal error"));
        assertThat(ask(client, server.port(), new Command.Ping())).isEqualTo(PONG);
    }

    @Test
    void commandsThatWaitAreBoundedAndMakeRoomForLaterOnes() throws Exception {
        // A little more than the 64 Mi characters that may wait.
        List<String> frames = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            frames.add("{\"CMD\":\"PING\",\"id\":" + i + ",\"x\":\"" + "x".repeat(4_000_000) + "\"}");
        }
        RpcServer stalling = server((host, command, answer) -> {});
        RpcServer answering = server((host, command, answer) -> answer.accept(PONG));

        assertThat(exchange(stalling.port(), frames, 1))
                .containsExactly(
                        Codec.encode(new Reply.Refusal("too much is waiting, try again later"), OptionalLong.of(16)));
        assertThat(exchange(answering.port(), frames, 17)).allMatch(answer -> answer.contains("PONG"));
    }

    /** Each is 80 characters long and costs milliseconds. */
    @Test
    void questionsForBlocksLeaveRoomForVotes() throws Exception {
        List<Consumer<Reply>> stalled = new CopyOnWriteArrayList<>();
        RpcServer server = server((host, command, answer) -> {
            if (command instanceof Command.GetBlocks) {
                stalled.add(answer);
            } else {
                answer.accept(PONG);
            }
        });
        RpcClient client = client(PATIENCE);
        List<Outcome> outcomes = new CopyOnWriteArrayList<>();
        int offered = 200;
        int taken = (int) (Backlog.FOR_PAGES / (CommandCost.PAGE + 1_000));

        thread.execute(() -> {
            for (int i = 0; i < offered; i++) {
                client.send(at(server.port()), new Command.GetBlocks(0, 1_000, 0), outcomes::add);
            }
        });

        await().until(() -> outcomes.size() + stalled.size() >= offered);
        assertThat(outcomes).containsOnly(new Reply.Refusal("too much is waiting, try again later"));
        assertThat(stalled).hasSizeBetween(taken - 1, taken);
        assertThat(ask(client, server.port(), new Command.Ping())).isEqualTo(PONG);
        thread.execute(() -> stalled.forEach(answer -> answer.accept(no())));
        await().until(() -> outcomes.size() == offered);
        thread.execute(() -> client.send(at(server.port()), new Command.GetBlocks(0, 1, 0), outcomes::add));
        await().until(() -> stalled.size() > taken - 1);
    }

    @Test
    void aQuestionForBlocksSpendsWhatItsAnswerMayWeigh() throws Exception {
        AtomicLong clock = new AtomicLong();
        PeerScores scores = new PeerScores(new RateLimits(1_000, 300_000, 100), clock::get);
        RpcServer server = server(
                scores, (host, command, answer) -> answer.accept(new Reply.Blocks(ID, List.of(Block.GENESIS), 1)));
        RpcClient client = client(PATIENCE);
        Command question = new Command.GetBlocks(0, 1_000, 0);
        Outcome page = new Reply.Blocks(ID, List.of(Block.GENESIS), 1);

        assertThat(ask(client, server.port(), question)).isEqualTo(page);
        assertThat(ask(client, server.port(), question)).isEqualTo(page);
        assertThat(ask(client, server.port(), question))
                .isEqualTo(new Reply.Refusal("at most 300000 characters a second are taken over one connection, and a"
                        + " question for blocks counts as 262144"));
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(ask(client, server.port(), question)).isEqualTo(page);
    }

    @Test
    void whatWaitsWhenItsConnectionEndsIsNotHandledAndMakesRoom() throws Exception {
        List<Command> handled = new CopyOnWriteArrayList<>();
        CountDownLatch held = new CountDownLatch(1);
        NodeThread busy = new NodeThread();
        opened.add(busy);
        PeerScores scores = new PeerScores(RateLimits.DEFAULT, System::nanoTime);
        RpcServer server = RpcServer.bind(new InetSocketAddress("127.0.0.1", 0), Limits.DEFAULT, Gate.OPEN, scores);
        opened.add(server);
        server.start(
                (host, command, answer) -> {
                    handled.add(command);
                    answer.accept(PONG);
                },
                busy);
        busy.execute(() -> awaitQuietly(held));
        List<String> frames = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            frames.add(Codec.encode(new Command.GetBlocks(0, 1_000, 0), i));
        }
        // Those beyond the room are refused at once, so that the others have come, too.
        exchange(server.port(), frames, 30);
        opened.remove(opened.size() - 1).close();
        await().until(() -> scores.remembered() == 0);

        held.countDown();

        RpcClient client = client(PATIENCE);
        assertThat(ask(client, server.port(), new Command.Ping())).isEqualTo(PONG);
        assertThat(handled).containsExactly(new Command.Ping());
        assertThat(ask(client, server.port(), new Command.GetBlocks(0, 1_000, 0)))
                .isEqualTo(PONG);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aCommandIsAnsweredOnceWhateverItsHandlerDoes() throws Exception {
        RpcServer server = server((host, command, answer) -> {
            answer.accept(PONG);
            answer.accept(no());
            throw new IllegalStateException("broken on purpose");
        });
        String first = Codec.encode(new Command.Ping(), 1);
        String second = Codec.encode(new Command.Ping(), 2);

        assertThat(exchange(server.port(), List.of(first, second), 2))
                .containsExactly(Codec.encode(PONG, OptionalLong.of(1)), Codec.encode(PONG, OptionalLong.of(2)));
    }

    @Test
    void aReplyThatComesInTimeEndsTheWaiting() throws Exception {
        List<Time.Timer> cancelled = new CopyOnWriteArrayList<>();
        Time watched = new Time() {
            @Override
            public Instant now() {
                return thread.now();
            }

            @Override
            public Timer after(Duration delay, Runnable action) {
                Timer timer = thread.after(delay, action);
                return () -> {
                    timer.cancel();
                    cancelled.add(timer);
                };
            }
        };
        RpcServer server = server((host, command, answer) -> answer.accept(PONG));
        RpcClient client = new RpcClient(Limits.DEFAULT, thread, watched, PATIENCE);
        opened.add(client);

        assertThat(ask(client, server.port(), new Command.Ping())).isEqualTo(PONG);
        assertThat(cancelled).hasSize(1);
    }

    @Test
    void aPeerThatTalksNonsenseIsSilence() throws Exception {
        Listener ours = listener(RpcServer.SUBPROTOCOL, echo("{\"id\":1,\"reply\":\"PERHAPS\"}"));
        Listener original = listener("", echo("perhaps"));
        RpcClient client = client(PATIENCE);

        assertThat(ask(client, ours.port(), new Command.Ping()))
                .isEqualTo(new Outcome.Silence("the peer answered nonsense: {\"id\":1,\"reply\":\"PERHAPS\"}"));
        assertThat(ask(client, original.port(), new Command.Ping()))
                .isEqualTo(new Outcome.Silence("the peer answered nonsense: perhaps"));
    }

    @Test
    void aPeerThatIsSilentOrUnreachableIsSilenceInTime() throws Exception {
        RpcClient client = client(Duration.ofMillis(200));
        RpcServer silent = server((host, command, answer) -> {});
        int unused = FreePorts.pair();

        assertThat(ask(client, silent.port(), new Command.Ping()))
                .isEqualTo(new Outcome.Silence("no reply within 200 ms"));
        assertThat(ask(client, unused, new Command.Ping())).isEqualTo(new Outcome.Silence("Connection refused"));
        try (ServerSocket mute = new ServerSocket(0)) {
            assertThat(ask(client, mute.getLocalPort(), new Command.Ping()))
                    .isEqualTo(new Outcome.Silence("no reply within 200 ms"));
        }
    }

    @Test
    void anOriginalThatStallsHoldsUpNoLaterCommandBeyondItsTime() throws Exception {
        List<Connection> connections = new CopyOnWriteArrayList<>();
        Listener stalling = listener("", (connection, frame) -> {
            connections.add(connection);
            if (connections.size() > 1) {
                connection.send("ACK");
            }
        });
        RpcClient client = client(Duration.ofMillis(300));

        assertThat(ask(client, stalling.port(), new Command.Ping()))
                .isEqualTo(new Outcome.Silence("no reply within 300 ms"));
        assertThat(ask(client, stalling.port(), new Command.Ping())).isEqualTo(Reply.ACK);
    }

    @Test
    void aPeerThatRestartsIsCalledAgain() throws Exception {
        RpcClient client = client(PATIENCE);
        RpcServer first = server((host, command, answer) -> answer.accept(PONG));
        assertThat(ask(client, first.port(), new Command.Ping())).isEqualTo(PONG);

        first.close();
        await().until(() -> ask(client, first.port(), new Command.Ping()) instanceof Outcome.Silence);
        server(first.port(), (host, command, answer) -> answer.accept(PONG));

        assertThat(ask(client, first.port(), new Command.Ping())).isEqualTo(PONG);
    }

    @Test
    void whatIsUnderWayWhenAConnectionBreaksIsSilence() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        RpcServer server = server((host, command, answer) -> heard.countDown());
        RpcClient client = client(PATIENCE);
        List<Outcome> outcomes = new CopyOnWriteArrayList<>();
        thread.execute(() -> client.send(at(server.port()), new Command.Ping(), outcomes::add));
        assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();

        server.close();

        await().until(() -> outcomes.size() == 1);
        assertThat(outcomes.get(0))
                .isInstanceOf(Outcome.Silence.class)
                .asString()
                .startsWith("the connection was closed");
    }

    @Test
    void commandsBeyondTheRateAreRefusedWithTheRuleAndLaterOnesAreServed() throws Exception {
        AtomicLong clock = new AtomicLong();
        PeerScores scores = new PeerScores(new RateLimits(5, 1_000_000, 100), clock::get);
        RpcServer server = server(scores, (host, command, answer) -> answer.accept(PONG));
        RpcClient client = client(PATIENCE);
        List<Outcome> outcomes = new CopyOnWriteArrayList<>();

        thread.execute(() -> {
            for (int i = 0; i < 12; i++) {
                client.send(at(server.port()), new Command.Ping(), outcomes::add);
            }
        });

        await().until(() -> outcomes.size() == 12);
        assertThat(outcomes).filteredOn(PONG::equals).hasSize(10);
        assertThat(outcomes)
                .filteredOn(new Reply.Refusal("at most 5 commands a second are taken over one connection")::equals)
                .hasSize(2);
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(ask(client, server.port(), new Command.Ping())).isEqualTo(PONG);
    }

    @Test
    void commandsUnderWayAreBoundedForEachConnection() throws Exception {
        PeerScores scores = new PeerScores(new RateLimits(1_000, 1_000_000, 3), System::nanoTime);
        List<Consumer<Reply>> stalled = new CopyOnWriteArrayList<>();
        RpcServer server = server(scores, (host, command, answer) -> stalled.add(answer));
        List<Outcome> outcomes = new CopyOnWriteArrayList<>();
        RpcClient client = client(PATIENCE);
        RpcClient other = client(PATIENCE);

        thread.execute(() -> {
            for (int i = 0; i < 4; i++) {
                client.send(at(server.port()), new Command.Ping(), outcomes::add);
            }
        });
        await().until(() -> outcomes.size() == 1);
        assertThat(outcomes)
                .containsExactly(new Reply.Refusal("at most 3 commands may be under way over one connection"));
        thread.execute(() -> other.send(at(server.port()), new Command.Ping(), outcomes::add));
        await().until(() -> stalled.size() == 4);

        thread.execute(() -> stalled.get(0).accept(PONG));
        await().until(() -> outcomes.size() == 2);
        thread.execute(() -> client.send(at(server.port()), new Command.Ping(), outcomes::add));
        await().until(() -> stalled.size() == 5);
    }

    @Test
    void aConnectionThatFloodsIsClosedAndOthersFromItsMachineAreServed() throws Exception {
        PeerScores scores = new PeerScores(new RateLimits(5, 1_000_000, 100), () -> 0);
        RpcServer server = server(scores, (host, command, answer) -> answer.accept(PONG));
        List<String> frames = new ArrayList<>();
        for (int i = 0; i < 11_000; i++) {
            frames.add(Codec.encode(new Command.Ping(), i));
        }

        List<String> answers = exchange(server.port(), frames, frames.size());

        assertThat(answers.get(answers.size() - 1))
                .startsWith("closed: connection 1 from 127.0.0.1 is shut out for another 31 s: too much FLOOD");
        assertThat(ask(client(PATIENCE), server.port(), new Command.Ping())).isEqualTo(PONG);
    }

    @Test
    void aConnectionThatPingsWithoutEndIsClosed() throws Exception {
        PeerScores scores = new PeerScores(new RateLimits(5, 1_000_000, 100), () -> 0);
        RpcServer server = server(scores, (host, command, answer) -> answer.accept(PONG));
        try (Socket pinging = new Socket("127.0.0.1", server.port())) {
            pinging.setSoTimeout(10_000);
            pinging.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                            .getBytes(US_ASCII));
            // A pong, masked with zeros, without contents (RFC 6455, 5.2).
            byte[] pong = {(byte) 0x8a, (byte) 0x80, 0, 0, 0, 0};
            byte[] pongs = new byte[pong.length * 11_000];
            for (int i = 0; i < pongs.length; i++) {
                pongs[i] = pong[i % pong.length];
            }
            pinging.getOutputStream().write(pongs);
            assertThat(new String(pinging.getInputStream().readAllBytes(), US_ASCII))
                    .contains("is shut out for another 31 s: too much FLOOD");
        }
    }

    @Test
    void aPeerThatGoesOnTalkingNonsenseIsCalledNoMoreForAWhile() throws Exception {
        AtomicLong clock = new AtomicLong();
        Listener nonsense = listener(RpcServer.SUBPROTOCOL, echo("{\"id\":1,\"reply\":\"PERHAPS\"}"));
        RpcClient client = new RpcClient(
                Limits.DEFAULT, thread, thread, PATIENCE, Gate.OPEN, new PeerScores(RateLimits.DEFAULT, clock::get));
        opened.add(client);
        String expected = "127.0.0.1:" + nonsense.port()
                + " is shut out for another 31 s: too much GARBAGE, at last: the peer answered nonsense";

        thread.execute(() -> {
            for (int i = 0; i < 10; i++) {
                client.send(at(nonsense.port()), new Command.Ping(), outcome -> {});
            }
        });

        await().untilAsserted(() -> assertThat(ask(client, nonsense.port(), new Command.Ping()))
                .isInstanceOf(Outcome.Silence.class)
                .asString()
                .startsWith(expected));
        clock.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThat(ask(client, nonsense.port(), new Command.Ping()))
                .asString()
                .startsWith("the peer answered nonsense");
    }

    @Test
    void aPeerThatSendsMoreRepliesThanItWasAskedForIsHungUpOn() throws Exception {
        List<String> ends = new CopyOnWriteArrayList<>();
        Listener talkative = listener(RpcServer.SUBPROTOCOL, new FrameHandler() {
            @Override
            public void received(Connection connection, String frame) {
                OptionalLong id = Codec.idAtTheEnd(frame);
                for (int i = 0; i < 1_000; i++) {
                    connection.send(Codec.encode(PONG, id));
                }
            }

            @Override
            public void closed(Connection connection, String reason) {
                ends.add(reason);
            }
        });

        assertThat(ask(client(PATIENCE), talkative.port(), new Command.Ping())).isEqualTo(PONG);

        // What it is told may be lost, as it is still sending.
        await().until(() -> ends.size() == 1);
    }

    private RpcServer server(PeerScores scores, CommandHandler handler) throws IOException {
        RpcServer server = RpcServer.bind(new InetSocketAddress("127.0.0.1", 0), Limits.DEFAULT, Gate.OPEN, scores);
        opened.add(server);
        server.start(handler, thread);
        return server;
    }

    private static Reply no() {
        return new Reply.Refusal("no");
    }

    private static FrameHandler echo(String answer) {
        return (connection, frame) -> connection.send(answer);
    }

    private Outcome ask(RpcClient client, int port, Command command) throws Exception {
        return ask(client, at(port), command);
    }

    private Outcome ask(RpcClient client, PeerAddress to, Command command) throws Exception {
        return thread.ask(then -> client.send(to, command, then));
    }

    /** The answers to frames on a connection without subprotocol, when there are so many. */
    private List<String> exchange(int port, List<String> frames, int wanted) {
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

    private static boolean isClosed(List<String> answers) {
        return !answers.isEmpty() && answers.get(answers.size() - 1).startsWith("closed: ");
    }

    private RpcServer server(CommandHandler handler) throws IOException {
        return server(0, handler);
    }

    private RpcServer server(int port, CommandHandler handler) throws IOException {
        RpcServer server = RpcServer.bind(new InetSocketAddress("127.0.0.1", port), Limits.DEFAULT);
        opened.add(server);
        server.start(handler, thread);
        return server;
    }

    private Listener listener(String subprotocol, FrameHandler handler) throws IOException {
        Listener listener = Listener.bind(new InetSocketAddress("127.0.0.1", 0), subprotocol, Limits.DEFAULT, handler);
        opened.add(listener);
        listener.start();
        return listener;
    }

    private RpcClient client(Duration patience) {
        RpcClient client = new RpcClient(Limits.DEFAULT, thread, thread, patience);
        opened.add(client);
        return client;
    }

    private static PeerAddress at(int port) {
        return new PeerAddress("127.0.0.1", port);
    }
}
