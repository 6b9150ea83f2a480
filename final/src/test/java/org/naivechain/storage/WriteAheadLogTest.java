package org.naivechain.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.naivechain.consensus.majority.Ballot;
import org.naivechain.consensus.majority.BallotBox;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.PeerId;

/** What a node finds in its log after a crash: a copy is made while a directory is open, as a crash leaves it. */
class WriteAheadLogTest {
    private static final PeerId ID = new PeerId("a");
    private static final int LATER_COMMITS = 3;

    @TempDir
    private Path directory;

    private Path crashed;
    private Path log;
    private long beforeThePromise;
    private long end;

    @BeforeEach
    void aPromiseAndLaterCommits() throws Exception {
        crashed = Files.createDirectories(directory.resolve("crashed"));
        log = crashed.resolve("naivechain.db-wal");
        Path open = directory.resolve("open");
        Path openLog = open.resolve("naivechain.db-wal");
        try (DataDirectory data = DataDirectory.open(open)) {
            assertThat(data.knownId()).isEmpty();
            data.own(ID, "votes");
            GroupCommit commits = data.commits(null, since -> {});
            beforeThePromise = Files.size(openLog);
            data.ballots().promise(new Ballot(7, ID));
            commits.commit();
            for (int i = 0; i < LATER_COMMITS; i++) {
                data.receipts().record(Map.of(1L + i, IdempotencyKey.ofClient("key-" + i)));
                commits.commit();
            }
            end = Files.size(openLog);
            for (String name : List.of("naivechain.db", "naivechain.db-wal")) {
                Files.copy(open.resolve(name), crashed.resolve(name));
            }
        }
    }

    private void assertThatItIsTheSameMember() throws Exception {
        try (DataDirectory data = DataDirectory.open(crashed)) {
            assertThat(data.knownId()).contains(ID);
            assertThat(data.ballots().promised()).isEqualTo(new Ballot(7, ID));
        }
    }

    private void assertThatItIsNobody() throws Exception {
        try (DataDirectory data = DataDirectory.open(crashed)) {
            assertThat(data.knownId()).isEmpty();
            assertThat(data.ballots().promised()).isEqualTo(Ballot.NONE);
        }
        assertThat(crashed.resolve("naivechain.db.damaged-1-wal")).exists();
    }

    @Test
    void whatACrashLeavesIsSound() throws Exception {
        assertThat(WriteAheadLog.isDamaged(log)).isFalse();
        assertThatItIsTheSameMember();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 100, 4_096 + 24})
    void whatACrashToreOffTheEndWasNeverConfirmed(long bytes) throws Exception {
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
            file.truncate(end - bytes);
        }

        assertThat(WriteAheadLog.isDamaged(log)).isFalse();
        assertThatItIsTheSameMember();
    }

    @Test
    void aTornLastWriteWasNeverConfirmed() throws Exception {
        TestFile.zeros(log, end - 4_096, 4_096);

        assertThat(WriteAheadLog.isDamaged(log)).isFalse();
        assertThatItIsTheSameMember();
    }

    @Test
    void aPromiseThatIsLostBeforeLaterCommitsMakesTheNodeNobody() throws Exception {
        TestFile.zeros(log, beforeThePromise + 24, 4_096);

        assertThat(WriteAheadLog.isDamaged(log)).isTrue();
        assertThatItIsNobody();
    }

    @Test
    void aFrameWhoseHeadIsLostMakesTheNodeNobody() throws Exception {
        TestFile.zeros(log, beforeThePromise, 24);

        assertThatItIsNobody();
    }

    @Test
    void aLogThatHasLostItsHeaderMakesTheNodeNobody() throws Exception {
        TestFile.zeros(log, 0, 32);

        assertThatItIsNobody();
    }

    /** The rescue is interrupted when the log has been moved away, without which the file looks sound. */
    @Test
    void anInterruptedRescueIsFinished() throws Exception {
        TestFile.zeros(log, beforeThePromise + 24, 4_096);
        Recovery.ifNeeded(crashed.resolve("naivechain.db"));
        Files.move(crashed.resolve("naivechain.db"), crashed.resolve("naivechain.db.rescued"));
        Files.move(crashed.resolve("naivechain.db.damaged-1"), crashed.resolve("naivechain.db"));

        assertThatItIsNobody();
    }

    /** When all of it is in the file, the log begins anew, and what it had stays behind the new end. */
    @Test
    void whatIsLeftOfTheLogBeforeTheLastCheckpointIsNoDamage() throws Exception {
        Path open = directory.resolve("open");
        try (DataDirectory data = DataDirectory.open(open)) {
            GroupCommit commits = data.commits(null, since -> {});
            commit(data.ballots(), commits, 10);
            TestFile.alter(open.resolve("naivechain.db"), "PRAGMA wal_checkpoint(RESTART)");
            long before = Files.size(open.resolve("naivechain.db-wal"));
            commit(data.ballots(), commits, 1);

            assertThat(open.resolve("naivechain.db-wal")).hasSize(before);
            assertThat(WriteAheadLog.isDamaged(open.resolve("naivechain.db-wal")))
                    .isFalse();
        }
    }

    private static void commit(BallotBox ballots, GroupCommit commits, int times) {
        for (int i = 0; i < times; i++) {
            ballots.promise(new Ballot(100 + i, ID));
            commits.commit();
        }
    }
}
