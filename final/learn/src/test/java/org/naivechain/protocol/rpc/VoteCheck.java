package org.naivechain.protocol.rpc;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.learn.Explain;
import org.naivechain.protocol.Codec;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.CommandHandler;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerTable;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Vocabulary;
import org.naivechain.websocket.Connection;
import org.naivechain.websocket.Dialer;
import org.naivechain.websocket.FrameHandler;
import org.naivechain.websocket.Gate;
import org.naivechain.websocket.Limits;

/** Exercise 4.5: an election in which not everybody knows what an election is. Real sockets. */
class VoteCheck {
    private static final long WAIT_MILLIS = 2_500;
    private static final String NOTHING = "no answer within 2.5 seconds";

    /** The command of a version that only some nodes run. */
    sealed interface ElectionCommand extends Command {
        Vocabulary<ElectionCommand> VOCABULARY = new Vocabulary<>(ElectionCommand.class, List.of());

        @JsonTypeName("ELECT")
        record Elect(
                @JsonProperty(value = "candidate", required = true)
                String candidate) implements ElectionCommand {}
    }

    private final Codec newer = new Codec(List.of(PeerCommand.VOCABULARY, ElectionCommand.VOCABULARY));
    private final Codec older = new Codec(List.of(PeerCommand.VOCABULARY));
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        thread.shutdownNow();
    }

    @Test
    @DisplayName("Nodes that do not know a command have no vote in it")
    void nodesThatDoNotKnowACommandHaveNoVote() throws Exception {
        CommandHandler<Command> yes = (sender, command, answer) -> answer.accept(Reply.ACK);
        List<RpcServer> nodes = List.of(server(newer, yes), server(older, yes), server(older, yes));
        String elect = newer.encode(new ElectionCommand.Elect("anna"), 1);
        int votes = 0;
        List<String> answers = new ArrayList<>();
        for (RpcServer node : nodes) {
            String answer = exchange(node, List.of(elect), 1).get(0);
            answers.add(answer);
            votes += newer.decodeReply(answer).outcome() instanceof Reply.Ack ? 1 : 0;
        }
        Explain.that(
                votes < PeerTable.quorumOf(nodes.size()),
                "Anna has " + votes + " votes of " + nodes.size()
                        + ", and is elected. Two of them come from nodes that have no word for an election and did not"
                        + " cast them. The answers: " + answers,
                "Where an acknowledgement is a vote, only somebody who has understood the question may acknowledge.");
        Explain.same(
                "{\"reply\":\"KCA\",\"reason\":\"unknown CMD: \\\"ELECT\\\"\",\"id\":1}",
                answers.get(1),
                "What a node answers that does not know the command " + elect,
                "The refusal says why, and names the number, so that the sender need not wait until its time is up.");
    }

    @Test
    @DisplayName("A command without sense is refused, and the next one on the connection is served")
    void aCommandWithoutSenseIsRefused() throws Exception {
        RpcServer node = server(older, (sender, command, answer) -> answer.accept(new Reply.Pong(new PeerId("bert"))));
        String senseless = "{\"CMD\":\"VALIDATE_BLOCK\",\"id\":1}";
        List<String> answers = exchange(node, List.of(senseless, "{\"CMD\":\"PING\",\"id\":2}"), 2);
        Explain.same(
                List.of(
                        "{\"reply\":\"KCA\",\"reason\":\"the field block_data is missing\",\"id\":1}",
                        "{\"reply\":\"PONG\",\"peer_id\":\"bert\",\"id\":2}"),
                answers,
                "A vote was asked for, for no block at all (" + senseless
                        + "), and then came a PING on the same connection;" + " answers:",
                "A yes would be a vote that the node did not cast. Hanging up would shut out every newer node.");
    }

    @Test
    @DisplayName("A refusal names the number of its command, wherever the number stands in the frame")
    void aRefusalNamesTheNumber() throws Exception {
        RpcServer node = server(older, (sender, command, answer) -> answer.accept(Reply.ACK));
        String numberFirst = "{\"id\":7,\"CMD\":\"ELECT\"}";
        Explain.same(
                "{\"reply\":\"KCA\",\"reason\":\"unknown CMD: \\\"ELECT\\\"\",\"id\":7}",
                exchange(node, List.of(numberFirst), 1).get(0),
                "A command that the node does not know had its number in front: " + numberFirst + "; the answer:",
                "The order of fields says nothing in JSON. The codec has read the frame, and the Malformed that it gave"
                        + " knows the number; idAtTheEnd knows only one that stands last.");
    }

    @Test
    @DisplayName("A node that fails while it votes has not voted")
    void aNodeThatFailsHasNotVoted() throws Exception {
        RpcServer node = server(newer, (sender, command, answer) -> {
            throw new IllegalStateException("the disk is full");
        });
        String answer = exchange(node, List.of(newer.encode(new ElectionCommand.Elect("anna"), 1)), 1)
                .get(0);
        Outcome outcome = newer.decodeReply(answer).outcome();
        Explain.that(
                !(outcome instanceof Reply.Ack),
                "A node could not write down whom it votes for, threw an exception, and answered " + answer
                        + ": a vote that it did not cast.",
                "Nobody may count on a yes that was never given. What comes after an exception is a refusal.");
        Explain.same(
                new Reply.Refusal("internal error"),
                outcome,
                "What a node answers that failed while it handled a command.",
                "An answer must come, or the caller waits until its time is up. Its reason tells strangers no"
                        + " details.");
    }

    @Test
    @DisplayName("What is no JSON object is hung up on")
    void whatIsNoJsonIsHungUpOn() throws Exception {
        RpcServer node = server(older, (sender, command, answer) -> answer.accept(Reply.ACK));
        String answer = exchange(node, List.of("hello"), 1).get(0);
        Explain.that(
                answer.startsWith("closed: a frame must be a JSON object"),
                "The frame was \"hello\", and what came is: " + answer,
                "Who sends this speaks another protocol, and has no use for an answer in this one.");
    }

    private RpcServer server(Codec codec, CommandHandler<Command> handler) throws IOException {
        thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        RpcServer server =
                new RpcServer(new InetSocketAddress("127.0.0.1", 0), Limits.DEFAULT, Gate.OPEN, Defence.NONE);
        opened.add(server);
        server.start(codec, handler, thread);
        return server;
    }

    /** Sends frames over one connection, and gives so many answers. */
    private List<String> exchange(RpcServer node, List<String> frames, int expected) throws Exception {
        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        Dialer dialer = new Dialer(RpcServer.SUBPROTOCOL, Limits.DEFAULT);
        opened.add(dialer);
        dialer.dial("127.0.0.1", node.port(), new FrameHandler() {
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

            @Override
            public void failed(String reason) {
                answers.add("no connection: " + reason);
            }
        });
        List<String> came = new ArrayList<>();
        while (came.size() < expected) {
            String answer = answers.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
            came.add(answer == null ? NOTHING : answer);
        }
        return came;
    }
}
