package org.naivechain.websocket;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it is told, and sends back what it is sent. */
class Recorder implements FrameHandler {
    final List<Connection> opened = new CopyOnWriteArrayList<>();
    final List<String> frames = new CopyOnWriteArrayList<>();
    final List<String> closed = new CopyOnWriteArrayList<>();
    final List<String> failed = new CopyOnWriteArrayList<>();
    final List<String> keptOut = new CopyOnWriteArrayList<>();
    final List<String> refused = new CopyOnWriteArrayList<>();
    volatile int pings;
    volatile boolean listenerFailed;
    private final boolean echoes;

    Recorder(boolean echoes) {
        this.echoes = echoes;
    }

    @Override
    public void listenerFailed() {
        listenerFailed = true;
    }

    @Override
    public void opened(Connection connection) {
        opened.add(connection);
    }

    @Override
    public void received(Connection connection, String frame) {
        frames.add(frame);
        if (echoes) {
            connection.send("echo " + frame);
        }
    }

    @Override
    public void closed(Connection connection, String reason) {
        closed.add(reason);
    }

    @Override
    public void pinged(Connection connection) {
        pings++;
    }

    @Override
    public void keptOut(String remoteHost, String reason) {
        keptOut.add(remoteHost + ": " + reason);
    }

    @Override
    public void refused(String remoteHost, String reason) {
        refused.add(remoteHost + ": " + reason);
    }

    @Override
    public void failed(String reason) {
        failed.add(reason);
    }
}
