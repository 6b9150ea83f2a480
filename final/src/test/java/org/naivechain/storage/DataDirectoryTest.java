package org.naivechain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.naivechain.consensus.majority.Ballot;
import org.naivechain.consensus.majority.BallotBox;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.PeerId;

class DataDirectoryTest {
    private static final PeerId ID = new PeerId("a");

    @TempDir
    private Path parent;

    private Path path() {
        return parent.resolve("deep/in/it");
    }

    @Test
    void isMadeWithItsParentsAndIsNobodysAtFirst() throws Exception {
        try (DataDirectory directory = DataDirectory.open(path())) {
            assertThat(directory.knownId()).isEmpty();
            assertThat(directory.path()).isEqualTo(path());
            assertThat(directory.file()).isRegularFile();
        }
    }

    @Test
    void remembersWhoseItIsDurably() throws Exception {
        try (DataDirectory directory = DataDirectory.open(path())) {
            assertThat(directory.knownId()).isEmpty();
            directory.own(ID, "votes");
            // Another program sees it already: no end of this one can lose it.
            assertThat(TestFile.committed(directory.file(), "node")).isEqualTo(2);
        }

        try (DataDirectory again = DataDirectory.open(path())) {
            assertThat(again.rules()).contains("votes");
            assertThat(again.knownId()).contains(ID);
        }
    }

    @Test
    void oneNodeUsesItAtATime() throws Exception {
        try (DataDirectory directory = DataDirectory.open(path())) {
            assertThatThrownBy(() -> DataDirectory.open(path()))
                    .isInstanceOf(StorageException.class)
                    .hasMessage("another node uses the data directory " + path()
                            + ": stop it, or name another directory with --data-dir");
            assertThat(directory.knownId()).isEmpty();
        }

        DataDirectory.open(path()).close();
    }

    @Test
    void makesDurableWhatIsNotWhenItIsClosed() throws Exception {
        IdempotencyKey key = IdempotencyKey.ofClient("key");
        try (DataDirectory directory = DataDirectory.open(path())) {
            directory.receipts().record(Map.of(1L, key));
        }

        try (DataDirectory again = DataDirectory.open(path())) {
            assertThat(again.receipts().find(key)).hasValue(1);
        }
    }

    /** A node finds out in the midst of its work that it is an old copy. */
    @Test
    void isNobodysAlsoWhenSomethingIsNotDurableYet() throws Exception {
        IdempotencyKey key = IdempotencyKey.ofClient("key");
        try (DataDirectory directory = DataDirectory.open(path())) {
            assertThat(directory.knownId()).isEmpty();
            directory.own(ID, "votes");
            BallotBox ballots = directory.ballots();
            directory.receipts().record(Map.of(1L, key));
            ballots.promise(new Ballot(7, ID));

            directory.disown();
        }

        try (DataDirectory again = DataDirectory.open(path())) {
            assertThat(again.knownId()).isEmpty();
            assertThat(again.ballots().promised()).isEqualTo(Ballot.NONE);
            assertThat(again.receipts().find(key)).hasValue(1);
        }
    }

    @Test
    void refusesAPlaceWhereNoDirectoryCanBe() throws Exception {
        Path file = Files.writeString(parent.resolve("file"), "text");

        assertThatThrownBy(() -> DataDirectory.open(file.resolve("data")))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("cannot write in the data directory " + file.resolve("data") + " (")
                .hasMessageEndingWith("): let this user write there, or name another with --data-dir");
        assertThatThrownBy(() -> DataDirectory.open(file))
                .isInstanceOf(StorageException.class)
                .hasMessageStartingWith("cannot write in the data directory " + file);
        assertThat(file).hasContent("text");
    }

    @Test
    void leavesAFileThatIsNotOursAsItIsAndGivesTheDirectoryFree() throws Exception {
        Files.createDirectories(path());
        Path file = Files.writeString(path().resolve("naivechain.db"), "a diary, not a chain");

        // The second time tells that the first has left the lock to others.
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> DataDirectory.open(path()))
                    .isInstanceOf(StorageException.class)
                    .hasMessage("the file " + file + " is not of SQLite, where NaiveChain keeps its chain: name another"
                            + " with --data-dir");
        }
        assertThat(file).hasContent("a diary, not a chain");
    }
}
