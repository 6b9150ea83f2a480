package org.naivechain.bench;

import java.io.Closeable;
import java.io.IOException;
import java.util.BitSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.naivechain.blocks.WireFormat;
import tools.jackson.core.JacksonException;

/**
 * A user who adds one text after the other to one node, and waits for each answer before the next. Has a thread of its own; only
 * {@link #close} is for others.
 */
final class Client implements Callable<Score>, Closeable {
    private static final int OK = 200;
    /** So that a node that is gone is not asked without a pause. */
    private static final long PAUSE_NANOS = 100_000_000;

    private final int id;
    private final int port;
    private final int bytes;
    private final Window window;
    private final LongAdder added;

    private final BitSet acknowledged = new BitSet();
    private final Histogram latencies = Score.noLatencies();
    private final Failures failures = new Failures();
    private long answeredInTime;
    private volatile HttpLine line;
    private volatile boolean closed;

    /**
     * A client of a node's HTTP port.
     *
     * @param id its number, which no other has
     */
    Client(int id, int port, int bytes, Window window, LongAdder added) {
        this.id = id;
        this.port = port;
        this.bytes = bytes;
        this.window = window;
        this.added = added;
    }

    @Override
    public Score call() throws IOException {
        for (int number = 0; !closed && !window.isOver(System.nanoTime()); number++) {
            add(number);
        }
        close();
        return new Score(acknowledged, answeredInTime, latencies, failures);
    }

    private void add(int number) throws IOException {
        String text = new Datum(id, number).text(bytes);
        long asked = System.nanoTime();
        try {
            if (line == null) {
                line = new HttpLine(port);
            }
            HttpAnswer answer = line.add(text);
            answered(number, answer, asked, System.nanoTime());
            if (answer.isLast()) {
                hangUp();
            }
        } catch (IOException e) {
            failed("no answer", String.valueOf(e.getMessage()), System.nanoTime());
            hangUp();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void answered(int number, HttpAnswer answer, long asked, long now) {
        if (answer.status() != OK) {
            failed("status " + answer.status(), message(answer.body()), now);
            return;
        }
        acknowledged.set(number);
        added.increment();
        if (window.hasBegun(now)) {
            latencies.recordValue(now - asked);
            answeredInTime += window.isOver(now) ? 0 : 1;
        }
    }

    private void failed(String kind, String reason, long now) {
        if (window.hasBegun(now)) {
            failures.count(kind, reason);
        }
    }

    private static String message(String body) {
        try {
            return WireFormat.mapper().readTree(body).path("message").asString("without a message");
        } catch (JacksonException e) {
            return "without JSON: " + body;
        }
    }

    private void hangUp() throws IOException {
        HttpLine old = line;
        line = null;
        if (old != null) {
            old.close();
        }
    }

    /** Ends the client, also while it waits for an answer. */
    @Override
    public void close() throws IOException {
        closed = true;
        HttpLine open = line;
        if (open != null) {
            open.close();
        }
    }
}
