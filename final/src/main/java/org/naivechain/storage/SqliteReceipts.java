package org.naivechain.storage;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.naivechain.ledger.Receipts;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.storage.SqliteFile.Parameters;

/** Receipts in the table {@code receipts}: the key behind each block that was added with one. For the file's thread. */
record SqliteReceipts(SqliteFile file) implements Receipts {
    private static final String TABLE =
            "CREATE TABLE IF NOT EXISTS receipts (position INTEGER PRIMARY KEY, add_key TEXT NOT NULL)";
    private static final String INDEX = "CREATE INDEX IF NOT EXISTS receipts_by_key ON receipts (add_key)";
    private static final String FIND = "SELECT min(position) FROM receipts WHERE add_key = ?";
    private static final String BETWEEN = "SELECT position, add_key FROM receipts WHERE position >= ? AND position < ?";
    private static final String WRITE = "INSERT OR REPLACE INTO receipts (position, add_key) VALUES (?, ?)";
    private static final String FORGET = "DELETE FROM receipts WHERE position >= ?";

    /** A table is made if the file has none. */
    SqliteReceipts {
        file.define(TABLE);
        file.define(INDEX);
    }

    @Override
    public OptionalLong find(IdempotencyKey key) {
        return file.read(FIND, Parameters.of(key.text()), rows -> {
            rows.next();
            long position = rows.getLong(1);
            return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(position);
        });
    }

    @Override
    public Map<Long, IdempotencyKey> between(long from, long to) {
        return file.read(BETWEEN, Parameters.of(from, to), rows -> {
            Map<Long, IdempotencyKey> keys = new TreeMap<>();
            while (rows.next()) {
                keys.put(rows.getLong(1), new IdempotencyKey(rows.getString(2)));
            }
            return keys;
        });
    }

    @Override
    public void record(Map<Long, IdempotencyKey> keys) {
        file.writeEach(
                WRITE,
                keys.entrySet(),
                entry -> Parameters.of(entry.getKey(), entry.getValue().text()));
    }

    @Override
    public void forget(long from) {
        file.write(FORGET, Parameters.of(from));
    }
}
