package org.naivechain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerStore;
import org.naivechain.protocol.PeerStoreContract;

class SqlitePeersTest extends PeerStoreContract {
    private static final Peer A = new Peer(new PeerId("a"), new PeerAddress("127.0.0.1", 15001));
    private static final Peer B = new Peer(new PeerId("b"), new PeerAddress("127.0.0.1", 15003));

    @TempDir
    private Path directory;

    @RegisterExtension
    final TestFile files = new TestFile();

    @Override
    protected PeerStore empty() {
        return new SqlitePeers(files.open(directory.resolve("node.db")));
    }

    @Test
    void onlyWhatWasCommittedIsThereAtTheNextStart() {
        try (SqliteFile file = files.open(directory.resolve("node.db"))) {
            PeerStore peers = new SqlitePeers(file);
            peers.write(List.of(A));
            file.commit();
            peers.write(List.of(A, B));
            assertThat(peers.read()).containsExactly(A, B);
        }

        assertThat(empty().read()).containsExactly(A);
    }

    @Test
    void aListThatCannotBeWrittenLeavesTheOneBefore() {
        PeerStore peers = empty();
        peers.write(List.of(A, B));

        assertThatNullPointerException().isThrownBy(() -> peers.write(Arrays.asList(B, null)));

        assertThat(peers.read()).containsExactly(A, B);
    }

    /** So that nodes of other versions read it. */
    @Test
    void aFileSaysWhoseProgramAPeerRunsAsItAlwaysDid() {
        Peer original = new Peer(B.id(), B.address(), Peer.Kind.ORIGINAL);
        try (SqliteFile file = files.open(directory.resolve("node.db"))) {
            new SqlitePeers(file).write(List.of(A, original));
            file.commit();
            assertThat(TestFile.value(directory.resolve("node.db"), "SELECT group_concat(kind) FROM peers"))
                    .isEqualTo("OURS,ORIGINAL");
        }

        assertThat(empty().read()).containsExactly(A, original);
    }
}
