package org.naivechain.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MemoryNetworkTest {
    private final MemoryNetwork network = new MemoryNetwork();

    @BeforeEach
    void start() {
        network.node("node1", "Alice pays Bob 5");
        network.node("node2");
    }

    @Test
    void aJoinerGetsTheChainAndEverybodyKnowsEverybody() {
        network.join("node2", "node1");
        network.node("node3");
        network.join("node3", "node2");

        assertThat(network.chains().get("node3"))
                .hasSize(2)
                .isEqualTo(network.chains().get("node1"));
        assertThat(network.peers().text().lines()).contains("node1  node2, node3", "node3  node1, node2");
        assertThat(network.messages().text()).contains("node3 > node2  {\"CMD\":\"NEW_PEER_JOIN\"");
    }

    @Test
    void aLostAnswerIsSilenceAndIsToldOnce() {
        network.lose("node1", "node2", "ACK");
        network.join("node2", "node1");

        assertThat(network.messages().text()).containsOnlyOnce("node2 has not joined");
        assertThat(network.chains().get("node2")).hasSize(1);
        assertThat(network.peers().text().lines()).contains("node1  node2", "node2");
        network.join("node2", "node1");
        assertThat(network.chains().get("node2")).hasSize(2);
    }

    @Test
    void whatIsToBeLostAndNeverComesIsTold() {
        network.lose("node1", "node2", "NOSUCH");
        network.join("node2", "node1");

        assertThat(network.messages().text())
                .contains("node2 has joined", "Nothing was lost for this: node1 > node2  NOSUCH");
        assertThat(network.messages().text()).doesNotContain("NOSUCH");
    }
}
