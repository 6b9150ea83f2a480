package org.naivechain.storage;

import java.util.ArrayList;
import java.util.List;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerStore;

/** The other members in the table {@code peers}. For the file's thread. */
final class SqlitePeers implements PeerStore {
    private static final String TABLE = "CREATE TABLE IF NOT EXISTS peers (place INTEGER PRIMARY KEY,"
            + " id TEXT NOT NULL, host TEXT NOT NULL, port INTEGER NOT NULL, kind TEXT NOT NULL)";
    /** How a kind was always called in files. */
    private static final String OURS = "OURS";

    private static final String ORIGINAL = "ORIGINAL";
    private static final String READ = "SELECT id, host, port, kind FROM peers ORDER BY place";
    private static final String CLEAR = "DELETE FROM peers";
    private static final String WRITE = "INSERT INTO peers (place, id, host, port, kind) VALUES (?, ?, ?, ?, ?)";

    private final SqliteFile file;

    /** The peers of a file; a table is made if it has none. */
    SqlitePeers(SqliteFile file) {
        this.file = file;
        file.define(TABLE);
    }

    @Override
    public List<Peer> read() {
        return file.read(READ, SqliteFile.Parameters.NONE, rows -> {
            List<Peer> peers = new ArrayList<>();
            while (rows.next()) {
                PeerAddress address = new PeerAddress(rows.getString(2), rows.getInt(3));
                peers.add(new Peer(
                        new PeerId(rows.getString(1)),
                        address,
                        OURS.equals(rows.getString(4)) ? Peer.Kind.THIS_PROGRAM : Peer.Kind.ORIGINAL));
            }
            return peers;
        });
    }

    @Override
    public void write(List<Peer> peers) {
        file.atomically(() -> {
            file.write(CLEAR, SqliteFile.Parameters.NONE);
            file.writeAll(WRITE, statement -> {
                int place = 0;
                for (Peer peer : peers) {
                    statement.setInt(1, place++);
                    statement.setString(2, peer.id().text());
                    statement.setString(3, peer.address().host());
                    statement.setInt(4, peer.address().port().number());
                    statement.setString(5, peer.runsThisProgram() ? OURS : ORIGINAL);
                    statement.addBatch();
                }
            });
        });
    }
}
