package org.naivechain.storage;

import java.util.Collection;
import java.util.List;
import org.naivechain.blocks.BlockData;
import org.naivechain.forks.Orphans;
import org.naivechain.ledger.Addition;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.storage.SqliteFile.Parameters;

/** What is to be added again, in the table {@code orphans}. For the file's thread. */
record SqliteOrphans(SqliteFile file) implements Orphans {
    private static final String TABLE = "CREATE TABLE IF NOT EXISTS orphans"
            + " (place INTEGER PRIMARY KEY, add_key TEXT NOT NULL UNIQUE, data TEXT NOT NULL)";
    private static final String READ = "SELECT add_key, data FROM orphans ORDER BY place";
    private static final String KEEP = "INSERT OR IGNORE INTO orphans (add_key, data) VALUES (?, ?)";
    private static final String RELEASE = "DELETE FROM orphans WHERE add_key = ?";

    /** A table is made if the file has none. */
    SqliteOrphans {
        file.define(TABLE);
    }

    @Override
    public List<Addition> read() {
        return file.all(
                READ, row -> new Addition(new IdempotencyKey(row.getString(1)), new BlockData(row.getString(2))));
    }

    @Override
    public void keep(List<Addition> orphans) {
        file.writeEach(
                KEEP,
                orphans,
                orphan -> Parameters.of(orphan.key().text(), orphan.data().literal()));
    }

    @Override
    public void release(Collection<IdempotencyKey> keys) {
        file.writeEach(RELEASE, keys, key -> Parameters.of(key.text()));
    }
}
