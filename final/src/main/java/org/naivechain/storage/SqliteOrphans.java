package org.naivechain.storage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.naivechain.blocks.BlockData;
import org.naivechain.forks.Orphans;
import org.naivechain.ledger.Addition;
import org.naivechain.protocol.IdempotencyKey;

/** What is to be added again, in the table {@code orphans}. For the file's thread. */
final class SqliteOrphans implements Orphans {
    private static final String TABLE = "CREATE TABLE IF NOT EXISTS orphans"
            + " (place INTEGER PRIMARY KEY, add_key TEXT NOT NULL UNIQUE, data TEXT NOT NULL)";
    private static final String READ = "SELECT add_key, data FROM orphans ORDER BY place";
    private static final String KEEP = "INSERT OR IGNORE INTO orphans (add_key, data) VALUES (?, ?)";
    private static final String RELEASE = "DELETE FROM orphans WHERE add_key = ?";

    private final SqliteFile file;

    /** The orphans of a file; a table is made if it has none. */
    SqliteOrphans(SqliteFile file) {
        this.file = file;
        file.define(TABLE);
    }

    @Override
    public List<Addition> read() {
        return file.read(READ, SqliteFile.Parameters.NONE, rows -> {
            List<Addition> orphans = new ArrayList<>();
            while (rows.next()) {
                orphans.add(new Addition(new IdempotencyKey(rows.getString(1)), new BlockData(rows.getString(2))));
            }
            return orphans;
        });
    }

    @Override
    public void keep(List<Addition> orphans) {
        file.writeAll(KEEP, statement -> {
            for (Addition orphan : orphans) {
                statement.setString(1, orphan.key().text());
                statement.setString(2, orphan.data().literal());
                statement.addBatch();
            }
        });
    }

    @Override
    public void release(Collection<IdempotencyKey> keys) {
        file.writeAll(RELEASE, statement -> {
            for (IdempotencyKey key : keys) {
                statement.setString(1, key.text());
                statement.addBatch();
            }
        });
    }
}
