package org.naivechain.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.naivechain.forks.Orphans;
import org.naivechain.forks.OrphansContract;

class SqliteOrphansTest extends OrphansContract {
    @TempDir
    private Path directory;

    @RegisterExtension
    final TestFile files = new TestFile();

    @Override
    protected Orphans empty() {
        return new SqliteOrphans(files.open(directory.resolve("node.db")));
    }

    @Test
    void onlyWhatWasCommittedIsThereAtTheNextStart() {
        try (SqliteFile file = files.open(directory.resolve("node.db"))) {
            Orphans orphans = new SqliteOrphans(file);
            orphans.keep(List.of(ONE));
            file.commit();
            orphans.keep(List.of(TWO));
            orphans.release(List.of(ONE.key()));
        }

        assertThat(empty().read()).containsExactly(ONE);
    }
}
