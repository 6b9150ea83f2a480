package org.naivechain.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Hash;
import org.naivechain.consensus.majority.Ballot;
import org.naivechain.consensus.majority.BallotBox;
import org.naivechain.consensus.majority.Vote;
import org.naivechain.ledger.Addition;
import org.naivechain.ledger.Batch;
import org.naivechain.ledger.Membership;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerId;
import org.naivechain.storage.SqliteFile.Parameters;

/**
 * Promises and votes in two tables of one row. The additions that were voted for are a text with a line for each: its key, a
 * space, its data's literal; the members that were voted for are one, too. How far others have been is a row for each. For the
 * file's thread.
 */
final class SqliteBallots implements BallotBox {
    private static final String PROMISE_TABLE = "CREATE TABLE IF NOT EXISTS promise"
            + " (one INTEGER PRIMARY KEY CHECK (one = 1), round INTEGER NOT NULL, proposer TEXT NOT NULL)";
    private static final String VOTE_TABLE = "CREATE TABLE IF NOT EXISTS vote (one INTEGER PRIMARY KEY CHECK (one = 1),"
            + " round INTEGER NOT NULL, proposer TEXT NOT NULL, first_block INTEGER NOT NULL,"
            + " previous_hash TEXT NOT NULL, additions TEXT NOT NULL, membership INTEGER NOT NULL DEFAULT 1,"
            + " members TEXT NOT NULL DEFAULT '')";
    /** The files of the first version have no such columns, and their members were not agreed on, which is membership 1. */
    private static final Map<String, String> COLUMNS =
            Map.of("membership", "INTEGER NOT NULL DEFAULT 1", "members", "TEXT NOT NULL DEFAULT ''");

    private static final String HAS_COLUMN = "SELECT 1 FROM pragma_table_info('vote') WHERE name = ?";
    private static final String READ_PROMISE = "SELECT round, proposer FROM promise";
    private static final String READ_VOTE =
            "SELECT round, proposer, first_block, previous_hash, additions, membership, members FROM vote";
    private static final String WRITE_PROMISE =
            "INSERT OR REPLACE INTO promise (one, round, proposer) VALUES (1, ?, ?)";
    private static final String WRITE_VOTE = "INSERT OR REPLACE INTO vote"
            + " (one, round, proposer, first_block, previous_hash, additions, membership, members)"
            + " VALUES (1, ?, ?, ?, ?, ?, ?, ?)";

    private static final String SEEN_TABLE = "CREATE TABLE IF NOT EXISTS seen"
            + " (peer_id TEXT PRIMARY KEY, length INTEGER NOT NULL, membership INTEGER NOT NULL)";
    private static final String READ_SEEN = "SELECT length, membership FROM seen WHERE peer_id = ?";
    private static final String WRITE_SEEN =
            "INSERT OR REPLACE INTO seen (peer_id, length, membership) VALUES (?, ?, ?)";

    private final SqliteFile file;
    private Ballot promised;
    private Optional<Vote> vote;

    /**
     * What a file holds; tables are made if it has none.
     *
     * @throws IllegalArgumentException if somebody has put in what is no ballot or no batch
     */
    SqliteBallots(SqliteFile file) {
        this.file = file;
        file.define(PROMISE_TABLE);
        file.define(VOTE_TABLE);
        file.define(SEEN_TABLE);
        COLUMNS.forEach(this::addIfMissing);
        promised =
                file.first(READ_PROMISE, Parameters.NONE, SqliteBallots::ballot).orElse(Ballot.NONE);
        vote = file.first(READ_VOTE, Parameters.NONE, row -> new Vote(ballot(row), batch(row)));
    }

    private void addIfMissing(String column, String type) {
        if (file.first(HAS_COLUMN, Parameters.of(column), row -> column).isEmpty()) {
            file.define("ALTER TABLE vote ADD COLUMN " + column + " " + type);
        }
    }

    private static Ballot ballot(ResultSet row) throws SQLException {
        return new Ballot(row.getLong(1), new PeerId(row.getString(2)));
    }

    private static Batch batch(ResultSet row) throws SQLException {
        Position start = new Position(row.getLong(3), row.getLong(6));
        Hash previous = new Hash(row.getString(4));
        List<Peer> members = SqliteMemberships.members(row.getString(7));
        if (!members.isEmpty()) {
            return new Batch(previous, new Membership(start.version() + 1, start.length(), members));
        }
        return new Batch(
                start,
                previous,
                row.getString(5).lines().map(SqliteBallots::addition).toList());
    }

    private static Addition addition(String line) {
        int space = line.indexOf(' ');
        if (space < 0) {
            throw new IllegalArgumentException("an addition must be a key, a space, and a literal: " + line);
        }
        return new Addition(new IdempotencyKey(line.substring(0, space)), new BlockData(line.substring(space + 1)));
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
        file.write(
                WRITE_PROMISE, Parameters.of(ballot.round(), ballot.proposer().text()));
        promised = ballot;
    }

    @Override
    public void vote(Vote cast) {
        if (!cast.ballot().equals(promised)) {
            promise(cast.ballot());
        }
        Batch batch = cast.batch();
        String additions = batch.additions().stream()
                .map(addition -> addition.key().text() + ' ' + addition.data().literal() + '\n')
                .collect(Collectors.joining());
        List<Peer> members = batch.next().map(Membership::members).orElse(List.of());
        file.write(
                WRITE_VOTE,
                Parameters.of(
                        cast.ballot().round(),
                        cast.ballot().proposer().text(),
                        batch.from(),
                        batch.previousHash().text(),
                        additions,
                        batch.start().version(),
                        SqliteMemberships.text(members)));
        vote = Optional.of(cast);
    }

    @Override
    public Position seen(PeerId member) {
        return file.first(READ_SEEN, Parameters.of(member.text()), row -> new Position(row.getLong(1), row.getLong(2)))
                .orElse(Position.START);
    }

    @Override
    public void see(PeerId member, Position position) {
        file.write(WRITE_SEEN, Parameters.of(member.text(), position.length(), position.version()));
    }
}
