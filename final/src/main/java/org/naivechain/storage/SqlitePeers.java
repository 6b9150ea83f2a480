package org.naivechain.storage;

import java.util.List;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerStore;
import org.naivechain.storage.SqliteFile.Parameters;

/** The other members in the table {@code peers}. For the file's thread. */
record SqlitePeers(SqliteFile file) implements PeerStore {
    private static final String TABLE = "CREATE TABLE IF NOT EXISTS peers (place INTEGER PRIMARY KEY,"
            + " id TEXT NOT NULL, host TEXT NOT NULL, port INTEGER NOT NULL, kind TEXT NOT NULL)";
    /** How a kind was always called in files. */
    private static final String OURS = "OURS";

    private static final String ORIGINAL = "ORIGINAL";
    private static final String READ = "SELECT id, host, port, kind FROM peers ORDER BY place";
    private static final String CLEAR = "DELETE FROM peers";
    private static final String WRITE = "INSERT INTO peers (id, host, port, kind) VALUES (?, ?, ?, ?)";

    /** A table is made if the file has none. */
    SqlitePeers {
        file.define(TABLE);
    }

    @Override
    public List<Peer> read() {
        return file.all(
                READ,
                row -> new Peer(
                        new PeerId(row.getString(1)),
                        new PeerAddress(row.getString(2), row.getInt(3)),
                        OURS.equals(row.getString(4)) ? Peer.Kind.THIS_PROGRAM : Peer.Kind.ORIGINAL));
    }

    /** SQLite numbers the rows of an empty table from 1 on, which is their order. */
    @Override
    public void write(List<Peer> peers) {
        file.atomically(() -> {
            file.write(CLEAR, Parameters.NONE);
            file.writeEach(
                    WRITE,
                    peers,
                    peer -> Parameters.of(
                            peer.id().text(),
                            peer.address().host(),
                            peer.address().port().number(),
                            peer.runsThisProgram() ? OURS : ORIGINAL));
        });
    }
}
