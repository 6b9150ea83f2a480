package org.naivechain.protocol;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.naivechain.websocket.Connection;
import org.naivechain.websocket.Dialer;
import org.naivechain.websocket.FrameHandler;
import org.naivechain.websocket.Limits;

/** Somebody who opens a connection without a subprotocol, says one thing, and listens to what comes of it. */
public final class Stranger {
    private static final int ROOMY = 64 * 1024 * 1024;

    /** Large enough to send what the other end must refuse. */
    public static final Limits LIMITS =
            new Limits(ROOMY, 100, 100, ROOMY, ROOMY, Limits.DEFAULT.handshakeTimeout(), Limits.DEFAULT.idleTimeout());

    private Stranger() {}

    /** The answer to a frame, or {@code closed:} or {@code no connection:} with the reason that was told. */
    public static String say(int port, String frame) {
        List<String> answers = new CopyOnWriteArrayList<>();
        try (Dialer dialer = new Dialer("", LIMITS)) {
            dialer.dial("127.0.0.1", port, new FrameHandler() {
                @Override
                public void opened(Connection connection) {
                    connection.send(frame);
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
            await().until(() -> !answers.isEmpty());
        }
        return answers.get(0);
    }
}
