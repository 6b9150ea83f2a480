package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.naivechain.blocks.Block;
import org.naivechain.protocol.Transcript;
import org.naivechain.protocol.original.OriginalNode;

/** Networks of our nodes and stock nodes of the original. */
class OriginalInteropTest {
    private static final List<String> TEXTS = Transcript.chain().stream()
            .skip(1)
            .map(block -> block.data().text())
            .toList();
    private static final List<String> HASHES = Transcript.chain().stream()
            .map(Block::hash)
            .map(hash -> hash.text())
            .toList();

    @RegisterExtension
    final LiveNodes nodes = new LiveNodes();

    @Test
    void anOriginalJoinsOurNetworkAndAddsOnEitherSideReachAll() throws Exception {
        LiveNode a = nodes.alone();
        LiveNode b = nodes.joining(a);
        OriginalNode original = nodes.closing(OriginalNode.joining(a.id().text(), a.port()));

        assertThat(original.peerIds()).containsExactlyInAnyOrder(a.id().text(), b.id().text());
        assertThat(new Client(a.port()).peerIds()).contains(original.id);
        assertThat(new Client(b.port()).peerIds()).contains(original.id);
        writeInTurn(a, original);
        assertEqualChains(List.of(a, b), List.of(original));
    }

    @Test
    void weJoinANetworkOfOriginalsAndAddsOnEitherSideReachAll() throws Exception {
        OriginalNode first = nodes.closing(OriginalNode.alone());
        OriginalNode second = nodes.closing(OriginalNode.joining(first.id, first.port));
        LiveNode ours = nodes.joining(second.id, second.port);

        assertThat(new Client(ours.port()).peerIds()).containsExactlyInAnyOrder(first.id, second.id);
        assertThat(first.peerIds()).contains(ours.id().text());
        assertThat(second.peerIds()).contains(ours.id().text());
        writeInTurn(ours, first);
        assertEqualChains(List.of(ours), List.of(first, second));
    }

    @Test
    void ourNodeThatMissedBlocksOfAnOriginalFetchesThem() throws Exception {
        OriginalNode first = nodes.closing(OriginalNode.alone());
        OriginalNode second = nodes.closing(OriginalNode.joining(first.id, first.port));
        assertThat(second.add("before ours came")).isTrue();
        LiveNode ours = nodes.joining(first.id, first.port);

        assertThat(new Client(ours.port()).hashes()).isEqualTo(first.hashes()).hasSize(2);
        assertThat(second.add("after ours came")).isTrue();

        await().until(() -> new Client(ours.port()).hashes().equals(second.hashes()));
    }

    private static void writeInTurn(LiveNode ours, OriginalNode theirs) {
        Client client = new Client(ours.port());
        for (int i = 0; i < TEXTS.size(); i++) {
            if (i % 2 == 0) {
                Client.Answer answer = client.add(TEXTS.get(i));
                assertThat(answer.isAdded()).as("%s", answer).isTrue();
            } else {
                assertThat(theirs.add(TEXTS.get(i))).as(TEXTS.get(i)).isTrue();
            }
            int blocks = i + 2;
            await().until(() ->
                    theirs.hashes().size() == blocks && client.hashes().size() == blocks);
        }
    }

    private static void assertEqualChains(List<LiveNode> ours, List<OriginalNode> theirs) {
        await().untilAsserted(() -> {
            assertThat(ours)
                    .allSatisfy(
                            node -> assertThat(new Client(node.port()).hashes()).isEqualTo(HASHES));
            assertThat(theirs).allSatisfy(node -> assertThat(node.hashes()).isEqualTo(HASHES));
        });
        assertThat(ours).allMatch(node -> new Client(node.port()).isHealthy());
    }
}
