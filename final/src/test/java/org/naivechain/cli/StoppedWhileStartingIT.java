package org.naivechain.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.naivechain.node.Client;

/** A node is told to end while it starts: as a stranger, while it is being let in, or when it has just become a member. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals are those of Unix")
@Tag("long")
class StoppedWhileStartingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<Launched> started = new ArrayList<>();
    private Launched a;

    @BeforeEach
    void network() throws Exception {
        a = launch("-p", "0").live();
        launch("-p", "0", "--peer", "127.0.0.1:" + a.port()).live();
        await().atMost(PATIENCE)
                .until(() -> new Client(a.port()).add("two are enough").isAdded());
    }

    @AfterEach
    void endAll() {
        started.forEach(Launched::close);
    }

    private Launched launch(String... options) throws Exception {
        Launched process = new Launched(options);
        started.add(process);
        return process;
    }

    private int members() {
        return new Client(a.port()).peerIds().size() + 1;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Initializing protocol processing",
                "Peer discovered",
                "Joining remote peer",
                "Saving data from remote peer",
                "This node is a member now"
            })
    void leavesOrNeverWasAMember(String line) throws Exception {
        Launched third = launch("-p", "0", "--peer", "127.0.0.1:" + a.port());
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> third.log().stream().anyMatch(said -> said.contains(line)));

        third.signal("TERM");
        third.exitStatus();

        assertThat(third.log()).noneMatch(said -> said.contains("may stay a member"));
        assertThat(third.errors()).isEmpty();
        await().atMost(PATIENCE).until(() -> members() == 2);
        assertThat(new Client(a.port()).add("two are still enough").isAdded()).isTrue();
    }
}
