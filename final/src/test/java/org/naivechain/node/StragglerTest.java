package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.protocol.FreePorts;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.storage.SqliteBlockStore;
import org.naivechain.storage.SqliteFile;

/** Nodes that have much to catch up with, while the others go on. */
class StragglerTest {
    private static final int MISSED = 50_000;
    private static final int AT_ONCE = 1_000;

    @TempDir
    private Path directory;

    @RegisterExtension
    final LiveNodes nodes = new LiveNodes();

    private LiveNode start(String name, int port, Optional<PeerAddress> peer) throws StartFailure {
        return nodes.closing(LiveNode.start(LiveNodes.options(
                "127.0.0.1",
                port,
                peer,
                Optional.empty(),
                2,
                Consensus.MAJORITY,
                Optional.of(directory.resolve(name)))));
    }

    /** What the members decide while one is away, put where they keep it: to have them do it would take a while. */
    private void grow(String name) throws Exception {
        try (SqliteFile file = SqliteFile.open(directory.resolve(name).resolve("naivechain.db"))) {
            SqliteBlockStore store = new SqliteBlockStore(file);
            Block last = store.read(store.length() - 1, 1).get(0);
            for (int i = 0; i < MISSED; i += AT_ONCE) {
                List<Block> blocks = new ArrayList<>();
                for (int j = 0; j < AT_ONCE; j++) {
                    last = last.next(BlockData.of("missed " + (i + j)));
                    blocks.add(last);
                }
                store.write(store.length(), blocks);
            }
            file.commit();
        }
    }

    /** How far it came before it was stopped; it could be read meanwhile. */
    private long interruptedCatchUp(int port) throws StartFailure {
        LiveNode away = start("away", port, Optional.empty());
        await().pollInterval(Duration.ofMillis(2)).until(() -> height(away) > AT_ONCE);
        assertThat(new Client(port).get("/data/" + AT_ONCE).status()).isEqualTo(200);
        long had = height(away);
        away.close();
        assertThat(had).isLessThan(MISSED);
        return had;
    }

    private static long height(LiveNode node) {
        return new Client(node.port())
                .get("/node?detail=true")
                .body()
                .get("data")
                .get("height")
                .asLong();
    }

    @Test
    void aMemberThatWasAwayForFiftyThousandBlocksCatchesUpWhileTheOthersAddAndANewNodeJoins() throws Exception {
        LiveNode a = start("a", FreePorts.pair(), Optional.empty());
        Optional<PeerAddress> member = Optional.of(LiveNodes.at(a.port()));
        LiveNode b = start("b", FreePorts.pair(), member);
        LiveNode away = start("away", FreePorts.pair(), member);
        assertThat(new Client(a.port()).add("all are there").isAdded()).isTrue();
        await().until(() -> List.of(b, away).stream()
                .allMatch(node -> new Client(node.port()).texts().contains("all are there")));
        List.of(away, b, a).forEach(LiveNode::close);
        grow("a");
        grow("b");

        start("a", a.port(), Optional.empty());
        start("b", b.port(), Optional.empty());
        assertThat(new Client(a.port()).add("without the one that is away").isAdded())
                .isTrue();
        long had = interruptedCatchUp(away.port());
        start("away", away.port(), Optional.empty());
        assertThat(height(away)).isGreaterThanOrEqualTo(had);
        LiveNode fresh = start("fresh", 0, member);
        assertThat(new Client(b.port()).add("while others catch up").isAdded()).isTrue();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> List.of(away, fresh).stream()
                        .allMatch(node -> new Client(node.port())
                                        .get("/data/" + (MISSED + 3))
                                        .status()
                                == 200));
        String last = new Client(a.port()).get("/data/" + (MISSED + 3)).body().toString();
        assertThat(last).contains("while others catch up");
        assertThat(new Client(away.port()).get("/data/" + (MISSED + 3)).body()).hasToString(last);
        assertThat(new Client(fresh.port()).get("/data/" + (MISSED + 3)).body()).hasToString(last);
        assertThat(new Client(away.port()).add("caught up").isAdded()).isTrue();
        await().until(() -> new Client(fresh.port()).add("a member").isAdded());
    }
}
