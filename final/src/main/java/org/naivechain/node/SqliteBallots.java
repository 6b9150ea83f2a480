package org.naivechain.node;

import java.util.Optional;
import org.naivechain.blocks.WireFormat;
import org.naivechain.chain.SqliteFile;
import org.naivechain.consensus.BallotBox;
import org.naivechain.protocol.Ballot;
import org.naivechain.protocol.Batch;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Vote;

/**
 * Promises and votes in the table {@code ballots}: one row for the promise, one for the last vote with the JSON of its batch.
 * For the file's thread.
 */
final class SqliteBallots implements BallotBox {
    private static final String TABLE = "CREATE TABLE IF NOT EXISTS ballots"
            + " (what TEXT PRIMARY KEY, round INTEGER NOT NULL, proposer TEXT NOT NULL, batch TEXT)";
    private static final String READ = "SELECT round, proposer, batch FROM ballots WHERE what = ?";
    private static final String WRITE =
            "INSERT OR REPLACE INTO ballots (what, round, proposer, batch) VALUES (?, ?, ?, ?)";
    private static final String PROMISE = "promise";
    private static final String VOTE = "vote";

    private final SqliteFile file;
    private Ballot promised;
    private Optional<Vote> vote;

    /**
     * What a file holds; a table is made if it has none.
     *
     * @throws IllegalArgumentException if somebody has put in what is no ballot or no batch
     */
    SqliteBallots(SqliteFile file) {
        this.file = file;
        file.define(TABLE);
        promised = read(PROMISE).map(Row::ballot).orElse(Ballot.NONE);
        vote = read(VOTE).map(row -> new Vote(row.ballot(), WireFormat.mapper().readValue(row.batch(), Batch.class)));
    }

    private record Row(Ballot ballot, String batch) {}

    private Optional<Row> read(String what) {
        return file.read(
                READ,
                statement -> statement.setString(1, what),
                rows -> rows.next()
                        ? Optional.of(
                                new Row(new Ballot(rows.getLong(1), new PeerId(rows.getString(2))), rows.getString(3)))
                        : Optional.empty());
    }

    @Override
    public Ballot promised() {
        return promised;
    }

    @Override
    public Optional<Vote> vote() {
        return vote;
    }

    @Override
    public void promise(Ballot ballot) {
        write(PROMISE, ballot, null);
        promised = ballot;
    }

    @Override
    public void vote(Vote cast) {
        if (!cast.ballot().equals(promised)) {
            promise(cast.ballot());
        }
        write(VOTE, cast.ballot(), WireFormat.mapper().writeValueAsString(cast.batch()));
        vote = Optional.of(cast);
    }

    private void write(String what, Ballot ballot, String batch) {
        file.write(WRITE, statement -> {
            statement.setString(1, what);
            statement.setLong(2, ballot.round());
            statement.setString(3, ballot.proposer().text());
            statement.setString(4, batch);
        });
    }
}
