package org.naivechain.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rescues what can be read of a file that SQLite itself finds damaged, as when a page of it was overwritten or its end cut off:
 * every table is copied row by row into a new file, around what cannot be read. The damaged file is kept beside. Blocks and receipts that are
 * missing then are fetched from peers. But a member that may have forgotten what it promised or voted for, or who the members are, must
 * not come back as the same member: if anything else was hurt, the copy is nobody's, and its node takes a new id and joins anew. For one
 * thread, before the node starts.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger("BLOCKCHAIN");
    private static final String LOG_SUFFIX = "-wal";
    private static final String CHECK = "PRAGMA quick_check(1)";
    private static final String SOUND = "ok";
    private static final String DEFINITIONS = "SELECT type, name, sql FROM sqlite_master"
            + " WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, name";
    private static final int ROWS = 500;

    private static final String RECEIPTS = "receipts";
    private static final String VOTE = "vote";
    private static final String NODE = "node";
    private static final String PEERS = "peers";

    private final Path file;
    /** What is written to. */
    private final Path copy;
    /** Its name when all is in it. */
    private final Path complete;
    /** The tables of which something could not be read, with the first place where. */
    private final Map<String, Long> hurt = new TreeMap<>();

    private Recovery(Path file) {
        this.file = file;
        this.copy = beside(file, ".rescuing");
        this.complete = beside(file, ".rescued");
    }

    /**
     * Puts a copy in the place of a file if that is damaged.
     *
     * @throws StorageException if the file cannot be used
     * @throws IOException if the copy cannot be put in its place
     */
    static void ifNeeded(Path file) throws StorageException, IOException {
        Recovery recovery = new Recovery(file);
        recovery.finishInterrupted();
        if (Files.exists(file) && Files.size(file) > 0) {
            // In this order: to open the file for writing moves into it what SQLite makes of the log.
            if (recovery.isLogDamaged() || recovery.isDamaged()) {
                recovery.run();
            }
        }
    }

    /** The file is then as it was before, which SQLite finds in order; but the last votes were in the log. */
    private boolean isLogDamaged() throws IOException {
        Path log = beside(file, LOG_SUFFIX);
        if (!WriteAheadLog.isDamaged(log)) {
            return false;
        }
        LOG.error("The file {} is damaged: what follows in it was on the disk, and cannot be read", log);
        hurt.put(VOTE, 0L);
        return true;
    }

    /** The damaged file may look sound when a part of it has been moved away; so it matters whether the copy is complete. */
    private void finishInterrupted() throws IOException {
        delete(copy);
        if (Files.exists(complete)) {
            putInPlace();
        }
    }

    private void putInPlace() throws IOException {
        Path kept = freeName();
        for (String suffix : List.of(LOG_SUFFIX, "-shm", "")) {
            Path part = beside(file, suffix);
            if (Files.exists(part)) {
                move(part, beside(kept, suffix));
            }
        }
        move(complete, file);
        LOG.warn("What can be read is rescued; the damaged file is kept as {}", kept);
    }

    private boolean isDamaged() throws StorageException {
        try (SqliteFile opened = SqliteFile.open(file)) {
            String found = opened.first(CHECK, SqliteFile.Parameters.NONE, row -> row.getString(1))
                    .orElse(SOUND);
            if (found.equals(SOUND)) {
                return false;
            }
            LOG.error("The file {} is damaged: {}", file, found.replaceAll("\\s*\\R\\s*", " "));
        } catch (StorageFailure | StorageException e) {
            if (e instanceof StorageException unusable && !unusable.isOfDamage()) {
                throw unusable;
            }
            LOG.error("The file {} is damaged: {}", file, e.getMessage());
        }
        return true;
    }

    private void run() throws StorageException, IOException {
        boolean nobody;
        boolean knowsPeers;
        try (SqliteFile damaged = SqliteFile.openDamaged(file);
                SqliteFile fresh = SqliteFile.open(copy)) {
            List<String> tables = define(damaged, fresh);
            tables.forEach(table -> copy(damaged, fresh, table));
            if (hurt.containsKey(RECEIPTS)) {
                // The receipts come with the blocks, and nobody must propose without having both.
                fresh.write("DELETE FROM blocks WHERE position >= ?", SqliteFile.Parameters.of(hurt.get(RECEIPTS)));
            }
            nobody = !DataDirectory.REPLACEABLE.containsAll(hurt.keySet());
            if (nobody) {
                // No table can be made while something is uncommitted.
                fresh.commit();
                DataDirectory.disown(fresh);
            }
            knowsPeers = tables.contains(PEERS)
                    && fresh.read("SELECT 1 FROM peers", SqliteFile.Parameters.NONE, ResultSet::next);
            fresh.commit();
        }
        LOG.warn("Not all could be read of {}", hurt.keySet());
        move(copy, complete);
        putInPlace();
        if (nobody) {
            LOG.error(
                    "What this node had promised and voted for may be lost with it: the node takes a new id, and joins"
                            + " its network as a new member");
            if (!knowsPeers) {
                LOG.error("It knows no peers any more: stop it, and start it with --peer, the address of a member");
            }
        }
    }

    private List<String> define(SqliteFile damaged, SqliteFile fresh) {
        List<String[]> definitions = new ArrayList<>();
        try {
            // What was read before a failure counts.
            damaged.all(
                    DEFINITIONS,
                    row -> definitions.add(new String[] {row.getString(1), row.getString(2), row.getString(3)}));
        } catch (StorageFailure e) {
            LOG.debug("cannot read which tables there are in {}", file, e);
            hurt.put(NODE, 0L);
        }
        return definitions.stream()
                .peek(definition -> fresh.define(definition[2]))
                .filter(definition -> definition[0].equals("table"))
                .map(definition -> definition[1])
                .toList();
    }

    private void copy(SqliteFile damaged, SqliteFile fresh, String table) {
        long next = Long.MIN_VALUE;
        while (true) {
            List<Object[]> rows = new ArrayList<>();
            boolean failed = !read(damaged, table, next, ROWS, rows);
            insert(fresh, table, rows);
            if (!rows.isEmpty()) {
                long last = (Long) rows.get(rows.size() - 1)[0];
                if (last == Long.MAX_VALUE) {
                    return;
                }
                next = last + 1;
            }
            if (failed) {
                hurt.putIfAbsent(table, Math.max(next, 0));
                if (rows.isEmpty()) {
                    long beyond = beyondDamage(damaged, table, next);
                    if (beyond == next) {
                        return;
                    }
                    next = beyond;
                }
            } else if (rows.size() < ROWS) {
                return;
            }
        }
    }

    /**
     * From where on rows can be read again: what lies between is bounded by doubling the step, and then by halving it.
     *
     * @return the same place if nothing more can be read
     */
    private static long beyondDamage(SqliteFile damaged, String table, long from) {
        long bad = Math.max(from, 0);
        long step = 1;
        while (!read(damaged, table, bad + step, 1, new ArrayList<>())) {
            bad += step;
            step *= 2;
            if (step > Long.MAX_VALUE / 2 - bad) {
                return from;
            }
        }
        long good = bad + step;
        while (good - bad > 1) {
            long middle = bad + (good - bad) / 2;
            if (read(damaged, table, middle, 1, new ArrayList<>())) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return good;
    }

    /** Adds rows, the row's number first; false if SQLite failed before it had read as many as there are, or are wanted. */
    private static boolean read(SqliteFile damaged, String table, long from, int limit, List<Object[]> into) {
        try {
            damaged.read(
                    "SELECT rowid, * FROM \"" + table + "\" WHERE rowid >= ? ORDER BY rowid LIMIT ?",
                    SqliteFile.Parameters.of(from, limit),
                    rows -> {
                        while (rows.next()) {
                            into.add(row(rows));
                        }
                        return into;
                    });
            return true;
        } catch (StorageFailure e) {
            LOG.debug("cannot read {} from {} on", table, from, e);
            return false;
        }
    }

    private static Object[] row(ResultSet rows) throws SQLException {
        Object[] row = new Object[rows.getMetaData().getColumnCount()];
        for (int i = 0; i < row.length; i++) {
            row[i] = i == 0 ? (Object) rows.getLong(1) : rows.getObject(i + 1);
        }
        return row;
    }

    private static void insert(SqliteFile fresh, String table, List<Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        String places =
                IntStream.range(1, rows.get(0).length).mapToObj(i -> "?").collect(Collectors.joining(", "));
        fresh.writeEach(
                "INSERT OR IGNORE INTO \"" + table + "\" VALUES (" + places + ")",
                rows,
                row -> SqliteFile.Parameters.of(Arrays.copyOfRange(row, 1, row.length)));
        fresh.commit();
    }

    private Path freeName() {
        return Stream.iterate(1, number -> number + 1)
                .map(number -> beside(file, ".damaged-" + number))
                .filter(free -> !Files.exists(free))
                .findFirst()
                .orElseThrow();
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private static void delete(Path file) throws IOException {
        for (String suffix : List.of("", LOG_SUFFIX, "-shm")) {
            Files.deleteIfExists(beside(file, suffix));
        }
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
}
