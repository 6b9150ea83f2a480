package org.naivechain.websocket;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** A handler that keeps what it hears, and a wait until something is so. */
class Heard implements FrameHandler {
    final List<Connection> opened = new CopyOnWriteArrayList<>();
    final List<String> frames = new CopyOnWriteArrayList<>();
    final List<Connection> pinged = new CopyOnWriteArrayList<>();
    final List<String> closed = new CopyOnWriteArrayList<>();
    final List<String> failed = new CopyOnWriteArrayList<>();

    /** Waits until it is so, or the time is over; says whether it is so. */
    static boolean within(int millis, BooleanSupplier isSo) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000L;
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(2);
        }
        return true;
    }

    @Override
    public void opened(Connection connection) {
        opened.add(connection);
    }

    @Override
    public void received(Connection connection, String frame) {
        frames.add(frame);
    }

    @Override
    public void pinged(Connection connection) {
        pinged.add(connection);
    }

    @Override
    public void closed(Connection connection, String reason) {
        closed.add(reason);
    }

    @Override
    public void failed(String reason) {
        failed.add(reason);
    }
}
