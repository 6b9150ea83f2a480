package org.naivechain.protocol.original;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.protocol.Transcript;

/** The stand-in must behave as the original was recorded to, or tests against it would prove nothing. */
class OriginalNodeTest {
    @Test
    void aNetworkOfOriginalsMakesTheRecordedChain() {
        List<Block> recorded = Transcript.chain();
        try (OriginalNode a = OriginalNode.alone();
                OriginalNode b = OriginalNode.joining(a.id, a.port);
                OriginalNode c = OriginalNode.joining(b.id, b.port)) {
            assertThat(a.peerIds()).containsExactlyInAnyOrder(b.id, c.id);
            List<OriginalNode> writers = List.of(a, b, c);

            for (Block block : recorded.subList(1, recorded.size())) {
                assertThat(writers.get((int) block.index() % 3).add(block.data().text()))
                        .isTrue();
            }

            List<String> hashes = new ArrayList<>();
            recorded.forEach(block -> hashes.add(block.hash().text()));
            assertThat(a.hashes()).isEqualTo(hashes);
            assertThat(b.hashes()).isEqualTo(hashes);
            assertThat(c.hashes()).isEqualTo(hashes);
        }
    }
}
