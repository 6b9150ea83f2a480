package org.naivechain.storage;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Chain;
import org.naivechain.learn.Explain;
import org.naivechain.ledger.KeptChain;

/** A node's file, a reader of the node's, and another program that looks into the file: a process of its own. */
class TheLogThatVanishedCheck {
    /** Where the header of an SQLite file names its program. */
    private static final long APPLICATION_ID_OFFSET = 68;

    private static final int READERS = 50;

    @TempDir
    private Path directory;

    /**
     * What sqlite3 3.40 does when it closes a file: it moves the log into the file; and if it can lock
     * the bytes that each user of the file has locked, it is the last one, and deletes the log.
     */
    static final class OtherProgram {
        /** See SQLite's os.h. */
        private static final long SHARED_FIRST = 0x40000000 + 2;

        private static final long SHARED_SIZE = 510;

        public static void main(String[] arguments) throws SQLException, IOException {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
                    Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA wal_checkpoint");
            }
            try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE)) {
                if (channel.tryLock(SHARED_FIRST, SHARED_SIZE, false) != null) {
                    Files.deleteIfExists(Path.of(arguments[0] + "-wal"));
                    Files.deleteIfExists(Path.of(arguments[0] + "-shm"));
                }
            }
        }
    }

    private void anotherProgramLooksInto(Path file) throws IOException, InterruptedException {
        new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dorg.sqlite.tmpdir=" + directory,
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProgram.class.getName(),
                        file.toString())
                .inheritIO()
                .start()
                .waitFor();
    }

    /** The power fails: what is on the disk then is opened on another machine. */
    private long lengthAfterPowerFailure(Path file) throws IOException, StorageException {
        Path other = Files.createDirectory(directory.resolve("after"));
        for (String suffix : List.of("", "-wal")) {
            Path part = file.resolveSibling(file.getFileName() + suffix);
            if (Files.exists(part)) {
                Files.copy(part, other.resolve(part.getFileName()));
            }
        }
        try (SqliteFile left = SqliteFile.open(other.resolve(file.getFileName()))) {
            return new SqliteBlockStore(left).length();
        }
    }

    private static void add(SqliteFile file, Chain chain, int blocks) {
        for (int i = 0; i < blocks; i++) {
            chain.append(chain.next(BlockData.of("Alice pays Bob " + chain.length())));
        }
        file.commit();
    }

    @Test
    @DisplayName("What was committed is still there after another program has looked into the file")
    void whatWasCommittedStays() throws Exception {
        Path path = directory.resolve("naivechain.db");
        try (SqliteFile file = SqliteFile.open(path)) {
            Chain chain = KeptChain.over(new SqliteBlockStore(file));
            add(file, chain, 3);
            long before = chain.length();
            SqliteFile.openReader(path).close();
            anotherProgramLooksInto(path);
            add(file, chain, 5);

            long left = lengthAfterPowerFailure(path);
            Explain.that(
                    left == chain.length(),
                    (chain.length() - left) + " blocks are lost. The node had " + before
                            + " blocks and opened a reader. Another"
                            + " program looked into the file and closed it. Then the node committed 5 blocks more, and had "
                            + chain.length() + ". The power failed, and on the disk there are " + left + ".",
                    "The other program took itself for the last that used the file, and deleted the log (naivechain.db-wal) to"
                            + " which the node still writes. Before the reader was opened something told others that the node"
                            + " is there. What was it, and what took it away?");
        }
    }

    @Test
    @DisplayName("A reader that is closed leaves nothing open")
    void leavesNothingOpen() throws Exception {
        Path path = directory.resolve("naivechain.db");
        try (SqliteFile file = SqliteFile.open(path)) {
            add(file, KeptChain.over(new SqliteBlockStore(file)), 1);
            SqliteFile.openReader(path).close();
            long before = openFiles();
            for (int i = 0; i < READERS; i++) {
                SqliteFile.openReader(path).close();
            }
            long left = openFiles() - before;
            Explain.that(
                    left < READERS / 2,
                    READERS
                            + " readers were opened and closed. Files that this program has open now, and had not before: "
                            + left,
                    "A stream that is never closed keeps the locks only until the garbage collector closes it. Until then"
                            + " each reader costs one of the files that a process may have open.");
        }
    }

    /** Nothing on Windows, where files are not counted. */
    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getOpenFileDescriptorCount()
                : 0;
    }

    @Test
    @DisplayName("A reader refuses the file of another program")
    void refusesTheFileOfAnotherProgram() throws Exception {
        Path path = directory.resolve("photos.db");
        SqliteFile.open(path).close();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap("Phot".getBytes(StandardCharsets.US_ASCII)), APPLICATION_ID_OFFSET);
        }

        String refusal = "nothing: it was opened";
        try {
            SqliteFile.openReader(path).close();
        } catch (StorageException e) {
            refusal = e.getMessage();
        }
        Explain.that(
                refusal.contains("another program"),
                "`photos.db` is an SQLite file of another program. A reader was opened on it, and the refusal was: "
                        + refusal,
                "Whoever mistypes a name should hear that the file is another program's. Its application_id tells.");
    }

    @Test
    @DisplayName("A reader reads what the node has committed")
    void readsWhatIsCommitted() throws Exception {
        Path path = directory.resolve("naivechain.db");
        try (SqliteFile file = SqliteFile.open(path)) {
            add(file, KeptChain.over(new SqliteBlockStore(file)), 2);
            try (SqliteFile reader = SqliteFile.openReader(path)) {
                List<String> data = new SqliteBlockStore(reader)
                        .read(1, 2).stream()
                                .map(block -> block.data().literal())
                                .toList();
                Explain.same(
                        List.of("\"Alice pays Bob 1\"", "\"Alice pays Bob 2\""),
                        data,
                        "The node has committed two blocks. A reader finds:",
                        "That is what it is for.");
            }
        }
    }
}
