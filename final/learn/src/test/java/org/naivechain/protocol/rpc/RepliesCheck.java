package org.naivechain.protocol.rpc;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.learn.Explain;
import org.naivechain.protocol.Codec;
import org.naivechain.protocol.Misbehaviour;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Request;
import org.naivechain.protocol.Time;
import org.naivechain.websocket.Connection;
import org.naivechain.websocket.FrameHandler;
import org.naivechain.websocket.Gate;
import org.naivechain.websocket.Limits;
import org.naivechain.websocket.Listener;

/** Exercise 4.4: which reply belongs to which command. Real sockets; the peer is played by the check. */
class RepliesCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long WAIT_MILLIS = 2_000;
    private static final long SLICE_MILLIS = 20;
    /** Of a connection: it was opened, the reply came, it was closed. */
    private static final int EVENTS_OF_ONE_COMMAND = 3;

    private final Codec codec = new Codec(List.of(PeerCommand.VOCABULARY));
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    /** Timers that were neither cancelled nor called. Time passes when the check says so. */
    private final Set<Runnable> timers = ConcurrentHashMap.newKeySet();

    /** What the code that is told an outcome throws where the check wants it; no fault of the reader's. */
    private final RuntimeException wanted = new IllegalStateException("part of the check");
    /** What is done when a frame goes out, before send returns. */
    private volatile Consumer<String> whenSent = frame -> {};

    private volatile String accusation = "nothing";
    private final Semaphore taken = new Semaphore(0);
    /** How many events of the connections the node's thread has handled. */
    private final AtomicInteger events = new AtomicInteger();

    private volatile RuntimeException broken;
    private volatile Connection caller;
    private Listener peer;
    private RpcClient client;

    @BeforeEach
    void startThePeer() throws IOException {
        thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        peer = listen(RpcServer.SUBPROTOCOL);
        client = new RpcClient(
                () -> codec,
                Limits.DEFAULT,
                task -> thread.execute(() -> {
                    guarded(task);
                    events.incrementAndGet();
                }),
                new SteppedTime(),
                PATIENCE,
                Gate.OPEN,
                new Observer());
    }

    private Listener listen(String subprotocol) throws IOException {
        Listener listener =
                Listener.bind(new InetSocketAddress("127.0.0.1", 0), subprotocol, Limits.DEFAULT, new FrameHandler() {
                    @Override
                    public void received(Connection connection, String frame) {
                        caller = connection;
                        heard.add(frame);
                    }
                });
        listener.start();
        return listener;
    }

    @AfterEach
    void stop() {
        client.close();
        peer.close();
        thread.shutdownNow();
    }

    @Test
    @DisplayName("Replies in another order than the commands each find their own")
    void repliesFindTheirCommands() throws InterruptedException {
        send("a");
        send("b");
        send("c");
        List<String> frames = new ArrayList<>(List.of(hear(), hear(), hear()));
        frames.sort(Comparator.comparing(this::who).reversed());
        frames.forEach(this::reply);
        untilTold(3);
        Explain.same(
                List.of("a: reply to a", "b: reply to b", "c: reply to c"),
                sorted(),
                "Introductions of a, b, and c went out over one connection. The peer replied to c, to b, and to a, in"
                        + " this order; outcomes:",
                "A reply names the number of its command. Nothing else says which one it answers.");
    }

    @Test
    @DisplayName("A reply that comes in time is told once, and its timer is cancelled")
    void aReplyEndsTheWaiting() throws InterruptedException {
        send("a");
        reply(hear());
        untilTold(1);
        onTheThread(() -> {});
        int left = timers.size();
        timeIsUp();
        Explain.same(
                List.of("a: reply to a"),
                told,
                "The peer replied at once, and 10 seconds later every timer that was still set was called; outcomes:",
                "The caller went on to its next step after the first outcome. A second one would be a vote that counts"
                        + " twice.");
        Explain.same(
                0,
                left,
                "Timers that were still set when the outcome had been told.",
                "A busy node sends thousands of commands in the 10 seconds that a timer lives. Each timer holds its"
                        + " command.");
    }

    @Test
    @DisplayName("A peer that does not reply is silence, once, when its time is up")
    void aSilentPeerIsSilence() throws InterruptedException {
        send("a");
        String late = hear();
        timeIsUp();
        reply(late);
        caller.close("good night");
        untilTold(1);
        untilTheEnd();
        Explain.same(
                List.of("a: no reply within 10000 ms"),
                told,
                "The peer replied after its time was up, and then closed the connection; outcomes:",
                "Time, reply, and end of the connection all call finish. Only the first call counts.");
    }

    @Test
    @DisplayName("A late reply is not taken for the reply to a later command")
    void aLateReplyAnswersNobodyElse() throws InterruptedException {
        send("a");
        String late = hear();
        timeIsUp();
        untilTold(1);
        send("b");
        String next = hear();
        reply(late);
        reply(next);
        untilTold(2);
        Explain.same(
                List.of("a: no reply within 10000 ms", "b: reply to b"),
                told,
                "The time of command a was up, b was sent, and only then came the reply to a, and the one to b. Their"
                        + " numbers were " + number(late).orElse(0) + " and "
                        + number(next).orElse(0) + "; outcomes:",
                "If b's number had been used before, an old yes would count for a new question.");
    }

    @Test
    @DisplayName("When a connection breaks, all that is under way is silence")
    void aBrokenConnectionIsSilence() throws InterruptedException {
        send("a");
        send("b");
        hear();
        hear();
        caller.close("good night");
        untilTold(2);
        Explain.same(
                List.of("a: the connection was closed: good night", "b: the connection was closed: good night"),
                sorted(),
                "The introductions of a and b were under way when the peer closed the connection; outcomes:",
                "What is noted in underWay can be told. What is not noted waits for its timer, 10 seconds long.");
    }

    @Test
    @DisplayName("An outcome is told once, even if the code that is told it throws an exception")
    void anOutcomeIsToldOnceThoughItThrows() throws InterruptedException {
        send("a", outcome -> {
            told.add("a: " + outcome);
            throw wanted;
        });
        reply(hear());
        untilTold(1);
        timeIsUp();
        Explain.same(
                List.of("a: reply to a"),
                told,
                "The peer replied, the code that was told so threw an exception, and 10 seconds later every timer that was"
                        + " still set was called; outcomes:",
                "then is code of somebody else: it may throw, or lead back into finish. So all that finish has to do itself is"
                        + " done before then is called.");
    }

    @Test
    @DisplayName("A reply that comes before send returns is taken")
    void aReplyMayBeFast() throws InterruptedException {
        send("a");
        reply(hear());
        untilTold(1);
        taken.drainPermits();
        whenSent = frame -> {
            reply(frame);
            await(taken);
        };
        send("b");
        untilTold(2);
        Explain.same(
                "nothing",
                accusation,
                "The peer replied to b so fast that its reply came before send had returned. The peer was accused of this:",
                "The connection's thread takes a reply only if one is owed. Count what the peer will owe before you send.");
        Explain.same(
                List.of("a: reply to a", "b: reply to b"),
                told,
                "The peer replied to b so fast that its reply came before send had returned; outcomes:",
                "Everything that the reply needs must be there before the frame goes out.");
    }

    @Test
    @DisplayName("The end of a connection tells nothing of a command whose reply has come")
    void theEndAfterAReplyTellsNothing() throws InterruptedException, IOException {
        peer.close();
        peer = listen("older");
        send("a", outcome -> {
            told.add("a: " + outcome);
            throw wanted;
        });
        reply(hear());
        untilTold(1);
        untilTheEnd();
        Explain.that(
                events.get() >= EVENTS_OF_ONE_COMMAND,
                "A node of the older system replied to a, and 2 seconds later the connection to it was still open.",
                "Such a connection carries one command. forget.run() hangs up when the outcome is known.");
        Explain.same(
                List.of("a: the peer disagrees (KCA)"),
                told,
                "A node of the older system replied KCA to a, and the code that was told so threw an exception. The connection was"
                        + " closed then, and its end called finish for a once more; outcomes:",
                "A command has one outcome. A second call of finish must find out that it is the second, and do nothing.");
    }

    @Test
    @DisplayName("When the outcomes are known, underWay is empty")
    void nothingIsNotedForEver() throws Exception {
        for (String who : List.of("a", "b", "c")) {
            send(who);
            reply(hear());
        }
        untilTold(3);
        AtomicInteger noted = new AtomicInteger();
        onTheThread(() -> noted.set(noted()));
        Explain.same(
                0,
                noted.get(),
                "The peer replied to a, b, and c, and their outcomes were told. So many commands are still noted in underWay:",
                "A connection may live for months. What is noted there for ever fills the memory of the node: transmit says"
                        + " with sent.whenFinished how the note goes away.");
    }

    /** How many commands are noted for all connections. */
    private int noted() {
        return ((Map<?, ?>) valueOf(client, "lines"))
                .values().stream()
                        .mapToInt(line -> ((Map<?, ?>) valueOf(line, "underWay")).size())
                        .sum();
    }

    private static Object valueOf(Object owner, String name) {
        try {
            Field field = owner.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the field " + name + " must stay as it is given", e);
        }
    }

    private void send(String who) {
        send(who, outcome -> told.add(who + ": " + outcome));
    }

    private void send(String who, Consumer<Outcome> then) {
        PeerCommand.AddPeer command =
                new PeerCommand.AddPeer(new Peer(new PeerId(who), new PeerAddress("127.0.0.1", 15_001)));
        thread.execute(() -> client.send(new PeerAddress("127.0.0.1", peer.port()), command, then));
    }

    /** Waits until the client has taken the reply or has accused the peer; the node's thread calls this. */
    private static void await(Semaphore event) {
        try {
            event.tryAcquire(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Calls, on the node's thread, what was to be called later. */
    private void timeIsUp() throws InterruptedException {
        Set<Runnable> due = Set.copyOf(timers);
        timers.clear();
        onTheThread(() -> due.forEach(this::guarded));
    }

    /** Waits until the node's thread has handled the end of the connection over which one command went, and one reply came. */
    private void untilTheEnd() throws InterruptedException {
        for (long waited = 0; events.get() < EVENTS_OF_ONE_COMMAND && waited < WAIT_MILLIS; waited += SLICE_MILLIS) {
            TimeUnit.MILLISECONDS.sleep(SLICE_MILLIS);
        }
    }

    private void onTheThread(Runnable task) throws InterruptedException {
        try {
            thread.submit(task).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private String hear() throws InterruptedException {
        String frame = null;
        for (long waited = 0; frame == null && waited < WAIT_MILLIS; waited += SLICE_MILLIS) {
            frame = heard.poll(SLICE_MILLIS, TimeUnit.MILLISECONDS);
            failure();
        }
        Explain.that(
                frame != null,
                "A command was sent, and the peer heard nothing within 2 seconds.",
                "transmit sends the frame with send(kept, …).");
        return frame;
    }

    private void reply(String frame) {
        caller.send(codec.encode(new Reply.Refusal("reply to " + who(frame)), number(frame)));
    }

    private String who(String frame) {
        return codec.decode(frame) instanceof Request.Understood request
                        && request.command() instanceof PeerCommand.AddPeer introduction
                ? introduction.peerId().text()
                : frame;
    }

    private static OptionalLong number(String frame) {
        return Codec.idAtTheEnd(frame);
    }

    private void untilTold(int outcomes) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS);
        while (told.size() < outcomes && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(1);
            failure();
        }
        Explain.that(
                told.size() >= outcomes,
                "After 2 seconds " + told.size() + " of " + outcomes + " outcomes were told: " + told + ".",
                "Each command has one outcome. A reply is matched by its number in underWay; finish tells it.");
    }

    /** What the node's thread threw must not be lost. */
    private void failure() {
        RuntimeException thrown = broken;
        if (thrown != null) {
            throw thrown;
        }
    }

    private List<String> sorted() {
        return told.stream().sorted().toList();
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            broken = e == wanted ? broken : e;
        }
    }

    private final class Observer implements Defence {
        @Override
        public void sent(String to, String frame) {
            whenSent.accept(frame);
        }

        @Override
        public void received(String from, String frame) {
            taken.release();
        }

        @Override
        public void accuseCalled(PeerAddress called, Misbehaviour what, String detail) {
            accusation = detail;
            taken.release();
        }
    }

    private final class SteppedTime implements Time {
        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public Timer after(Duration delay, Runnable action) {
            Runnable call = () -> action.run();
            timers.add(call);
            return () -> timers.remove(call);
        }
    }
}
