package org.naivechain.protocol.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.protocol.Codec;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.FreePorts;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Request;
import org.naivechain.protocol.Stranger;
import org.naivechain.protocol.Time;
import org.naivechain.protocol.original.OriginalNode;
import org.naivechain.websocket.Connection;
import org.naivechain.websocket.FrameHandler;
import org.naivechain.websocket.Gate;
import org.naivechain.websocket.Limits;
import org.naivechain.websocket.Listener;

class RpcTest extends RpcFixture {
    RpcTest() {
        super(PeerCommand.VOCABULARY);
    }

    @Test
    void manyCommandsShareOneConnectionAndEachGetsItsOwnReply() throws Exception {
        Set<Thread> handledOn = ConcurrentHashMap.newKeySet();
        RpcServer server = server((sender, command, answer) -> {
            handledOn.add(Thread.currentThread());
            String text = ((PeerCommand.AddBlock) command).text();
            // Later commands are answered sooner.
            thread.after(Duration.ofMillis(100 - Integer.parseInt(text)), () -> answer.accept(new Reply.Refusal(text)));
        });
        RpcClient client = client(PATIENCE);
        List<String> answers = new CopyOnWriteArrayList<>();

        thread.execute(() -> {
            for (int i = 0; i < 50; i++) {
                String text = "" + i;
                client.send(at(server.port()), new PeerCommand.AddBlock(text, Optional.empty()), outcome -> {
                    assertThat(outcome).isEqualTo(new Reply.Refusal(text));
                    answers.add(text);
                });
            }
        });

        await().until(() -> answers.size() == 50);
        assertThat(answers)
                .doesNotHaveDuplicates()
                .isNotEqualTo(answers.stream()
                        .sorted(Comparator.comparing(Integer::valueOf))
                        .toList());
        assertThat(handledOn).hasSize(1);
    }

    @Test
    void carriesTheLargestBlocks() throws Exception {
        Block large = Block.GENESIS.next(org.naivechain.blocks.BlockData.of("\\".repeat(500_000)));
        List<Command> heard = new CopyOnWriteArrayList<>();
        Reply lengthy = new Reply.Refusal(large.data().literal());
        RpcServer server = server((sender, command, answer) -> {
            heard.add(command);
            answer.accept(lengthy);
        });

        assertThat(ask(client(PATIENCE), server.port(), new PeerCommand.ValidateBlock(large)))
                .isEqualTo(lengthy);
        assertThat(heard).containsExactly(new PeerCommand.ValidateBlock(large));
    }

    @Test
    void speaksToANodeOfTheOriginalAsItExpects() throws Exception {
        try (OriginalNode original = OriginalNode.alone()) {
            RpcClient client = client(PATIENCE);
            Block next = Block.GENESIS.next(org.naivechain.blocks.BlockData.of("é"));

            assertThat(ask(client, original.port, new PeerCommand.ValidateBlock(next)))
                    .isEqualTo(Reply.ACK);
            assertThat(ask(client, original.port, new PeerCommand.ValidateBlock(next.next(next.data()))))
                    .isInstanceOf(Reply.Refusal.class);
            assertThat(ask(client, original.port, new PeerCommand.AddBlock("é", Optional.of(next))))
                    .isEqualTo(Reply.ACK);
            assertThat(ask(client, original.port, new PeerCommand.ConfirmBlock(next)))
                    .isEqualTo(Reply.ACK);
            assertThat(ask(client, original.port, new PeerCommand.Ping()))
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
                client.send(at(original.port()), new PeerCommand.AddBlock("" + i, Optional.empty()), outcomes::add);
            }
        });

        await().until(() -> outcomes.size() == 20);
        for (int i = 0; i < 20; i++) {
            assertThat(codec.decode(frames.get(i)))
                    .isEqualTo(new Request.Understood(
                            new PeerCommand.AddBlock("" + i, Optional.empty()), OptionalLong.empty()));
        }
        assertThat(outcomes).containsOnly(Reply.ACK);
        assertThat(connections).hasSize(20);
    }

    @Test
    void answersANodeOfTheOriginalWithTheBareReplies() throws Exception {
        RpcServer server = server((sender, command, answer) -> answer.accept(
                command instanceof PeerCommand.Ping
                        ? PONG
                        : command instanceof PeerCommand.AddPeer ? Reply.ACK : no()));

        assertThat(Stranger.say(
                        server.port(),
                        "{\"CMD\":\"ADD_PEER\",\"peer_id\":\"a\",\"peer_host\":\"h\",\"peer_port\":\"1\"}"))
                .isEqualTo("ACK");
        assertThat(Stranger.say(server.port(), codec.encode(new PeerCommand.ValidateBlock(Block.GENESIS))))
                .isEqualTo("KCA");
        assertThat(Stranger.say(server.port(), "{\"CMD\":\"SOMETHING_ELSE\"}")).isEqualTo("KCA");
        assertThat(Stranger.say(server.port(), "{\"CMD\":\"PING\"}")).isEqualTo("closed: PING has no bare answer");
        assertThat(Stranger.say(server.port(), "not json"))
                .startsWith("closed: a frame must be a JSON object: Unrecognized");
    }

    @Test
    void anUnknownCommandWithAnIdIsRefusedWithItsReason() throws Exception {
        RpcServer server = server((sender, command, answer) -> answer.accept(PONG));

        assertThat(Stranger.say(server.port(), "{\"CMD\":\"SOMETHING_ELSE\",\"id\":7}"))
                .isEqualTo(codec.encode(new Reply.Refusal("unknown CMD: \"SOMETHING_ELSE\""), OptionalLong.of(7)));
    }

    @Test
    void aCommandWhoseHandlingFailsIsRefusedAndLaterOnesAreServed() throws Exception {
        RpcServer server = server((sender, command, answer) -> {
            if (command instanceof PeerCommand.ValidateBlock) {
                throw new IllegalStateException("broken on purpose");
            }
            answer.accept(PONG);
        });
        RpcClient client = client(PATIENCE);

        assertThat(ask(client, server.port(), new PeerCommand.ValidateBlock(Block.GENESIS)))
                .isEqualTo(new Reply.Refusal("internal error"));
        assertThat(ask(client, server.port(), new PeerCommand.Ping())).isEqualTo(PONG);
    }

    @Test
    void aCommandIsAnsweredOnceWhateverItsHandlerDoes() throws Exception {
        RpcServer server = server((sender, command, answer) -> {
            answer.accept(PONG);
            answer.accept(no());
            throw new IllegalStateException("broken on purpose");
        });
        String first = codec.encode(new PeerCommand.Ping(), 1);
        String second = codec.encode(new PeerCommand.Ping(), 2);

        assertThat(exchange(server.port(), List.of(first, second), 2))
                .containsExactly(codec.encode(PONG, OptionalLong.of(1)), codec.encode(PONG, OptionalLong.of(2)));
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
        RpcServer server = server((sender, command, answer) -> answer.accept(PONG));
        RpcClient client =
                new RpcClient(() -> codec, Limits.DEFAULT, thread, watched, PATIENCE, Gate.OPEN, Defence.NONE);
        opened.add(client);

        assertThat(ask(client, server.port(), new PeerCommand.Ping())).isEqualTo(PONG);
        assertThat(cancelled).hasSize(1);
    }

    @Test
    void aPeerThatTalksNonsenseIsSilence() throws Exception {
        Listener ours = listener(RpcServer.SUBPROTOCOL, echo("{\"id\":1,\"reply\":\"PERHAPS\"}"));
        Listener original = listener("", echo("perhaps"));
        RpcClient client = client(PATIENCE);

        assertThat(ask(client, ours.port(), new PeerCommand.Ping()))
                .isEqualTo(new Outcome.Silence("the peer answered nonsense: {\"id\":1,\"reply\":\"PERHAPS\"}"));
        assertThat(ask(client, original.port(), new PeerCommand.Ping()))
                .isEqualTo(new Outcome.Silence("the peer answered nonsense: perhaps"));
    }

    @Test
    void aPeerThatIsSilentOrUnreachableIsSilenceInTime() throws Exception {
        RpcClient client = client(Duration.ofMillis(200));
        RpcServer silent = server((sender, command, answer) -> {});
        int unused = FreePorts.pair();

        assertThat(ask(client, silent.port(), new PeerCommand.Ping()))
                .isEqualTo(new Outcome.Silence("no reply within 200 ms"));
        assertThat(ask(client, unused, new PeerCommand.Ping())).isEqualTo(new Outcome.Silence("Connection refused"));
        try (ServerSocket mute = new ServerSocket(0)) {
            assertThat(ask(client, mute.getLocalPort(), new PeerCommand.Ping()))
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

        assertThat(ask(client, stalling.port(), new PeerCommand.Ping()))
                .isEqualTo(new Outcome.Silence("no reply within 300 ms"));
        assertThat(ask(client, stalling.port(), new PeerCommand.Ping())).isEqualTo(Reply.ACK);
    }

    @Test
    void aPeerThatRestartsIsCalledAgain() throws Exception {
        RpcClient client = client(PATIENCE);
        RpcServer first = server((sender, command, answer) -> answer.accept(PONG));
        assertThat(ask(client, first.port(), new PeerCommand.Ping())).isEqualTo(PONG);

        first.close();
        await().until(() -> ask(client, first.port(), new PeerCommand.Ping()) instanceof Outcome.Silence);
        server(first.port(), (sender, command, answer) -> answer.accept(PONG));

        assertThat(ask(client, first.port(), new PeerCommand.Ping())).isEqualTo(PONG);
    }

    @Test
    void whatIsUnderWayWhenAConnectionBreaksIsSilence() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        RpcServer server = server((sender, command, answer) -> heard.countDown());
        RpcClient client = client(PATIENCE);
        List<Outcome> outcomes = new CopyOnWriteArrayList<>();
        thread.execute(() -> client.send(at(server.port()), new PeerCommand.Ping(), outcomes::add));
        assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();

        server.close();

        await().until(() -> outcomes.size() == 1);
        assertThat(outcomes.get(0))
                .isInstanceOf(Outcome.Silence.class)
                .asString()
                .startsWith("the connection was closed");
    }

    @Test
    void aPeerThatSendsMoreRepliesThanItWasAskedForIsHungUpOn() throws Exception {
        List<String> ends = new CopyOnWriteArrayList<>();
        Listener talkative = listener(RpcServer.SUBPROTOCOL, new FrameHandler() {
            @Override
            public void received(Connection connection, String frame) {
                OptionalLong id = Codec.idAtTheEnd(frame);
                for (int i = 0; i < 1_000; i++) {
                    connection.send(codec.encode(PONG, id));
                }
            }

            @Override
            public void closed(Connection connection, String reason) {
                ends.add(reason);
            }
        });

        assertThat(ask(client(PATIENCE), talkative.port(), new PeerCommand.Ping()))
                .isEqualTo(PONG);

        // What it is told may be lost, as it is still sending.
        await().until(() -> ends.size() == 1);
    }
}
