package org.naivechain.websocket;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A process with a listener that sends every frame back. It prints its port, and ends with its input. */
final class ListenerWithFewFiles {
    private ListenerWithFewFiles() {}

    public static void main(String[] arguments) throws IOException {
        try (Listener listener =
                Listener.bind(new InetSocketAddress("127.0.0.1", 0), "v2", Limits.DEFAULT, new Recorder(true))) {
            listener.start();
            System.out.println(listener.port());
            System.in.read();
        }
    }
}
