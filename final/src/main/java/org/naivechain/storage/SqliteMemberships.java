package org.naivechain.storage;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.naivechain.ledger.Membership;
import org.naivechain.ledger.Memberships;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;

/**
 * Memberships in the table {@code memberships}, a row for each. The members are a text with a line for each: its id, a space,
 * its address. For the file's thread.
 */
record SqliteMemberships(SqliteFile file) implements Memberships {
    private static final String TABLE = "CREATE TABLE IF NOT EXISTS memberships"
            + " (version INTEGER PRIMARY KEY, first_block INTEGER NOT NULL, members TEXT NOT NULL)";
    private static final String SELECT = "SELECT version, first_block, members FROM memberships";
    private static final String LATEST = SELECT + " ORDER BY version DESC LIMIT 1";
    private static final String AT = SELECT + " WHERE first_block <= ? ORDER BY version DESC LIMIT 1";
    private static final String FIND = SELECT + " WHERE version = ?";
    private static final String CLEAR = "DELETE FROM memberships";
    private static final String WRITE =
            "INSERT OR REPLACE INTO memberships (version, first_block, members) VALUES (?, ?, ?)";

    /** A table is made if the file has none. */
    SqliteMemberships {
        file.define(TABLE);
    }

    @Override
    public Membership latest() {
        return read(LATEST).orElse(Membership.NONE);
    }

    @Override
    public Membership at(long length) {
        return read(AT, length).orElse(Membership.NONE);
    }

    @Override
    public Optional<Membership> find(long version) {
        return read(FIND, version);
    }

    private Optional<Membership> read(String sql, Object... parameters) {
        return file.first(
                sql,
                SqliteFile.Parameters.of(parameters),
                row -> new Membership(row.getLong(1), row.getLong(2), members(row.getString(3))));
    }

    static String text(List<Peer> members) {
        return members.stream()
                .map(member -> member.id() + " " + member.address())
                .collect(Collectors.joining("\n"));
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException if somebody has put in something else
     */
    static List<Peer> members(String text) {
        return text.lines().map(SqliteMemberships::member).toList();
    }

    private static Peer member(String line) {
        int space = line.indexOf(' ');
        if (space < 0) {
            throw new IllegalArgumentException("a member must be an id, a space, and an address: " + line);
        }
        return new Peer(new PeerId(line.substring(0, space)), PeerAddress.parse(line.substring(space + 1)));
    }

    @Override
    public void record(Membership membership) {
        String members = text(membership.members());
        file.write(WRITE, SqliteFile.Parameters.of(membership.version(), membership.from(), members));
    }

    @Override
    public void clear() {
        file.write(CLEAR, SqliteFile.Parameters.NONE);
    }
}
