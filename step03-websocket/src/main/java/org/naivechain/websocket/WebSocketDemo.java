package org.naivechain.websocket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Step 3 on the screen: a listener and a dialer exchange frames, and an oversized frame is refused. */
public final class WebSocketDemo {
    private static final String SUBPROTOCOL = "demo";
    private static final int MAX_FRAME_BYTES = 1_000;

    private WebSocketDemo() {}

    /**
     * Prints the demonstration.
     *
     * @param arguments none
     * @throws IOException if no port can be bound
     * @throws InterruptedException if it is interrupted while it waits
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Limits limits = new Limits(
                MAX_FRAME_BYTES,
                Limits.DEFAULT.maxConnections(),
                Limits.DEFAULT.maxQueuedBytes(),
                Limits.DEFAULT.maxBufferedBytes(),
                Limits.DEFAULT.handshakeTimeout(),
                Limits.DEFAULT.idleTimeout());
        Caller caller = new Caller();
        InetSocketAddress anyPort = new InetSocketAddress("127.0.0.1", 0);
        try (Listener listener = Listener.bind(anyPort, SUBPROTOCOL, limits, new Echo());
                Dialer dialer = new Dialer(SUBPROTOCOL, limits)) {
            listener.start();
            System.out.println("A listener waits on 127.0.0.1, a dialer calls it.");
            dialer.dial("127.0.0.1", listener.port(), caller);
            caller.done.await(5, TimeUnit.SECONDS);
        }
    }

    /** The listener's end: sends every frame back. */
    private static final class Echo implements FrameHandler {
        @Override
        public void received(Connection connection, String frame) {
            System.out.println("  listener got   " + frame);
            connection.send("ACK to " + frame);
        }
    }

    /** The dialer's end: sends a frame, then one that is too long. */
    private static final class Caller implements FrameHandler {
        private final CountDownLatch done = new CountDownLatch(1);

        @Override
        public void opened(Connection connection) {
            System.out.println("  both speak     " + connection.subprotocol());
            connection.send("{\"CMD\": \"PING\"}");
        }

        @Override
        public void received(Connection connection, String frame) {
            System.out.println("  dialer got     " + frame);
            System.out.println("The dialer sends a frame of " + (MAX_FRAME_BYTES + 1) + " bytes.");
            connection.send("x".repeat(MAX_FRAME_BYTES + 1));
        }

        @Override
        public void closed(Connection connection, String reason) {
            System.out.println("  closed because " + reason);
            done.countDown();
        }

        @Override
        public void failed(String reason) {
            System.out.println("  no connection  " + reason);
            done.countDown();
        }
    }
}
