package org.naivechain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.naivechain.ledger.Memberships;
import org.naivechain.ledger.MembershipsContract;

class SqliteMembershipsTest extends MembershipsContract {
    @TempDir
    private Path directory;

    @RegisterExtension
    final TestFile files = new TestFile();

    @Override
    protected Memberships empty() {
        return new SqliteMemberships(files.open(directory.resolve("node.db")));
    }

    @Test
    void onlyWhatWasCommittedIsThereAtTheNextStart() {
        try (SqliteFile file = files.open(directory.resolve("node.db"))) {
            Memberships memberships = new SqliteMemberships(file);
            memberships.record(FIRST);
            file.commit();
            memberships.record(SECOND);
        }

        assertThat(empty().latest()).isEqualTo(FIRST);
    }

    @Test
    void whatIsNoMemberIsToldByTheLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SqliteMemberships.members("a 127.0.0.1:15001\nnonsense"))
                .withMessage("a member must be an id, a space, and an address: nonsense");
    }
}
