package org.naivechain.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/**
 * Opens a file, having made sure that it is ours: until then not a byte of it is changed, as it may be anything that the
 * user named by mistake. The header is described at https://www.sqlite.org/fileformat.html. For one thread.
 */
final class SqliteOpening {
    /** Tells our files from other SQLite files: "NaCh" in ASCII. */
    static final int APPLICATION_ID = 0x4e614368;

    static final int SCHEMA_VERSION = 1;

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = 100;
    private static final int VERSION_OFFSET = 60;
    private static final int APPLICATION_OFFSET = 68;
    private static final int BUSY_MILLIS = 5_000;
    /** How long SQLite waits for a lock by itself, where somebody waits for as long as it takes. */
    static final int RETRY_MILLIS = 100;

    /** Four times SQLite's own: a checkpoint holds up whoever commits, and there are many small commits. */
    private static final int CHECKPOINT_PAGES = 4_000;

    private SqliteOpening() {}

    static Connection writer(Path file) throws StorageException {
        requireWritable(file);
        requireOurs(file);
        return connect(file, false, connection -> prepare(file, connection));
    }

    static Connection reader(Path file) throws StorageException {
        if (!Files.isRegularFile(file)) {
            throw new StorageException("there is no file " + file + ": start a node that makes it, or name another");
        }
        // As this program may have the file open already, SQLite alone may look at it: when a program closes a file, by
        // whatever descriptor, a POSIX system takes all its locks on it away, and another program could then delete the
        // log that this one writes (https://www.sqlite.org/howtocorrupt.html, section 2.2).
        return connect(
                file,
                true,
                connection -> requireOurs(
                        file, number(connection, "PRAGMA application_id"), number(connection, "PRAGMA user_version")));
    }

    private static void requireWritable(Path file) throws StorageException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new StorageException(
                    "there is no directory " + directory + " to keep the chain in: make it, or name" + " another");
        }
        if (!Files.isWritable(directory)) {
            throw new StorageException("the directory " + directory + " must be writable to keep the chain in: let this"
                    + " user write it, or name another");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new StorageException(file + " must be a file to keep the chain in: name another");
        }
        if (Files.exists(file) && !(Files.isReadable(file) && Files.isWritable(file))) {
            throw new StorageException("the file " + file + " must be readable and writable to keep the chain in: let"
                    + " this user do both, or name another");
        }
    }

    /** For a file that SQLite would not open as damaged: its length is what the disk says, not what its first page does. */
    static Connection damaged(Path file) throws StorageException {
        return connect(file, true, connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA writable_schema=ON");
            }
        });
    }

    /** A file that is missing or empty is as good as ours. Nobody in this program has it open yet. */
    private static void requireOurs(Path file) throws StorageException {
        ByteBuffer header = header(file);
        if (header.limit() == 0) {
            return;
        }
        if (header.limit() == HEADER_BYTES && header.equals(ByteBuffer.allocate(HEADER_BYTES))) {
            // No program writes that, but a broken disk may hold it.
            throw StorageException.ofDamage("the file " + file + " begins with zeros: name another", null);
        }
        if (header.limit() < HEADER_BYTES || !header.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
            throw new StorageException(
                    "the file " + file + " is not of SQLite, where NaiveChain keeps its chain: name another");
        }
        requireOurs(file, header.getInt(APPLICATION_OFFSET), header.getInt(VERSION_OFFSET));
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        if (Files.exists(log)) {
            // A newer version than the header's may be in the log still; who only reads does not move it to the file.
            Connection logged =
                    connect(file, true, connection -> requireKnown(file, number(connection, "PRAGMA user_version")));
            try {
                logged.close();
            } catch (SQLException e) {
                throw new StorageException("cannot close the file " + file + ": " + StorageFailure.explain(e), e);
            }
        }
    }

    private static void requireOurs(Path file, int application, int version) throws StorageException {
        if (application != APPLICATION_ID) {
            throw new StorageException(
                    "the file " + file + " is of SQLite but of another program than NaiveChain: name another");
        }
        requireKnown(file, version);
    }

    private static void requireKnown(Path file, int version) throws StorageException {
        if (version != SCHEMA_VERSION) {
            throw new StorageException("the file " + file + " has format " + version + ", and this NaiveChain knows"
                    + " format " + SCHEMA_VERSION + ": use the NaiveChain that wrote it, or name another file");
        }
    }

    private static ByteBuffer header(Path file) throws StorageException {
        try (InputStream in = Files.exists(file) ? Files.newInputStream(file) : InputStream.nullInputStream()) {
            return ByteBuffer.wrap(in.readNBytes(HEADER_BYTES));
        } catch (IOException e) {
            throw new StorageException("cannot read the file " + file + " (" + e + "): name another", e);
        }
    }

    private static void prepare(Path file, Connection connection) throws SQLException, StorageException {
        try (Statement statement = connection.createStatement()) {
            if (number(connection, "PRAGMA application_id") == 0) {
                // One page is written, and all of it or nothing: no crash leaves a file that is not ours.
                statement.execute("BEGIN IMMEDIATE");
                statement.execute("PRAGMA application_id=" + APPLICATION_ID);
                statement.execute("PRAGMA user_version=" + SCHEMA_VERSION);
                statement.execute("COMMIT");
            }
            try (ResultSet mode = statement.executeQuery("PRAGMA journal_mode=WAL")) {
                mode.next();
                if (!mode.getString(1).equals("wal")) {
                    throw new StorageException("the disk of the file " + file
                            + " must support a write-ahead log, as local disks do: name a file on another");
                }
            }
            statement.execute("PRAGMA synchronous=FULL");
            // What may have to be undone would go into a folder for temporary files, whose disk may be full.
            statement.execute("PRAGMA temp_store=MEMORY");
            statement.execute("PRAGMA wal_autocheckpoint=" + CHECKPOINT_PAGES);
        }
    }

    static void retryOften(Connection connection) throws SQLException {
        connection.unwrap(SQLiteConnection.class).setBusyTimeout(RETRY_MILLIS);
    }

    private static int number(Connection connection, String pragma) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(pragma)) {
            result.next();
            return result.getInt(1);
        }
    }

    private static Connection connect(Path file, boolean readOnly, Step first) throws StorageException {
        SqliteLibrary.load(file);
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(readOnly);
        config.setBusyTimeout(BUSY_MILLIS);
        try {
            // As a URI, so that no character of the path has a meaning to the driver.
            Connection connection = config.createConnection(
                    "jdbc:sqlite:" + file.toAbsolutePath().toUri());
            try {
                first.take(connection);
                return connection;
            } catch (SQLException | StorageException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            String message = "cannot open the file " + file + ": " + StorageFailure.explain(e);
            throw StorageFailure.isDamage(e) ? StorageException.ofDamage(message, e) : new StorageException(message, e);
        }
    }

    /** What is done first with a connection, which is closed if it fails. */
    private interface Step {
        void take(Connection connection) throws SQLException, StorageException;
    }
}
