package org.naivechain.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One SQLite file and one connection to it, shared by all stores that must change together. The first write opens a
 * transaction that stays open until {@link #commit()}: many writes share one disk sync. Reads see what is not yet committed;
 * other connections, and the next start, do not. For one thread at a time.
 */
public final class SqliteFile implements AutoCloseable {
    private final Path file;
    private final Connection connection;
    private final boolean readOnly;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final List<Ending> endings = new ArrayList<>();
    private Patience patience = Patience.NONE;
    private boolean dirty;
    private boolean changing;
    private boolean lost;

    private SqliteFile(Path file, Connection connection, boolean readOnly) {
        this.file = file;
        this.connection = connection;
        this.readOnly = readOnly;
    }

    /** Sets the parameters of a statement. */
    public interface Parameters {
        /** No parameters. */
        Parameters NONE = statement -> {};

        /** Sets those of a statement that is about to be run. */
        void set(PreparedStatement statement) throws SQLException;

        /** {@return parameters with these values, each a text or a whole number, in the statement's order} */
        static Parameters of(Object... values) {
            return statement -> {
                for (int i = 0; i < values.length; i++) {
                    statement.setObject(i + 1, values[i]);
                }
            };
        }
    }

    /** Makes something of the rows that were found. */
    public interface Rows<T> {
        /** Takes what it needs from the rows, before the first of which they are; they are closed afterwards. */
        T take(ResultSet rows) throws SQLException;
    }

    /** Waits as long as another program has locked the file; nothing is half written meanwhile. */
    public interface Patience {
        /** Gives up: SQLite has waited for some seconds by itself. */
        Patience NONE = locked -> {
            throw locked;
        };

        /** The file is still locked: throw it to give up, or return to try again. Called about ten times a second; may read. */
        void stillLocked(StorageFailure locked);

        /** The lock is gone that {@link #stillLocked} was told of. */
        default void unlocked() {}
    }

    /** Is told how a transaction ended, by stores that remember what they wrote. */
    public interface Ending {
        /** The transaction has ended, and what was written is kept or not; must not use the file. */
        void ended(boolean committed);
    }

    /**
     * Opens a file of ours, or makes it in a directory that exists. A file that is not ours is left exactly as it was.
     *
     * @throws StorageException if it cannot be used
     */
    public static SqliteFile open(Path file) throws StorageException {
        return new SqliteFile(file, SqliteOpening.writer(file), false);
    }

    /**
     * Opens another connection to a file, which sees what is committed and cannot write; for a thread of its own.
     *
     * @throws StorageException if it cannot be read
     */
    public static SqliteFile openReader(Path file) throws StorageException {
        return new SqliteFile(file, SqliteOpening.reader(file), true);
    }

    /**
     * Opens a file that {@link #open} takes for damaged, to read what can be read; nobody else must have it open.
     *
     * @throws StorageException if nothing of it can be read
     */
    public static SqliteFile openDamaged(Path file) throws StorageException {
        return new SqliteFile(file, SqliteOpening.damaged(file), true);
    }

    /**
     * Makes a table, durably at once; on a reader this does nothing, as who writes has made it.
     *
     * @param ddl a statement that does nothing if the table is there: {@code CREATE TABLE IF NOT EXISTS …}
     * @throws IllegalStateException if there is something uncommitted
     */
    public void define(String ddl) {
        if (readOnly) {
            return;
        }
        if (dirty) {
            throw new IllegalStateException("tables must be defined before the first write: " + ddl);
        }
        execute(ddl);
    }

    /**
     * Reads rows. The statement is kept: the same query must have the same text, and not be run again while rows are taken.
     *
     * @throws StorageFailure if the file cannot be read
     */
    public <T> T read(String sql, Parameters parameters, Rows<T> rows) {
        return use("read", sql, statement -> {
            parameters.set(statement);
            try (ResultSet found = statement.executeQuery()) {
                return rows.take(found);
            }
        });
    }

    /** {@return what the first row says; nothing if no row is found} */
    <T> Optional<T> first(String sql, Parameters parameters, Rows<T> row) {
        return read(sql, parameters, rows -> rows.next() ? Optional.of(row.take(rows)) : Optional.empty());
    }

    /** {@return what each row says, in order} */
    <T> List<T> all(String sql, Rows<T> row) {
        return read(sql, Parameters.NONE, rows -> {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(row.take(rows));
            }
            return all;
        });
    }

    /**
     * Changes rows with one statement, which is kept: the same change must have the same text.
     *
     * @throws StorageFailure if the file cannot be written; the change is not made then
     * @throws IllegalStateException if this is a reader
     */
    public void write(String sql, Parameters parameters) {
        atomically(() -> use("write", sql, statement -> {
            parameters.set(statement);
            return statement.executeUpdate();
        }));
    }

    /**
     * Changes rows as {@link #write} does, many times over, all or nothing.
     *
     * @param batches sets the parameters, then calls {@code addBatch()}, again and again
     */
    public void writeAll(String sql, Parameters batches) {
        atomically(() -> use("write", sql, statement -> {
            statement.clearBatch();
            batches.set(statement);
            return statement.executeBatch();
        }));
    }

    /** Changes rows as {@link #writeAll} does, once for each element. */
    <E> void writeEach(String sql, Iterable<E> elements, Function<E, Parameters> parameters) {
        writeAll(sql, statement -> {
            for (E element : elements) {
                parameters.apply(element).set(statement);
                statement.addBatch();
            }
        });
    }

    /**
     * Makes several writes one: if any fails none is made, and earlier writes stay as they were. Within another such call it
     * belongs to that one. Fails as {@link #write} does.
     */
    public void atomically(Runnable writes) {
        if (changing) {
            writes.run();
            return;
        }
        boolean first = begin();
        changing = true;
        try {
            if (!first) {
                execute("SAVEPOINT change");
            }
            writes.run();
            if (!first) {
                execute("RELEASE change");
            }
        } catch (RuntimeException | Error e) {
            undo(first, e);
            throw e;
        } finally {
            changing = false;
        }
    }

    /** {@return whether something was written that is neither committed nor rolled back} */
    public boolean isDirty() {
        return dirty;
    }

    /**
     * Makes everything that was written durable, all or nothing; returns when it is on the disk. Nothing written, nothing done.
     *
     * @throws StorageFailure if that failed; then nothing is kept, and nothing more can be written before {@link #rollback()}
     */
    public void commit() {
        if (dirty) {
            requireKept();
            try {
                execute("COMMIT");
            } catch (StorageFailure e) {
                lost = true;
                throw e;
            }
            end(true);
        }
    }

    /** Forgets everything that was written since the last commit. */
    public void rollback() {
        if (dirty) {
            try {
                execute("ROLLBACK");
            } catch (StorageFailure e) {
                // SQLite has rolled back by itself, or will when the file is opened again.
                if (!lost) {
                    throw e;
                }
            }
            end(false);
        }
    }

    /** Adds a listener that is told how each transaction ended, on the thread that ends it. */
    public void onEnd(Ending ending) {
        endings.add(ending);
    }

    /** Sets who waits, on the thread that writes, for a program that has locked the file; else a write fails after seconds. */
    public void onLock(Patience waiting) {
        patience = waiting;
        try {
            SqliteOpening.retryOften(connection);
        } catch (SQLException e) {
            throw new StorageFailure("write", file, e);
        }
    }

    /** Closes the file; what is not committed is gone. */
    @Override
    public void close() {
        try (connection) {
            rollback();
            for (PreparedStatement statement : statements.values()) {
                statement.close();
            }
        } catch (SQLException e) {
            throw new StorageFailure("close", file, e);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }

    /** Whether a transaction was begun, as there was none. */
    private boolean begin() {
        if (readOnly) {
            throw new IllegalStateException("a reader must not write, only who opened the file with open(): " + file);
        }
        if (dirty) {
            requireKept();
            return false;
        }
        execute("BEGIN IMMEDIATE");
        dirty = true;
        return true;
    }

    /** The first change of a transaction is undone with it, a later one back to its savepoint. */
    private void undo(boolean first, Throwable cause) {
        try {
            if (first) {
                rollback();
            } else {
                execute("ROLLBACK TO change");
                execute("RELEASE change");
            }
        } catch (StorageFailure e) {
            // After some errors of the disk SQLite rolls back the whole transaction. Nobody may take it for written.
            lost = true;
            cause.addSuppressed(e);
        }
    }

    private void requireKept() {
        if (lost) {
            throw new StorageFailure(
                    "what was written to " + file + " since the last commit is lost, as the disk failed:"
                            + " it must be rolled back before anything else is written");
        }
    }

    private void end(boolean committed) {
        dirty = false;
        lost = false;
        endings.forEach(ending -> ending.ended(committed));
    }

    /** With a write-ahead log a lock is met where a transaction begins, and nowhere else: there is nothing to undo. */
    private void execute(String sql) {
        boolean waited = false;
        while (true) {
            try {
                use("write", sql, PreparedStatement::execute);
                break;
            } catch (StorageFailure e) {
                if (!e.isOfLock()) {
                    throw e;
                }
                patience.stillLocked(e);
                waited = true;
            }
        }
        if (waited) {
            patience.unlocked();
        }
    }

    private <T> T use(String doing, String sql, Use<T> use) {
        try {
            PreparedStatement statement = statements.get(sql);
            if (statement == null) {
                statement = connection.prepareStatement(sql);
                statements.put(sql, statement);
            }
            return use.make(statement);
        } catch (SQLException e) {
            forget(sql, e);
            throw new StorageFailure(doing, file, e);
        }
    }

    /** The driver cannot use a statement again that failed. */
    private void forget(String sql, SQLException cause) {
        PreparedStatement failed = statements.remove(sql);
        if (failed != null) {
            try {
                failed.close();
            } catch (SQLException e) {
                cause.addSuppressed(e);
            }
        }
    }

    /** What is done with a statement. */
    private interface Use<T> {
        T make(PreparedStatement statement) throws SQLException;
    }
}
