package org.naivechain.storage;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Hash;
import org.naivechain.blocks.Seal;
import org.naivechain.chain.DamagedBlockException;
import org.naivechain.ledger.KeptBlocks;
import org.naivechain.ledger.Tip;
import org.naivechain.storage.SqliteFile.Parameters;

/**
 * Blocks in the table {@code blocks} of an SQLite file, one row for each. What it writes is durable when the file is
 * committed. Others may alter the rows: it remembers how many there must be, and refuses to read one that is gone or is no block.
 * The farthest end is in the table {@code tip}, so that a chain that lost its end while nobody had the file open is noticed.
 * For one thread at a time, the file's.
 */
public final class SqliteBlockStore implements KeptBlocks {
    private static final String TABLE = "CREATE TABLE IF NOT EXISTS blocks (position INTEGER PRIMARY KEY,"
            + " block_index INTEGER NOT NULL, previous_hash TEXT NOT NULL, data TEXT NOT NULL, curr_hash TEXT NOT NULL,"
            + " seal TEXT)";
    /** Files of before there were seals have no such column. */
    private static final String HAS_SEALS = "SELECT 1 FROM pragma_table_info('blocks') WHERE name = 'seal'";

    private static final String ADD_SEALS = "ALTER TABLE blocks ADD COLUMN seal TEXT";
    private static final String TIP_TABLE = "CREATE TABLE IF NOT EXISTS tip"
            + " (one INTEGER PRIMARY KEY CHECK (one = 1), length INTEGER NOT NULL, curr_hash TEXT NOT NULL)";
    private static final String READ_TIP = "SELECT length, curr_hash FROM tip";
    private static final String WRITE_TIP = "INSERT OR REPLACE INTO tip (one, length, curr_hash) VALUES (1, ?, ?)";
    private static final String LAST = "SELECT position FROM blocks WHERE position BETWEEN 0 AND "
            + (Long.MAX_VALUE - 1) + " ORDER BY position DESC LIMIT 1";
    private static final int MAX_ROW_BYTES = BlockData.MAX_BYTES + Seal.MAX_CHARS + 1_000;
    /** A row as one text, because every column costs a call into C; none if a column is, or if somebody put in far too much. */
    private static final String SELECT = select("ifnull(seal, '')");

    private static final String SELECT_WITHOUT_SEALS = select("''");

    private static final String DELETE = "DELETE FROM blocks WHERE position >= ?";
    private static final String INSERT =
            "INSERT OR REPLACE INTO blocks (position, block_index, previous_hash, data, curr_hash, seal)"
                    + " VALUES (?, ?, ?, ?, ?, ?)";

    private final SqliteFile file;
    private final boolean hasSeals;
    private long length;
    private long committed;
    private Optional<Tip> tip;
    private Optional<Tip> committedTip;

    /**
     * The blocks of a file; tables are made if it has none.
     *
     * @throws IllegalArgumentException if somebody has put in what is no tip
     */
    public SqliteBlockStore(SqliteFile file) {
        this.file = file;
        file.define(TABLE);
        if (!hasSeals(file)) {
            file.define(ADD_SEALS);
        }
        hasSeals = hasSeals(file);
        length = file.first(LAST, Parameters.NONE, row -> row.getLong(1) + 1).orElse(0L);
        committed = length;
        file.define(TIP_TABLE);
        tip = file.first(READ_TIP, Parameters.NONE, row -> new Tip(row.getLong(1), new Hash(row.getString(2))));
        committedTip = tip;
        file.onEnd(this::ended);
    }

    @Override
    public long length() {
        return length;
    }

    /**
     * Reads blocks in order.
     *
     * @throws DamagedBlockException if one of them is missing or no block; it names the first
     */
    @Override
    public List<Block> read(long from, int limit) {
        if (from >= length) {
            return List.of();
        }
        long end = from + Math.min(limit, length - from);
        return file.read(
                hasSeals ? SELECT : SELECT_WITHOUT_SEALS,
                Parameters.of(from, end - 1),
                rows -> blocks(rows, from, end));
    }

    @Override
    public void write(long from, List<Block> blocks) {
        if (from > length) {
            throw new IllegalArgumentException("a store has no gaps: length=" + length + ", from=" + from);
        }
        long end = from + blocks.size();
        boolean farther = !blocks.isEmpty() && tip.stream().allMatch(known -> end >= known.length());
        Optional<Tip> reached =
                farther ? Optional.of(new Tip(end, blocks.get(blocks.size() - 1).hash())) : Optional.empty();
        file.atomically(() -> {
            if (from < length) {
                file.write(DELETE, Parameters.of(from));
            }
            insert(from, blocks);
            reached.ifPresent(to ->
                    file.write(WRITE_TIP, Parameters.of(to.length(), to.hash().text())));
        });
        length = end;
        tip = reached.or(() -> tip);
    }

    @Override
    public void replace(long from, List<Block> blocks) {
        if (from + blocks.size() > length) {
            throw new IllegalArgumentException(
                    "only what is there is replaced: length=" + length + ", to=" + (from + blocks.size()));
        }
        insert(from, blocks);
    }

    @Override
    public Optional<Tip> tip() {
        return tip;
    }

    private static String select(String seal) {
        return "SELECT position, CASE WHEN octet_length(previous_hash) + octet_length(curr_hash)"
                + " + octet_length(data) + octet_length(" + seal + ") <= " + MAX_ROW_BYTES
                + " THEN block_index || ' ' || previous_hash || ' ' || curr_hash || ' ' || " + seal
                + " || ' ' || data END"
                + " FROM blocks WHERE position BETWEEN ? AND ? ORDER BY position";
    }

    private static boolean hasSeals(SqliteFile file) {
        return file.first(HAS_SEALS, Parameters.NONE, row -> row.getInt(1)).isPresent();
    }

    private void insert(long from, List<Block> blocks) {
        file.writeAll(INSERT, statement -> {
            long position = from;
            for (Block block : blocks) {
                statement.setLong(1, position++);
                statement.setLong(2, block.index());
                statement.setString(3, block.previousHash().text());
                statement.setString(4, block.data().literal());
                statement.setString(5, block.hash().text());
                statement.setString(6, block.seal().map(Seal::text).orElse(null));
                statement.addBatch();
            }
        });
    }

    private void ended(boolean kept) {
        if (kept) {
            committed = length;
            committedTip = tip;
        } else {
            length = committed;
            tip = committedTip;
        }
    }

    private static List<Block> blocks(ResultSet rows, long from, long end) throws SQLException {
        List<Block> blocks = new ArrayList<>();
        long next = from;
        while (next < end) {
            if (!rows.next() || rows.getLong(1) != next) {
                throw new DamagedBlockException(next, "the block is missing");
            }
            blocks.add(block(next, rows.getBytes(2)));
            next++;
        }
        return blocks;
    }

    private static Block block(long position, byte[] row) {
        if (row == null) {
            throw new DamagedBlockException(position, "its row must hold no more than " + MAX_ROW_BYTES + " bytes");
        }
        String text = new String(row, StandardCharsets.UTF_8);
        int index = text.indexOf(' ');
        int previous = text.indexOf(' ', index + 1);
        int hash = text.indexOf(' ', previous + 1);
        int data = text.indexOf(' ', hash + 1);
        try {
            long claimed = number(text.substring(0, index));
            Hash previousHash = new Hash(text.substring(index + 1, previous));
            Hash currHash = new Hash(text.substring(previous + 1, hash));
            Optional<Seal> seal =
                    data == hash + 1 ? Optional.empty() : Optional.of(new Seal(text.substring(hash + 1, data)));
            return new Block(claimed, previousHash, new BlockData(text.substring(data + 1)), currHash, seal);
        } catch (IllegalArgumentException e) {
            throw new DamagedBlockException(position, e.getMessage());
        }
    }

    /** SQLite keeps any text in a column of integers, unless it looks like one. */
    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("block_index must be an integer: block_index=" + text, e);
        }
    }
}
