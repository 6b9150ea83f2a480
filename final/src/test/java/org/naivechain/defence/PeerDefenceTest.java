package org.naivechain.defence;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.CommandHandler;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.rpc.NodeThread;
import org.naivechain.protocol.rpc.RpcClient;
import org.naivechain.protocol.rpc.RpcFixture;
import org.naivechain.protocol.rpc.RpcServer;
import org.naivechain.sync.SyncCommand;
import org.naivechain.sync.SyncReply;
import org.naivechain.websocket.Gate;
import org.naivechain.websocket.Limits;
import org.naivechain.websocket.Listener;

class PeerDefenceTest extends RpcFixture {
    PeerDefenceTest() {
        super(PeerCommand.VOCABULARY, SyncCommand.VOCABULARY);
    }

    private static PeerDefence defence(RateLimits rates, java.util.function.LongSupplier clock) {
        return new PeerDefence(rates, command -> command instanceof SyncCommand.GetBlocks, clock);
    }

    @Test
    void commandsThatWaitAreBoundedAndMakeRoomForLaterOnes() throws Exception {
        // A little more than the 64 Mi characters that may wait.
        List<String> frames = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            frames.add("{\"CMD\":\"PING\",\"id\":" + i + ",\"x\":\"" + "x".repeat(4_000_000) + "\"}");
        }
        RpcServer stalling = server(defence(RateLimits.DEFAULT, System::nanoTime), (sender, command, answer) -> {});
        RpcServer answering =
                server(defence(RateLimits.DEFAULT, System::nanoTime), (sender, command, answer) -> answer.accept(PONG));

        assertThat(exchange(stalling.port(), frames, 1))
                .containsExactly(
                        codec.encode(new Reply.Refusal("too much is waiting, try again later"), OptionalLong.of(16)));
        assertThat(exchange(answering.port(), frames, 17)).allMatch(answer -> answer.contains("PONG"));
    }

    /** Each is 80 characters long and costs milliseconds. */
    @Test
    void questionsForBlocksLeaveRoomForVotes() throws Exception {
        List<Consumer<Reply>> stalled = new CopyOnWriteArrayList<>();
        RpcServer server = server(defence(RateLimits.DEFAULT, System::nanoTime), (sender, command, answer) -> {
            if (command instanceof SyncCommand.GetBlocks) {
                stalled.add(answer);
            } else {
                answer.accept(PONG);
            }
        });
        RpcClient client = client(PATIENCE);
        List<Outcome> outcomes = new CopyOnWriteArrayList<>();
        int offered = 200;
        int taken = (int) (Backlog.FOR_PAGES / (Backlog.PAGE + 1_000));

        thread.execute(() -> {
            for (int i = 0; i < offered; i++) {
                client.send(at(server.port()), new SyncCommand.GetBlocks(0, 1_000, 0), outcomes::add);
            }
        });

        await().until(() -> outcomes.size() + stalled.size() >= offered);
        assertThat(outcomes).containsOnly(new Reply.Refusal("too much is waiting, try again later"));
        assertThat(stalled).hasSizeBetween(taken - 1, taken);
        assertThat(ask(client, server.port(), new PeerCommand.Ping())).isEqualTo(PONG);
        thread.execute(() -> stalled.forEach(answer -> answer.accept(no())));
        await().until(() -> outcomes.size() == offered);
        thread.execute(() -> client.send(at(server.port()), new SyncCommand.GetBlocks(0, 1, 0), outcomes::add));
        await().until(() -> stalled.size() > taken - 1);
    }

    @Test
    void aQuestionForBlocksSpendsWhatItsAnswerMayWeigh() throws Exception {
        AtomicLong clock = new AtomicLong();
        PeerDefence defence = defence(new RateLimits(1_000, 300_000, 100), clock::get);
        RpcServer server = server(
                defence,
                (sender, command, answer) -> answer.accept(new SyncReply.Blocks(ID, List.of(Block.GENESIS), 1)));
        RpcClient client = client(PATIENCE);
        Command question = new SyncCommand.GetBlocks(0, 1_000, 0);
        Outcome page = new SyncReply.Blocks(ID, List.of(Block.GENESIS), 1);

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
        PeerDefence defence = defence(RateLimits.DEFAULT, System::nanoTime);
        RpcServer server = new RpcServer(new InetSocketAddress("127.0.0.1", 0), Limits.DEFAULT, Gate.OPEN, defence);
        opened.add(server);
        server.start(
                codec,
                (sender, command, answer) -> {
                    handled.add(command);
                    answer.accept(PONG);
                },
                busy);
        busy.execute(() -> awaitQuietly(held));
        List<String> frames = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            frames.add(codec.encode(new SyncCommand.GetBlocks(0, 1_000, 0), i));
        }
        // Those beyond the room are refused at once, so that the others have come, too.
        exchange(server.port(), frames, 30);
        opened.remove(opened.size() - 1).close();
        await().until(() -> defence.scores().remembered() == 0);

        held.countDown();

        RpcClient client = client(PATIENCE);
        assertThat(ask(client, server.port(), new PeerCommand.Ping())).isEqualTo(PONG);
        assertThat(handled).containsExactly(new PeerCommand.Ping());
        assertThat(ask(client, server.port(), new SyncCommand.GetBlocks(0, 1_000, 0)))
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
    void commandsBeyondTheRateAreRefusedWithTheRuleAndLaterOnesAreServed() throws Exception {
        AtomicLong clock = new AtomicLong();
        PeerDefence defence = defence(new RateLimits(5, 1_000_000, 100), clock::get);
        RpcServer server = server(defence, (sender, command, answer) -> answer.accept(PONG));
        RpcClient client = client(PATIENCE);
        List<Outcome> outcomes = new CopyOnWriteArrayList<>();

        thread.execute(() -> {
            for (int i = 0; i < 12; i++) {
                client.send(at(server.port()), new PeerCommand.Ping(), outcomes::add);
            }
        });

        await().until(() -> outcomes.size() == 12);
        assertThat(outcomes).filteredOn(PONG::equals).hasSize(10);
        assertThat(outcomes)
                .filteredOn(new Reply.Refusal("at most 5 commands a second are taken over one connection")::equals)
                .hasSize(2);
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(ask(client, server.port(), new PeerCommand.Ping())).isEqualTo(PONG);
    }

    @Test
    void commandsUnderWayAreBoundedForEachConnection() throws Exception {
        PeerDefence defence = defence(new RateLimits(1_000, 1_000_000, 3), System::nanoTime);
        List<Consumer<Reply>> stalled = new CopyOnWriteArrayList<>();
        RpcServer server = server(defence, (sender, command, answer) -> stalled.add(answer));
        List<Outcome> outcomes = new CopyOnWriteArrayList<>();
        RpcClient client = client(PATIENCE);
        RpcClient other = client(PATIENCE);

        thread.execute(() -> {
            for (int i = 0; i < 4; i++) {
                client.send(at(server.port()), new PeerCommand.Ping(), outcomes::add);
            }
        });
        await().until(() -> outcomes.size() == 1);
        assertThat(outcomes)
                .containsExactly(new Reply.Refusal("at most 3 commands may be under way over one connection"));
        thread.execute(() -> other.send(at(server.port()), new PeerCommand.Ping(), outcomes::add));
        await().until(() -> stalled.size() == 4);

        thread.execute(() -> stalled.get(0).accept(PONG));
        await().until(() -> outcomes.size() == 2);
        thread.execute(() -> client.send(at(server.port()), new PeerCommand.Ping(), outcomes::add));
        await().until(() -> stalled.size() == 5);
    }

    @Test
    void aConnectionThatFloodsIsClosedAndOthersFromItsMachineAreServed() throws Exception {
        PeerDefence defence = defence(new RateLimits(5, 1_000_000, 100), () -> 0);
        RpcServer server = server(defence, (sender, command, answer) -> answer.accept(PONG));
        List<String> frames = new ArrayList<>();
        for (int i = 0; i < 11_000; i++) {
            frames.add(codec.encode(new PeerCommand.Ping(), i));
        }

        List<String> answers = exchange(server.port(), frames, frames.size());

        // Where a caller still sends, its system may throw away the last frame, which has the reason.
        assertThat(answers.get(answers.size() - 1))
                .matches("closed: (connection 1 from 127.0.0.1 is shut out for another 31 s: too much FLOOD.*)?");
        assertThat(ask(client(PATIENCE), server.port(), new PeerCommand.Ping())).isEqualTo(PONG);
    }

    @Test
    void aConnectionThatPingsWithoutEndIsClosed() throws Exception {
        PeerDefence defence = defence(new RateLimits(5, 1_000_000, 100), () -> 0);
        RpcServer server = server(defence, (sender, command, answer) -> answer.accept(PONG));
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
                () -> codec,
                Limits.DEFAULT,
                thread,
                thread,
                PATIENCE,
                Gate.OPEN,
                defence(RateLimits.DEFAULT, clock::get));
        opened.add(client);
        String expected = "127.0.0.1:" + nonsense.port()
                + " is shut out for another 31 s: too much GARBAGE, at last: the peer answered nonsense";

        thread.execute(() -> {
            for (int i = 0; i < 10; i++) {
                client.send(at(nonsense.port()), new PeerCommand.Ping(), outcome -> {});
            }
        });

        await().untilAsserted(() -> assertThat(ask(client, nonsense.port(), new PeerCommand.Ping()))
                .isInstanceOf(Outcome.Silence.class)
                .asString()
                .startsWith(expected));
        clock.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThat(ask(client, nonsense.port(), new PeerCommand.Ping()))
                .asString()
                .startsWith("the peer answered nonsense");
    }

    private RpcServer server(PeerDefence defence, CommandHandler<Command> handler) throws IOException {
        RpcServer server = new RpcServer(new InetSocketAddress("127.0.0.1", 0), Limits.DEFAULT, Gate.OPEN, defence);
        opened.add(server);
        server.start(codec, handler, thread);
        return server;
    }
}
