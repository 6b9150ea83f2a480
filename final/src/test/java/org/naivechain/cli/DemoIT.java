package org.naivechain.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.naivechain.protocol.FreePorts;

/** The demonstrations between two terminals, as processes. */
class DemoIT {
    private final List<Launched> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Launched::close);
    }

    @Test
    void oneProcessJoinsAnotherAndHasItsChainAndTheFramesAreShownBothWays() throws Exception {
        int first = FreePorts.pair();
        Launched member = launch("demo", "4", "-p", "" + first);
        saying(member, "It has 3 blocks");
        Launched joiner = launch("demo", "4", "-p", "" + FreePorts.pair(), "--peer", "" + first);
        saying(joiner, "It has joined, and has 3 blocks");

        assertThat(joiner.log()).anyMatch(line -> line.startsWith("  > 127.0.0.1:" + first + "  {\"CMD\":\"PING\""));
        assertThat(joiner.log()).anyMatch(line -> line.contains("  < ") && line.contains("NEW_JOIN_DATA_UPLOAD"));
        assertThat(member.log()).anyMatch(line -> line.contains("  < 127.0.0.1  {\"CMD\":\"NEW_PEER_JOIN\""));
    }

    @Test
    void bothServeTheChainOverHttpAndOneThatIsNotThereIsTold() throws Exception {
        int first = FreePorts.pair();
        saying(launch("demo", "5", "-p", "" + first), "HTTP is on the next port");
        int second = FreePorts.pair();
        saying(launch("demo", "5", "-p", "" + second, "--peer", "" + first), "HTTP is on the next port");

        assertThat(get(second + 1)).isEqualTo(get(first + 1)).contains("Testing String Again");
        assertThat(launch("demo", "5", "-p", "" + FreePorts.pair(), "--peer", "1")
                        .exitStatus())
                .isNotZero();
    }

    @Test
    void aPortThatIsTakenIsNamedWithWhatToDo() throws Exception {
        int port = FreePorts.pair();
        try (ServerSocket taken = new ServerSocket(port + 1, 1, InetAddress.getByName("127.0.0.1"))) {
            Launched listener = launch("demo", "3", "--listen", "" + taken.getLocalPort());
            assertThat(listener.exitStatus()).isEqualTo(1);
            assertThat(listener.errors())
                    .containsExactly("naivechain: cannot listen on port " + (port + 1)
                            + " (Address already in use); choose another with --listen");

            Launched server = launch("demo", "5", "-p", "" + port);
            assertThat(server.exitStatus()).isEqualTo(1);
            assertThat(server.errors())
                    .containsExactly("naivechain: cannot listen on 127.0.0.1:" + (port + 1)
                            + ": Address already in use; HTTP takes the port after that of -p: choose another with -p");
        }
    }

    @Test
    void aNetworkOfThreeGoesOnWithoutOneAndGivesItWhatItMissed() throws Exception {
        Launched network = launch("demo", "network", "--stay");
        saying(network, "The nodes go on until you press Ctrl+C");

        List<String> last = network.log().stream()
                .filter(line -> line.endsWith("Cleo pays Ann 1"))
                .skip(1)
                .toList();

        assertThat(last).hasSize(2);
        assertThat(last.get(0)).matches(" +3 +(\\w{8}) +\\1 +- +Cleo pays Ann 1");
        assertThat(last.get(1)).matches(" +3 +(\\w{8}) +\\1 +\\1 +Cleo pays Ann 1");
    }

    private static String get(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/data"))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private static void saying(Launched process, String words) {
        await().atMost(Duration.ofSeconds(40))
                .until(() -> process.log().stream().anyMatch(line -> line.contains(words)));
    }

    private Launched launch(String... arguments) throws IOException {
        Launched process = new Launched(arguments);
        started.add(process);
        return process;
    }
}
