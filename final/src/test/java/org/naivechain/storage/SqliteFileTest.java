package org.naivechain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class SqliteFileTest {
    private static final String INSERT = "INSERT INTO numbers (number) VALUES (?)";

    @TempDir
    private Path directory;

    private Path path;

    @BeforeEach
    void name() {
        path = directory.resolve("some.db");
    }

    private static SqliteFile withTable(Path path) throws StorageException {
        SqliteFile file = SqliteFile.open(path);
        file.define("CREATE TABLE IF NOT EXISTS numbers (number INTEGER PRIMARY KEY)");
        return file;
    }

    private static void insert(SqliteFile file, int number) {
        file.write(INSERT, statement -> statement.setInt(1, number));
    }

    private static List<Integer> numbers(SqliteFile file) {
        return file.read("SELECT number FROM numbers ORDER BY number", SqliteFile.Parameters.NONE, rows -> {
            List<Integer> numbers = new ArrayList<>();
            while (rows.next()) {
                numbers.add(rows.getInt(1));
            }
            return numbers;
        });
    }

    private static String setting(SqliteFile file, String name) {
        return file.read("PRAGMA " + name, SqliteFile.Parameters.NONE, rows -> rows.getString(1));
    }

    private void assertRefusedAndLeftAlone(Path file, String message) throws IOException {
        byte[] before = Files.readAllBytes(file);

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> SqliteFile.open(file))
                .withMessage(message);
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> SqliteFile.openReader(file))
                .withMessageContaining("the file " + file);

        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void commitsAreDurableAndDoNotWaitForReaders() throws StorageException {
        try (SqliteFile file = SqliteFile.open(path)) {
            assertThat(setting(file, "journal_mode")).isEqualTo("wal");
            assertThat(setting(file, "synchronous")).isEqualTo("2");
            assertThat(setting(file, "wal_autocheckpoint")).isEqualTo("4000");
            // In memory, so that a full folder for temporary files does not matter.
            assertThat(setting(file, "temp_store")).isEqualTo("2");
            assertThat(setting(file, "busy_timeout")).isEqualTo("5000");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a chain?mode=ro&x=%41#y.db", "\u00e9.db", "file:x", ":memory:"})
    void takesAFileOfAnyName(String name) throws StorageException {
        try (SqliteFile file = withTable(directory.resolve(name))) {
            insert(file, 1);
            file.commit();
        }
        try (SqliteFile file = SqliteFile.openReader(directory.resolve(name))) {
            assertThat(numbers(file)).containsExactly(1);
        }
        assertThat(directory.resolve(name)).isRegularFile();
    }

    @Test
    void takesAnEmptyFile() throws IOException, StorageException {
        Files.createFile(path);

        withTable(path).close();

        withTable(path).close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "SQLite format 3\0",
                "SQLite format 4\0 and more than a hundred bytes of something else, so"
                        + " that there is room for a header, but of another kind"
            })
    void leavesAFileThatIsNotOfSqliteAlone(String content) throws IOException {
        Files.writeString(path, content);

        assertRefusedAndLeftAlone(
                path, "the file " + path + " is not of SQLite, where NaiveChain keeps its chain: name another");
    }

    @Test
    void leavesAFileOfAnotherProgramAlone() throws IOException {
        OutsideEditor.run(path, "CREATE TABLE contacts (name TEXT)", "INSERT INTO contacts VALUES ('Alice')");

        assertRefusedAndLeftAlone(
                path, "the file " + path + " is of SQLite but of another program than NaiveChain: name another");
    }

    @Test
    void leavesAFileOfANewerNaiveChainAlone() throws IOException, StorageException {
        withTable(path).close();
        OutsideEditor.run(path, "PRAGMA user_version=2");

        assertRefusedAndLeftAlone(
                path,
                "the file " + path
                        + " has format 2, and this NaiveChain knows format 1: use the NaiveChain that wrote it,"
                        + " or name another file");
    }

    /** A process that was killed leaves its last commits in the log, the new version among them. */
    @Test
    void leavesAFileOfANewerNaiveChainAloneWhenTheVersionIsStillInItsLog() throws IOException, StorageException {
        Path killed = directory.resolve("killed.db");
        Path log = directory.resolve("killed.db-wal");
        try (SqliteFile file = withTable(path)) {
            OutsideEditor.run(path, "PRAGMA user_version=2");
            Files.copy(path, killed);
            Files.copy(directory.resolve("some.db-wal"), log);
            assertThat(numbers(file)).isEmpty();
        }
        byte[] logged = Files.readAllBytes(log);

        assertRefusedAndLeftAlone(
                killed,
                "the file " + killed
                        + " has format 2, and this NaiveChain knows format 1: use the NaiveChain that wrote"
                        + " it, or name another file");
        assertThat(log).hasBinaryContent(logged);
    }

    @Test
    void takesAFileThatAKilledProcessLeft() throws IOException, StorageException {
        Path killed = directory.resolve("killed.db");
        try (SqliteFile file = withTable(path)) {
            insert(file, 1);
            file.commit();
            Files.copy(path, killed);
            Files.copy(directory.resolve("some.db-wal"), directory.resolve("killed.db-wal"));
        }

        try (SqliteFile file = SqliteFile.open(killed)) {
            assertThat(numbers(file)).containsExactly(1);
        }
    }

    @Test
    void refusesAPlaceWhereNoFileCanBe() throws IOException {
        Path missing = directory.resolve("missing");
        Path occupied = Files.createDirectory(directory.resolve("occupied"));
        Path tooLong = directory.resolve("x".repeat(300));

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> SqliteFile.open(missing.resolve("x")))
                .withMessage("there is no directory " + missing + " to keep the chain in: make it, or name another");
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> SqliteFile.open(occupied))
                .withMessage(occupied + " must be a file to keep the chain in: name another");
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> SqliteFile.open(tooLong))
                .withMessageStartingWith("cannot open the file " + tooLong + ": ");
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> SqliteFile.openReader(path))
                .withMessage("there is no file " + path + ": start a node that makes it, or name another");
        assertThat(directory).isDirectoryNotContaining(entry -> !entry.equals(occupied));
    }

    @Test
    void refusesAFileOrADirectoryThatCannotBeWritten() throws IOException, StorageException {
        withTable(path).close();
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--r--r--"));
        assumeThat(Files.isWritable(path)).as("root may write anything").isFalse();
        byte[] before = Files.readAllBytes(path);

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> SqliteFile.open(path))
                .withMessage(
                        "the file " + path + " must be readable and writable to keep the chain in: let this user do"
                                + " both, or name another");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-x------"));
        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> SqliteFile.open(path))
                .withMessage("the directory " + directory
                        + " must be writable to keep the chain in: let this user write" + " it, or name another");
        assertThat(path).hasBinaryContent(before);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void refusesAFileThatIsDamagedBeyondItsHeader() throws IOException, StorageException {
        withTable(path).close();
        byte[] content = Files.readAllBytes(path);
        Arrays.fill(content, 100, content.length, (byte) 'x');
        Files.write(path, content);

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> SqliteFile.open(path))
                .withMessageContaining("let the node fetch the chain from its peers");
    }

    @Test
    void isDirtyFromTheFirstWriteUntilTheCommit() throws StorageException {
        try (SqliteFile file = withTable(path)) {
            assertThat(file.isDirty()).isFalse();
            file.commit();

            insert(file, 1);
            insert(file, 2);
            assertThat(file.isDirty()).isTrue();
            assertThat(numbers(file)).containsExactly(1, 2);

            file.commit();
            assertThat(file.isDirty()).isFalse();

            insert(file, 3);
            file.rollback();
            assertThat(file.isDirty()).isFalse();
            assertThat(numbers(file)).containsExactly(1, 2);
        }
    }

    @Test
    void tellsHowEachTransactionEnded() throws StorageException {
        List<Boolean> endings = new ArrayList<>();
        try (SqliteFile file = withTable(path)) {
            file.onEnd(endings::add);
            file.commit();
            insert(file, 1);
            file.commit();
            insert(file, 2);
            file.rollback();
            insert(file, 3);
        }
        assertThat(endings).containsExactly(true, false, false);
    }

    @Test
    void aWriteThatFailsHalfWayLeavesNothingOfItselfAndKeepsThoseBefore() throws StorageException {
        try (SqliteFile file = withTable(path)) {
            insert(file, 1);

            assertThatExceptionOfType(StorageFailure.class)
                    .isThrownBy(() -> file.writeAll(INSERT, statement -> {
                        for (int number : new int[] {2, 3, 1, 4}) {
                            statement.setInt(1, number);
                            statement.addBatch();
                        }
                    }))
                    .withMessageStartingWith("cannot write " + path + ": ");
            assertThatIllegalStateException()
                    .isThrownBy(() -> file.atomically(() -> {
                        insert(file, 5);
                        throw new IllegalStateException();
                    }));
            assertThat(file.isDirty()).isTrue();
            file.commit();

            insert(file, 6);
            file.commit();
            assertThat(numbers(file)).containsExactly(1, 6);
        }
    }

    @Test
    void aFirstWriteThatFailsLeavesNoTransactionOpen() throws StorageException {
        try (SqliteFile file = withTable(path)) {
            insert(file, 1);
            file.commit();

            assertThatExceptionOfType(StorageFailure.class).isThrownBy(() -> insert(file, 1));

            assertThat(file.isDirty()).isFalse();
            // Another program can write at once.
            OutsideEditor.run(path, "PRAGMA busy_timeout=0", "INSERT INTO numbers VALUES (2)");
            assertThat(numbers(file)).containsExactly(1, 2);
        }
    }

    @Test
    void nobodyTakesALostTransactionForCommitted() throws StorageException {
        try (SqliteFile file = withTable(path)) {
            insert(file, 1);
            // As SQLite does by itself after some errors of the disk.
            assertThatExceptionOfType(StorageFailure.class)
                    .isThrownBy(() -> file.atomically(() -> file.write("ROLLBACK", SqliteFile.Parameters.NONE)));

            assertThatExceptionOfType(StorageFailure.class)
                    .isThrownBy(file::commit)
                    .withMessage(
                            "what was written to " + path + " since the last commit is lost, as the disk failed: it"
                                    + " must be rolled back before anything else is written");
            assertThatExceptionOfType(StorageFailure.class).isThrownBy(() -> insert(file, 2));

            file.rollback();
            insert(file, 3);
            file.commit();
            assertThat(numbers(file)).containsExactly(3);
        }
    }

    @Test
    void aFullDiskIsToldAndNothingIsHalfWritten() throws StorageException {
        try (SqliteFile file = withTable(path)) {
            setting(file, "max_page_count=4");
            insert(file, 1);
            file.commit();

            assertThatExceptionOfType(StorageFailure.class)
                    .isThrownBy(() -> file.writeAll(INSERT, statement -> {
                        for (int number = 10; number < 10_000; number++) {
                            statement.setInt(1, number);
                            statement.addBatch();
                        }
                    }))
                    .withMessageEndingWith("; make room on the disk and start again");

            assertThat(numbers(file)).containsExactly(1);
        }
    }

    /** Tries three times, then the other program ends. */
    private final class ThreeTries implements SqliteFile.Patience {
        private final List<String> told = new ArrayList<>();
        private final SqliteFile file;
        private final Connection other;

        ThreeTries(SqliteFile file, Connection other) {
            this.file = file;
            this.other = other;
        }

        @Override
        public void stillLocked(StorageFailure locked) {
            told.add("locked, read " + numbers(file));
            if (told.size() == 3) {
                try {
                    other.close();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        @Override
        public void unlocked() {
            told.add("unlocked");
        }
    }

    @Test
    void aWriteWaitsAsLongAsAnotherProgramHasLockedTheFileAndReadsGoOn() throws Exception {
        try (SqliteFile file = withTable(path);
                Connection other = OutsideEditor.lock(path)) {
            ThreeTries patience = new ThreeTries(file, other);
            file.onLock(patience);

            insert(file, 1);
            insert(file, 2);
            file.commit();
            insert(file, 3);
            file.commit();

            assertThat(patience.told)
                    .containsExactly("locked, read []", "locked, read []", "locked, read []", "unlocked");
            assertThat(numbers(file)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void aTableWaitsForTheLockToo() throws Exception {
        try (SqliteFile file = withTable(path);
                Connection other = OutsideEditor.lock(path)) {
            file.onLock(new ThreeTries(file, other));

            file.define("CREATE TABLE more (x)");

            assertThat(file.<Integer>read(
                            "SELECT count(*) FROM more", SqliteFile.Parameters.NONE, rows -> rows.getInt(1)))
                    .isZero();
        }
    }

    @Test
    void whoGivesUpHasWrittenNothingAndCanTryAgain() throws Exception {
        try (SqliteFile file = withTable(path)) {
            OutsideEditor.lockWhile(path, () -> {
                file.onLock(SqliteFile.Patience.NONE);

                assertThatExceptionOfType(StorageFailure.class)
                        .isThrownBy(() -> insert(file, 1))
                        .withMessageEndingWith(
                                "another program has been writing for too long: end it, or end its" + " transaction");
                assertThat(file.isDirty()).isFalse();
            });
            insert(file, 2);
            file.commit();

            assertThat(numbers(file)).containsExactly(2);
        }
    }

    @Test
    void saysWhatToDoWhenAnotherProgramHoldsTheFile() {
        SQLiteException busy = new SQLiteException("[SQLITE_BUSY] locked", SQLiteErrorCode.SQLITE_BUSY_SNAPSHOT);

        assertThat(new StorageFailure("write", path, busy))
                .hasMessage("cannot write " + path + ": [SQLITE_BUSY] locked; another program has been writing for too"
                        + " long: end it, or end its transaction");
    }

    /** They are a whole program's: what one part of it closes, the other has locked in vain. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "locks are those of POSIX")
    void aReaderThatIsClosedLeavesTheLocksOfTheWriter() throws Exception {
        try (SqliteFile file = withTable(path)) {
            insert(file, 1);
            file.commit();

            SqliteFile.openReader(path).close();

            assertThat(OutsideEditor.isKeptFromClosingUp(path)).isTrue();
        }
        assertThat(OutsideEditor.isKeptFromClosingUp(path)).isFalse();
    }

    @Test
    void whatIsCutOffAtTheEndIsDamageAndWhatIsBeforeCanBeRead() throws Exception {
        withTable(path).close();
        OutsideEditor.run(
                path,
                "CREATE TABLE last (x)",
                "INSERT INTO last VALUES (zeroblob(20000))",
                "INSERT INTO numbers VALUES (7)",
                "PRAGMA wal_checkpoint(TRUNCATE)");
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 8_192);
        }

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> SqliteFile.open(path))
                .matches(StorageException::isOfDamage);
        try (SqliteFile damaged = SqliteFile.openDamaged(path)) {
            assertThat(numbers(damaged)).containsExactly(7);
        }
    }

    @Test
    void aFirstPageOfZerosIsDamage() throws Exception {
        withTable(path).close();
        OutsideEditor.run(path, "PRAGMA wal_checkpoint(TRUNCATE)");
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(4_096), 0);
        }

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> SqliteFile.open(path))
                .matches(StorageException::isOfDamage)
                .withMessage("the file " + path + " begins with zeros: name another");
    }

    @Test
    void aReaderCannotWrite() throws StorageException {
        withTable(path).close();
        try (SqliteFile reader = SqliteFile.openReader(path)) {
            reader.define("CREATE TABLE IF NOT EXISTS more (x)");

            assertThatIllegalStateException()
                    .isThrownBy(() -> insert(reader, 1))
                    .withMessage("a reader must not write, only who opened the file with open(): " + path);
            assertThatExceptionOfType(StorageFailure.class)
                    .isThrownBy(() -> reader.read(
                            "INSERT INTO numbers VALUES (1) RETURNING number",
                            SqliteFile.Parameters.NONE,
                            rows -> rows.getInt(1)))
                    .withMessageContaining("readonly");
            assertThat(numbers(reader)).isEmpty();
        }
    }

    @Test
    void definesTablesBeforeTheFirstWriteOnly() throws StorageException {
        try (SqliteFile file = withTable(path)) {
            insert(file, 1);

            assertThatIllegalStateException()
                    .isThrownBy(() -> file.define("CREATE TABLE more (x)"))
                    .withMessage("tables must be defined before the first write: CREATE TABLE more (x)");
        }
    }
}
