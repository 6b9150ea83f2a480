package org.naivechain.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import org.naivechain.consensus.majority.BallotBox;
import org.naivechain.forks.Orphans;
import org.naivechain.ledger.KeptBlocks;
import org.naivechain.ledger.Membership;
import org.naivechain.ledger.Memberships;
import org.naivechain.ledger.Receipts;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory that holds everything a node must not forget, in one SQLite file, and that one node uses at a time. For one
 * thread at a time.
 */
public final class DataDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("BLOCKCHAIN");
    private static final String FILE = "naivechain.db";
    private static final String LOCK = "lock";
    private static final String TABLE = "CREATE TABLE IF NOT EXISTS node (name TEXT PRIMARY KEY, value TEXT NOT NULL)";
    private static final String READ_ID = "SELECT value FROM node WHERE name = 'id'";
    /** A file that was made without a node has no such table. */
    private static final String HAS_RULES = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'node'";

    private static final String READ_RULES = "SELECT value FROM node WHERE name = 'rules'";
    private static final String WRITE_RULES = "INSERT OR IGNORE INTO node (name, value) VALUES ('rules', ?)";
    private static final String WRITE_ID = "INSERT INTO node (name, value) VALUES ('id', ?)";

    private static final String TABLES =
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    /**
     * The tables that hold what others have, too, or need not be complete; the peers are among the members, and call this node
     * when it does not call them.
     */
    static final Set<String> REPLACEABLE = Set.of("blocks", "receipts", "peers", "seen");

    private final Path path;
    private final FileChannel lock;
    private final SqliteFile file;

    private DataDirectory(Path path, FileChannel lock, SqliteFile file) {
        this.path = path;
        this.lock = lock;
        this.file = file;
    }

    /**
     * Opens a directory, or makes it.
     *
     * @throws StorageException if another node uses it or it cannot be used; what it held has not been changed then
     */
    public static DataDirectory open(Path path) throws StorageException {
        FileChannel lock = lock(path);
        Path file = path.resolve(FILE);
        SqliteFile opened = null;
        try {
            Recovery.ifNeeded(file);
            opened = SqliteFile.open(file);
            return new DataDirectory(path, lock, opened);
        } catch (StorageException e) {
            throw new StorageException(e.getMessage() + " with --data-dir", e);
        } catch (IOException e) {
            throw new StorageException("cannot rescue what is in the damaged file " + file + " (" + e + ")", e);
        } catch (StorageFailure e) {
            throw new StorageException(e.getMessage(), e);
        } finally {
            if (opened == null) {
                close(lock);
            }
        }
    }

    private static FileChannel lock(Path path) throws StorageException {
        FileChannel channel;
        try {
            Files.createDirectories(path);
            channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new StorageException("cannot write in the data directory " + path + " (" + e
                    + "): let this user write there, or name another with --data-dir");
        }
        try {
            // The system gives the lock back however the node ends.
            FileLock held = channel.tryLock();
            if (held != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("a node in this program holds the lock", e);
        } catch (IOException e) {
            close(channel);
            throw new StorageException("cannot lock the data directory " + path + " (" + e
                    + "): name one on a local disk with --data-dir");
        }
        close(channel);
        throw new StorageException("another node uses the data directory " + path
                + ": stop it, or name another directory with --data-dir");
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("cannot close the lock", e);
        }
    }

    /** {@return the directory} */
    public Path path() {
        return path;
    }

    /** {@return the SQLite file with the chain, for readers of their own} */
    public Path file() {
        return path.resolve(FILE);
    }

    /** {@return the id of the node whose directory this is; nothing if it is nobody's yet} */
    public Optional<PeerId> knownId() {
        file.define(TABLE);
        return file.first(READ_ID, SqliteFile.Parameters.NONE, row -> new PeerId(row.getString(1)));
    }

    /** {@return by what rules its blocks came about, once it is a node's; nothing if it is of before that was kept} */
    public Optional<String> rules() {
        return rules(file);
    }

    static Optional<String> rules(SqliteFile file) {
        return file.first(HAS_RULES, SqliteFile.Parameters.NONE, row -> row.getInt(1))
                        .isPresent()
                ? file.first(READ_RULES, SqliteFile.Parameters.NONE, row -> row.getString(1))
                : Optional.empty();
    }

    /**
     * Makes the directory a node's, durably.
     *
     * @param rules by what rules its blocks come about
     */
    public void own(PeerId id, String rules) {
        file.write(WRITE_ID, SqliteFile.Parameters.of(id.text()));
        file.write(WRITE_RULES, SqliteFile.Parameters.of(rules));
        file.commit();
    }

    /** Leaves, durably, only what a node under a new id may have. */
    public void disown() {
        // A node finds out in the midst of its work that it is an old copy.
        file.commit();
        disown(file);
        file.commit();
    }

    /**
     * Takes out of a file what belongs to one member alone: its id, what it has promised and voted for, and who the members were.
     * Its node takes a new id, and joins anew.
     */
    static void disown(SqliteFile file) {
        SqliteMemberships memberships = new SqliteMemberships(file);
        file.all(TABLES, row -> row.getString(1)).stream()
                .filter(table -> !REPLACEABLE.contains(table))
                .forEach(table -> file.write("DELETE FROM \"" + table + "\"", SqliteFile.Parameters.NONE));
        // It has known others, and founds no network of its own with what is left.
        memberships.record(Membership.NONE);
    }

    /** Sets who waits as long as another program has locked the file. */
    public void onLock(SqliteFile.Patience patience) {
        file.onLock(patience);
    }

    /**
     * {@return one sync of the disk for everything that is written meanwhile}
     *
     * @param loop runs the node's tasks, one after the other
     * @param synced told when a sync began that is done, by {@link System#nanoTime}
     */
    public GroupCommit commits(Executor loop, LongConsumer synced) {
        return new GroupCommit(file, loop, synced);
    }

    /** {@return the store of the blocks} */
    public KeptBlocks blocks() {
        return new SqliteBlockStore(file);
    }

    /** {@return the requests behind the blocks, by index and by key} */
    public Receipts receipts() {
        return new SqliteReceipts(file);
    }

    /** {@return who the members were, and are, by version} */
    public Memberships memberships() {
        return new SqliteMemberships(file);
    }

    /** {@return what the node has promised and voted for: what must never be forgotten} */
    public BallotBox ballots() {
        return new SqliteBallots(file);
    }

    /** {@return the peers that the node knew last} */
    public PeerStore peers() {
        return new SqlitePeers(file);
    }

    /** {@return what is to be added once more, after its blocks were given up} */
    public Orphans orphans() {
        return new SqliteOrphans(file);
    }

    /** Gives the directory free; what is not durable is gone, as it may be half of something. */
    public void abandon() {
        try {
            file.close();
        } finally {
            close(lock);
        }
    }

    /** Makes durable what is not, and gives the directory free. */
    @Override
    public void close() {
        try {
            file.commit();
        } finally {
            abandon();
        }
    }
}
