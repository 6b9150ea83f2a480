package org.naivechain.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.naivechain.node.Client;
import org.naivechain.protocol.FreePorts;

/** Real processes that know one address, are all killed, and find each other again. More of them with {@code -Dnodes}. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are those of Unix")
@Tag("long")
class ManyNodesIT {
    private static final int NODES = Integer.getInteger("nodes", 5);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final List<Launched> started = new ArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void endAll() {
        started.forEach(Launched::close);
    }

    private Launched launch(int i, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("--data-dir", directory.resolve("node" + i).toString()));
        Launched process = new Launched(Map.of(), arguments.toArray(String[]::new));
        started.add(process);
        return process;
    }

    private static Client client(Launched node) {
        return new Client(node.port());
    }

    private static int members(Launched node) {
        return client(node)
                .get("/node?detail=true")
                .body()
                .get("data")
                .get("members")
                .asInt();
    }

    private static void awaitAdded(Launched node, String text) {
        await().atMost(PATIENCE).until(() -> client(node).add(text).isAdded());
    }

    private static void awaitEqualChains(List<Launched> nodes) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<String> chain = client(nodes.get(0)).hashes();
            assertThat(nodes).allMatch(node -> client(node).hashes().equals(chain));
        });
    }

    @Test
    void aNetworkFormsFromOneAddressIsKilledAndFindsItselfAgainWithoutBeingTold() throws Exception {
        List<Launched> nodes = new ArrayList<>();
        nodes.add(launch(0, "-p", Integer.toString(FreePorts.pair())).live());
        for (int i = 1; i < NODES; i++) {
            nodes.add(
                    launch(i, "--peer", "127.0.0.1:" + nodes.get(0).port(), "-p", Integer.toString(FreePorts.pair())));
        }
        nodes.forEach(Launched::live);
        await().atMost(PATIENCE).until(() -> nodes.stream().allMatch(node -> members(node) == NODES));
        awaitAdded(nodes.get(NODES - 1), "before");
        awaitEqualChains(nodes);

        for (Launched node : nodes) {
            node.signal("KILL");
        }
        List<Launched> again = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            nodes.get(i).exitStatus();
            again.add(launch(i, "-p", Integer.toString(nodes.get(i).port())));
        }
        again.forEach(Launched::live);
        for (int i = 0; i < NODES; i++) {
            awaitAdded(again.get(i), "after, from " + i);
        }
        awaitEqualChains(again);
        assertThat(client(again.get(0)).texts()).contains("before", "after, from " + (NODES - 1));

        again.get(3).signal("TERM");
        again.get(3).exitStatus();
        again.remove(3);
        await().atMost(PATIENCE).until(() -> again.stream().allMatch(node -> members(node) == NODES - 1));
        awaitAdded(again.get(0), "without the one that left");
        awaitEqualChains(again);
    }
}
