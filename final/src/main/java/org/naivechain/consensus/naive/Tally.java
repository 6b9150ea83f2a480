package org.naivechain.consensus.naive;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerTable;

/**
 * Counts the members that say yes to one question, this node first among them, until a majority of all has said it or cannot
 * say it any more. The members are those of the moment at which counting begins.
 */
final class Tally {
    private static final int REASONS_SHOWN = 5;

    private final Map<Peer, Outcome> no = new HashMap<>();
    private final List<Peer> others;
    private final int members;
    private final int quorum;
    private final String what;
    private int yes = 1;

    Tally(String what, PeerTable peers) {
        this.what = what;
        this.others = peers.peers();
        this.members = peers.members();
        this.quorum = PeerTable.quorumOf(peers.members());
    }

    List<Peer> others() {
        return others;
    }

    void yes() {
        yes++;
    }

    void no(Peer from, Outcome outcome) {
        no.put(from, outcome);
    }

    boolean hasCarried() {
        return yes >= quorum;
    }

    boolean hasFailed() {
        return members - no.size() < quorum;
    }

    /** Why it failed, for the user. */
    @Override
    public String toString() {
        String reasons = others.stream()
                .filter(no::containsKey)
                .limit(REASONS_SHOWN)
                .map(other -> other + ": " + no.get(other))
                .collect(Collectors.joining("; "));
        String more = no.size() <= REASONS_SHOWN ? "" : "; and " + (no.size() - REASONS_SHOWN) + " more";
        return "the " + what + " failed, " + yes + " of " + members + " members agreed and " + quorum + " are needed ("
                + reasons + more + ")";
    }
}
