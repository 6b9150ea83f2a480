package org.naivechain.websocket;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.TextFrame;
import org.java_websocket.protocols.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.learn.Explain;

class PromisedBytesCheck {
    private static final int FRAME = 60_000;
    private static final int BUDGET = 250_000;
    private static final String REFUSED = "too many large frames are arriving, try again later";
    private static final String TOO_MANY = "a message may have at most 1000 fragments";
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final Limits LIMITS = new Limits(300_000, 50, 50, 1_000_000, BUDGET, LONG, LONG);

    private final Heard server = new Heard();
    private final List<Stranger> strangers = new ArrayList<>();
    private Listener listener;

    @BeforeEach
    void listen() throws IOException {
        listener = Listener.bind(new InetSocketAddress("127.0.0.1", 0), "check", LIMITS, server);
        listener.start();
    }

    @AfterEach
    void close() throws IOException {
        for (Stranger stranger : strangers) {
            stranger.close();
        }
        listener.close();
    }

    private Stranger stranger() throws IOException {
        Stranger stranger = Stranger.afterHandshake(listener.port());
        strangers.add(stranger);
        return stranger;
    }

    /** Strangers who each promise a frame; says how many of them are hung up on. */
    private int promises(int number) throws IOException, InterruptedException {
        int before = server.closed.size();
        for (int i = 0; i < number; i++) {
            stranger().promise(FRAME);
        }
        Heard.within(150, () -> server.closed.size() == before + number);
        return server.closed.size() - before;
    }

    @Test
    @DisplayName("checkAlloc takes from the budget before there is any memory, and reset gives back")
    void takesBeforeItAllocates() throws InvalidDataException {
        BoundedDraft all = new BoundedDraft("check", LIMITS);
        BoundedDraft first = (BoundedDraft) all.copyInstance();
        BoundedDraft second = (BoundedDraft) all.copyInstance();

        Explain.same(
                4 * FRAME,
                first.checkAlloc(4 * FRAME),
                "One connection asks for 240,000 bytes, and the budget is 250,000.",
                "checkAlloc returns what it was asked for: so much will be set aside.");
        Explain.same(
                CloseFrame.TRY_AGAIN_LATER,
                refusal(second, FRAME),
                "10,000 bytes are left of the budget, and another connection asks for 60,000. The code of its refusal"
                        + " (0: it was not refused).",
                "The copies of a draft share the budget. This refusal is not the peer's fault, and its code says so.");
        first.reset();
        Explain.same(
                FRAME,
                second.checkAlloc(FRAME),
                "The first connection has ended, and the second asks again.",
                "What the first took is free.");
    }

    /** A budget that notes whether somebody may have to wait for it. */
    private static final class Budget extends Semaphore {
        private static final long serialVersionUID = 1;
        private boolean waits;

        Budget(int permits) {
            super(permits);
        }

        @Override
        public void acquire(int permits) {
            waits = true;
        }

        @Override
        public void acquireUninterruptibly(int permits) {
            waits = true;
        }

        @Override
        public boolean tryAcquire(int permits, long timeout, TimeUnit unit) {
            waits = true;
            return true;
        }
    }

    private static BoundedDraft draft(Semaphore budget) throws ReflectiveOperationException {
        Constructor<BoundedDraft> constructor =
                BoundedDraft.class.getDeclaredConstructor(List.class, int.class, Semaphore.class);
        constructor.setAccessible(true);
        return constructor.newInstance(List.of(new Protocol("check")), LIMITS.maxFrameBytes(), budget);
    }

    @Test
    @DisplayName("take asks and takes in one call, which never waits")
    void neverWaits() throws InvalidDataException, ReflectiveOperationException {
        Budget budget = new Budget(BUDGET);
        draft(budget).checkAlloc(FRAME);

        Explain.that(
                !budget.waits,
                "60,000 bytes were asked for, and take called a method of the semaphore that may wait.",
                "Between a look at availablePermits and acquire another connection can take what was there, and then the"
                        + " thread that serves others waits. tryAcquire(bytes) takes all of them or nothing, and says which.");
        Explain.same(
                BUDGET - FRAME,
                budget.availablePermits(),
                "60,000 bytes were asked for, of a budget of 250,000. What is left:",
                "One permit stands for one byte.");
    }

    @Test
    @DisplayName("What a frame promises counts, too, where it begins in the same bytes in which another frame ends")
    void countsAPromiseBehindAFrame() throws InvalidDataException {
        BoundedDraft all = new BoundedDraft("check", LIMITS);
        BoundedDraft first = (BoundedDraft) all.copyInstance();
        BoundedDraft second = (BoundedDraft) all.copyInstance();
        first.translateFrame(Stranger.frameAndPromise(new byte[2], 3 * FRAME));

        Explain.same(
                CloseFrame.TRY_AGAIN_LATER,
                refusal(second, 2 * FRAME),
                "What was read from a connection held a whole frame of two bytes, and behind it the header of one of 180,000."
                        + " The budget is 250,000, and another connection asks for 120,000. The code of its refusal (0: it"
                        + " was not refused).",
                "translateFrame keeps the share of the frame that is arriving only if checkAlloc has counted more takings than"
                        + " frames have arrived. Otherwise a small frame before each promise makes promises free.");
    }

    @Test
    @DisplayName("A piece that finds no room is not counted as taken, and nothing is given back for it")
    void notesAPieceAfterItWasTaken() throws InvalidDataException {
        BoundedDraft all = new BoundedDraft("check", LIMITS);
        BoundedDraft first = (BoundedDraft) all.copyInstance();
        BoundedDraft second = (BoundedDraft) all.copyInstance();
        BoundedDraft third = (BoundedDraft) all.copyInstance();
        first.checkAlloc(4 * FRAME);
        TextFrame piece = new TextFrame();
        piece.setFin(false);
        piece.setPayload(ByteBuffer.allocate(FRAME));
        int code = 0;
        try {
            second.processFrame(null, piece);
        } catch (InvalidDataException e) {
            code = e.getCloseCode();
        }
        Explain.same(
                CloseFrame.TRY_AGAIN_LATER,
                code,
                "10,000 bytes are left of the budget, and a piece of 60,000 has arrived on another connection. The code of its"
                        + " refusal (0: it was not refused).",
                "The library keeps the pieces of a message until the last has come, so they need room, too.");
        second.reset();

        Explain.same(
                CloseFrame.TRY_AGAIN_LATER,
                refusal(third, FRAME),
                "10,000 bytes were left, a piece of 60,000 was refused, and its connection ended. Then a third one asks for"
                        + " 60,000. The code of its refusal (0: it was not refused).",
                "Take first, and let forFragments and fragments grow afterwards. What was counted and not taken is given back"
                        + " all the same, and makes the budget larger each time.");
    }

    /** The code with which a frame is refused, or 0. */
    private static int refusal(BoundedDraft draft, int bytes) {
        try {
            draft.checkAlloc(bytes);
            return 0;
        } catch (InvalidDataException e) {
            return e.getCloseCode();
        }
    }

    @Test
    @DisplayName("Frames that were promised share a budget, and one that does not fit is refused")
    void sharesABudget() throws IOException, InterruptedException {
        int refused = promises(6);

        Explain.same(
                2,
                refused,
                "Six strangers each sent 14 bytes, which promise a frame of 60,000 bytes. The budget of all is 250,000:"
                        + " room for four. So many of the six were refused.",
                "Java-WebSocket sets the memory aside when it has the header. checkAlloc is what it asks before.");
        Explain.same(
                List.of(REFUSED, REFUSED),
                List.copyOf(server.closed),
                "The reasons.",
                "The peer may be honest," + " and should know that it may try again.");
    }

    @Test
    @DisplayName("What a stranger took is given back when it hangs up")
    void givesBackAtTheEnd() throws IOException, InterruptedException {
        int refusedAtFirst = promises(4);
        for (Stranger stranger : strangers) {
            stranger.close();
        }
        Heard.within(1_000, () -> server.closed.size() == 4);

        Explain.same(
                0,
                refusedAtFirst + promises(4),
                "Four strangers promised 60,000 bytes each and hung up. Four others promised as much. So many were"
                        + " refused.",
                "The library forgets the half frame, and calls reset. If the budget is not given back, four strangers"
                        + " shut everybody out for good.");
    }

    @Test
    @DisplayName("The pieces of a message that will never be whole are given back when their sender hangs up")
    void givesBackFragmentsAtTheEnd() throws IOException, InterruptedException {
        Stranger leaving = stranger();
        for (int i = 0; i < 7; i++) {
            leaving.frame(false, i == 0 ? Stranger.TEXT : Stranger.CONTINUATION, new byte[FRAME / 2]);
        }
        leaving.ping();
        Heard.within(1_000, () -> !server.pinged.isEmpty());
        leaving.hangUp();
        Heard.within(1_000, () -> !server.closed.isEmpty());

        Explain.same(
                0,
                promises(4),
                "A stranger sent 210,000 bytes in pieces, none of which was the last, and hung up. Then four others promised"
                        + " 60,000 bytes each; the budget is 250,000. So many of the four were refused.",
                "reset is the end of the pieces, too. What they took is in forFragments, not in forFrames.");
    }

    @Test
    @DisplayName("A piece that found no room took nothing, and gives nothing back")
    void givesBackNoMoreThanItTook() throws IOException, InterruptedException {
        Stranger fragmenting = stranger();
        for (int i = 0; i < 5; i++) {
            fragmenting.frame(false, i == 0 ? Stranger.TEXT : Stranger.CONTINUATION, new byte[FRAME]);
        }
        Heard.within(1_000, () -> !server.closed.isEmpty());
        fragmenting.hangUp();

        Explain.same(
                1,
                promises(5),
                "A stranger sent pieces of 60,000 bytes until one was refused, and hung up. Then five others promised 60,000"
                        + " bytes each; the budget is 250,000, room for four. So many of the five were refused.",
                "Count in forFragments only what was taken. What was counted and not taken makes the budget larger each time.");
    }

    @Test
    @DisplayName("What a frame took is given back when it has arrived")
    void givesBackOnArrival() throws IOException, InterruptedException {
        Stranger honest = stranger();
        for (int i = 0; i < 12; i++) {
            honest.frame(true, Stranger.TEXT, new byte[FRAME]);
        }
        Heard.within(1_000, () -> server.frames.size() == 12 || !server.closed.isEmpty());

        Explain.same(
                12,
                server.frames.size(),
                "A peer sent twelve whole frames of 60,000 bytes, one after the other; the budget is 250,000. So many"
                        + " arrived. Reasons of a close: " + server.closed,
                "A frame that arrived is the handler's, and does not count any more. How much is given back? translateFrame"
                        + " looks at forFrames, takings, and lastTaken.");
    }

    @Test
    @DisplayName("The pieces of an unfinished message share the budget")
    void countsFragments() throws IOException, InterruptedException {
        Stranger fragmenting = stranger();
        for (int i = 0; i < 6; i++) {
            fragmenting.frame(false, i == 0 ? Stranger.TEXT : Stranger.CONTINUATION, new byte[FRAME / 2]);
        }
        Stranger second = stranger();
        for (int i = 0; i < 6; i++) {
            second.frame(false, i == 0 ? Stranger.TEXT : Stranger.CONTINUATION, new byte[FRAME / 2]);
        }
        Heard.within(500, () -> !server.closed.isEmpty());

        Explain.that(
                server.closed.contains(REFUSED),
                "Two strangers sent 180,000 bytes each in pieces, none of which was the last. The budget is 250,000, and"
                        + " nobody was refused. Reasons of a close: " + server.closed,
                "A piece has arrived, but the message has not: the library keeps all of its pieces.");
    }

    @Test
    @DisplayName("When a message is whole, its pieces are given back")
    void givesBackFragments() throws IOException, InterruptedException {
        Stranger honest = stranger();
        boolean arrives = true;
        for (int i = 1; i <= 8 && arrives; i++) {
            honest.frame(false, Stranger.TEXT, new byte[FRAME / 2]);
            honest.frame(true, Stranger.CONTINUATION, new byte[FRAME / 2]);
            int expected = i;
            arrives = Heard.within(1_000, () -> server.frames.size() == expected);
        }

        Explain.same(
                8,
                server.frames.size(),
                "A peer sent eight messages of 60,000 bytes, each in two pieces; the budget is 250,000. So many arrived."
                        + " Reasons of a close: " + server.closed,
                "The last piece of a message has its FIN bit set: after it nothing of that message is kept.");
    }

    @Test
    @DisplayName("A message in too many pieces closes its connection, also if all are empty and pings come between")
    void countsPieces() throws IOException, InterruptedException {
        Stranger fragmenting = stranger();
        fragmenting.frame(true, Stranger.TEXT, new byte[2]);
        Explain.that(
                Heard.within(1_000, () -> !server.frames.isEmpty()),
                "A peer sent a text frame of two bytes in one piece, and it did not arrive.",
                "This frame breaks no rule. After processFrame has counted, super.processFrame does the work.");
        fragmenting.frame(false, Stranger.TEXT, new byte[0]);
        for (int i = 0; i < 1_000 && server.closed.isEmpty(); i++) {
            fragmenting.ping();
            fragmenting.frame(false, Stranger.CONTINUATION, new byte[0]);
        }
        Heard.within(300, () -> !server.closed.isEmpty());

        Explain.same(
                List.of(TOO_MANY),
                List.copyOf(server.closed),
                "A stranger sent 1,001 empty pieces of one message, and a ping before each. The reasons of a close.",
                "Empty pieces take no bytes, but each is an object that is kept. A ping has its FIN bit set and is a"
                        + " ControlFrame: it may come between two pieces, and ends no message.");
    }
}
