package org.naivechain.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.naivechain.ledger.Receipts;
import org.naivechain.ledger.ReceiptsContract;
import org.naivechain.protocol.IdempotencyKey;

class SqliteReceiptsTest extends ReceiptsContract {
    private static final IdempotencyKey KEY = IdempotencyKey.ofClient("key");
    private static final IdempotencyKey LATER = IdempotencyKey.ofClient("later");

    @TempDir
    private Path directory;

    @RegisterExtension
    final TestFile files = new TestFile();

    @Override
    protected Receipts empty() {
        return new SqliteReceipts(files.open(directory.resolve("node.db")));
    }

    @Test
    void onlyWhatWasCommittedIsThereAtTheNextStart() {
        try (SqliteFile file = files.open(directory.resolve("node.db"))) {
            Receipts receipts = new SqliteReceipts(file);
            receipts.record(Map.of(1L, KEY));
            file.commit();
            receipts.record(Map.of(2L, LATER));
            assertThat(receipts.find(LATER)).hasValue(2);
        }

        Receipts again = empty();

        assertThat(again.find(KEY)).hasValue(1);
        assertThat(again.find(LATER)).isEmpty();
    }
}
