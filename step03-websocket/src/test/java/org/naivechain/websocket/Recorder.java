package org.naivechain.websocket;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it is told, and sends back what it is sent. */
public class Recorder implements FrameHandler {
    public final List<Connection> opened = new CopyOnWriteArrayList<>();
    public final List<String> frames = new CopyOnWriteArrayList<>();
    public final List<String> closed = new CopyOnWriteArrayList<>();
    public final List<String> failed = new CopyOnWriteArrayList<>();
    public final List<String> keptOut = new CopyOnWriteArrayList<>();
    public final List<String> refused = new CopyOnWriteArrayList<>();
    public volatile int pings;
    public volatile boolean listenerFailed;
    private final boolean echoes;

    public Recorder(boolean echoes) {
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
