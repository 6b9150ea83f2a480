package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.naivechain.protocol.FreePorts;
import org.naivechain.protocol.PeerAddress;
import tools.jackson.databind.JsonNode;

class AdvertisedAddressTest {
    @RegisterExtension
    final LiveNodes nodes = new LiveNodes();

    @Test
    void othersCallANodeWhereItSaysAndNotWhereItIsBound() throws Exception {
        LiveNode a = nodes.alone();
        int port = FreePorts.pair();
        try (Forwarder router = new Forwarder(port)) {
            PeerAddress outer = new PeerAddress("localhost", router.port());

            LiveNode b = nodes.closing(
                    LiveNode.start(options(port, Optional.of(LiveNodes.at(a.port())), Optional.of(outer))));

            assertThat(b.port()).isEqualTo(port);
            JsonNode known =
                    new Client(a.port()).get("/peers").body().get("data").get(b.id().text());
            assertThat(known.get("host").asString()).isEqualTo("127.0.0.1");
            assertThat(known.get("port").asString()).isEqualTo(Integer.toString(router.port()));
            assertThat(new Client(a.port()).add("through the router").isAdded()).isTrue();
        }
    }

    private static NodeOptions options(int port, Optional<PeerAddress> peer, Optional<PeerAddress> advertise) {
        return new NodeOptions(
                "127.0.0.1",
                port,
                peer,
                Optional.empty(),
                NodeOptions.DEFAULT_MIN_NODES,
                Consensus.NAIVE,
                Optional.empty(),
                Optional.empty(),
                advertise,
                false);
    }

    /** A router that forwards a port of its own to another. */
    private static final class Forwarder implements AutoCloseable {
        private final ServerSocket outer = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final int inner;

        Forwarder(int inner) throws IOException {
            this.inner = inner;
            thread(this::accept);
        }

        int port() {
            return outer.getLocalPort();
        }

        private void accept() throws IOException {
            while (true) {
                Socket caller = outer.accept();
                Socket called = new Socket(InetAddress.getLoopbackAddress(), inner);
                thread(() -> pump(caller, called));
                thread(() -> pump(called, caller));
            }
        }

        private static void pump(Socket from, Socket to) throws IOException {
            try (from;
                    to) {
                from.getInputStream().transferTo(to.getOutputStream());
            }
        }

        private interface Work {
            void run() throws IOException;
        }

        private static void thread(Work work) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (IOException e) {
                    // One end has closed.
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() throws IOException {
            outer.close();
        }
    }
}
