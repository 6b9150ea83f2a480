package org.naivechain.websocket;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.exceptions.LimitExceededException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.ControlFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.protocols.IProtocol;
import org.java_websocket.protocols.Protocol;

/**
 * WebSocket as in RFC 6455, with one subprotocol or none, a frame limit that is named when it is exceeded, and a budget for
 * frames that have not fully arrived: Java-WebSocket sets the memory for a frame aside as soon as its length is announced, so
 * that a few bytes from each of many strangers could take all there is. For the thread of one connection; any may end it.
 */
final class BoundedDraft extends Draft_6455 {
    /** Each is kept until the last has come, and counted again with each: a million empty ones would cost a minute. */
    private static final int MAX_FRAGMENTS = 1_000;

    private final Semaphore budget;
    /** What this connection has taken for frames: the one that is arriving, and copies of those that just have. */
    private int forFrames;
    /** How often, and how much the last time. */
    private int takings;

    private int lastTaken;
    /** What this connection has taken for the fragments of an unfinished message. */
    private int forFragments;

    private int fragments;

    /** For connections that share a budget of {@link Limits#maxBufferedBytes()}: each has a copy of this. */
    BoundedDraft(String subprotocol, Limits limits) {
        this(List.of(new Protocol(subprotocol), new Protocol("")), limits.maxFrameBytes(), new Semaphore((int)
                Math.min(Integer.MAX_VALUE, limits.maxBufferedBytes())));
    }

    private BoundedDraft(List<IProtocol> protocols, int maxFrameBytes, Semaphore budget) {
        super(List.of(), protocols, maxFrameBytes);
        this.budget = budget;
    }

    @Override
    public Draft copyInstance() {
        return new BoundedDraft(getKnownProtocols(), getMaxFrameSize(), budget);
    }

    @Override
    public synchronized List<Framedata> translateFrame(ByteBuffer buffer) throws InvalidDataException {
        takings = 0;
        lastTaken = forFrames;
        try {
            List<Framedata> arrived = super.translateFrame(buffer);
            // Memory is set aside once for each frame that has arrived, and the last time for one that has not.
            boolean oneIsArriving = arrived.isEmpty() || takings > arrived.size();
            giveBackFrames(oneIsArriving ? lastTaken : 0);
            return arrived;
        } catch (LimitExceededException e) {
            int limit = getMaxFrameSize();
            throw e.getLimit() == limit
                    ? new LimitExceededException("a frame may have at most " + limit + " bytes", limit)
                    : e;
        }
    }

    /** Java-WebSocket asks this before it sets memory for a frame aside. */
    @Override
    public int checkAlloc(int bytes) throws InvalidDataException {
        super.checkAlloc(bytes);
        take(bytes);
        forFrames += bytes;
        takings++;
        lastTaken = bytes;
        return bytes;
    }

    @Override
    public void processFrame(WebSocketImpl socket, Framedata frame) throws InvalidDataException {
        if (!frame.isFin()) {
            int bytes = frame.getPayloadData().remaining();
            take(bytes);
            forFragments += bytes;
            if (++fragments > MAX_FRAGMENTS) {
                throw new LimitExceededException(
                        "a message may have at most " + MAX_FRAGMENTS + " fragments", MAX_FRAGMENTS);
            }
        }
        super.processFrame(socket, frame);
        // A ping may come between two fragments of a message, and ends nothing.
        if (frame.isFin() && !(frame instanceof ControlFrame)) {
            giveBackFragments();
        }
    }

    /** Java-WebSocket calls this when the connection has ended. */
    @Override
    public synchronized void reset() {
        super.reset();
        giveBackFrames(0);
        giveBackFragments();
    }

    /** This need not be the fault of who sends: others may have taken what there is. */
    private void take(int bytes) throws InvalidDataException {
        if (!budget.tryAcquire(bytes)) {
            throw new InvalidDataException(
                    CloseFrame.TRY_AGAIN_LATER, "too many large frames are arriving, try again later");
        }
    }

    private void giveBackFrames(int kept) {
        budget.release(forFrames - kept);
        forFrames = kept;
    }

    private synchronized void giveBackFragments() {
        budget.release(forFragments);
        forFragments = 0;
        fragments = 0;
    }
}
