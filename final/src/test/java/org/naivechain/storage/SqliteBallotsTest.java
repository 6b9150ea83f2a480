package org.naivechain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.naivechain.blocks.Block;
import org.naivechain.consensus.majority.Ballot;
import org.naivechain.consensus.majority.BallotBox;
import org.naivechain.consensus.majority.BallotBoxContract;
import org.naivechain.consensus.majority.Vote;
import org.naivechain.ledger.Addition;

class SqliteBallotsTest extends BallotBoxContract {
    @TempDir
    private Path directory;

    @RegisterExtension
    final TestFile files = new TestFile();

    @Override
    protected BallotBox empty() {
        return new SqliteBallots(files.open(path()));
    }

    private Path path() {
        return directory.resolve("node.db");
    }

    @Test
    void whatWasCommittedIsThereAtTheNextStart() {
        try (SqliteFile file = files.open(path())) {
            SqliteBallots box = new SqliteBallots(file);
            box.vote(vote(FIRST, "x"));
            box.promise(SECOND);
            file.commit();
        }

        BallotBox again = empty();

        assertThat(again.promised()).isEqualTo(SECOND);
        assertThat(again.vote()).contains(vote(FIRST, "x"));
    }

    /** The first version kept no membership with a vote; what was voted for then must not be forgotten. */
    @Test
    void aVoteThatWasKeptBeforeMembersWereAgreedOnIsThereStill() {
        Vote kept = vote(FIRST, "x");
        Addition addition = kept.batch().additions().get(0);
        try (SqliteFile file = files.open(path())) {
            file.define("CREATE TABLE vote (one INTEGER PRIMARY KEY CHECK (one = 1), round INTEGER NOT NULL,"
                    + " proposer TEXT NOT NULL, first_block INTEGER NOT NULL, previous_hash TEXT NOT NULL,"
                    + " additions TEXT NOT NULL)");
            file.write("INSERT INTO vote VALUES (1, 1, 'a', 1, ?, ?)", statement -> {
                statement.setString(1, Block.GENESIS.hash().text());
                statement.setString(
                        2, addition.key().text() + " " + addition.data().literal() + "\n");
            });
            file.commit();
        }

        assertThat(empty().vote()).contains(kept);
        assertThat(empty().vote()).as("at the second start").contains(kept);
    }

    @Test
    void whatWasNotCommittedIsNotThereAtTheNextStart() {
        try (SqliteFile file = files.open(path())) {
            SqliteBallots box = new SqliteBallots(file);
            box.promise(FIRST);
            file.commit();
            box.vote(vote(SECOND, "x"));
        }

        BallotBox again = empty();

        assertThat(again.promised()).isEqualTo(FIRST);
        assertThat(again.vote()).isEmpty();
    }

    @Test
    void keepsNoMoreThanAPromiseAndAVote() {
        try (SqliteFile file = files.open(path())) {
            SqliteBallots box = new SqliteBallots(file);
            for (int i = 0; i < 5; i++) {
                box.vote(vote(new Ballot(i + 1, FIRST.proposer()), "x" + i));
            }
            file.commit();
        }

        assertThat(TestFile.committed(path(), "promise")).isEqualTo(1);
        assertThat(TestFile.committed(path(), "vote")).isEqualTo(1);
    }

    @Test
    void refusesABallotThatIsNone() {
        SqliteBallots box = new SqliteBallots(files.open(path()));
        assertThat(box.promised()).isEqualTo(Ballot.NONE);
        TestFile.alter(path(), "INSERT INTO promise (one, round, proposer) VALUES (1, -1, 'a')");

        assertThatIllegalArgumentException()
                .isThrownBy(this::empty)
                .withMessage("a round must be 0 to 4611686018427387903: round=-1");
    }

    @Test
    void refusesAVoteForWhatIsNoBatch() {
        SqliteBallots box = new SqliteBallots(files.open(path()));
        assertThat(box.vote()).isEmpty();
        for (String additions : new String[] {"", "nonsense", "c:k nonsense", "\n", "c:k"}) {
            TestFile.alter(
                    path(),
                    "INSERT OR REPLACE INTO vote (one, round, proposer, first_block, previous_hash, additions) VALUES (1, 1,"
                            + " 'a', 1, '" + Block.GENESIS.hash() + "', '" + additions + "')");

            assertThatThrownBy(this::empty)
                    .as(additions)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("\n");
        }
    }
}
