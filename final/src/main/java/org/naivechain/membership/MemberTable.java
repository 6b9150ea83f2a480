package org.naivechain.membership;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerTable;

/**
 * The peer table where the members are agreed on: those of this program come and go as that agreement says, and it decides who
 * has moved. Nodes of the original are readers beside them, and take neither the place nor the address of a member.
 */
public final class MemberTable implements PeerTable.Rules {
    /** The most nodes of the original. */
    public static final int MAX_READERS = 50;

    @Override
    public Optional<String> objection(Peer peer, List<Peer> known) {
        if (peer.runsThisProgram()) {
            return PeerTable.Rules.full(peer, ofThisProgram(known, true), PeerTable.MAX_PEERS, "peers");
        }
        // Who introduces itself is believed; so a stranger could have members forgotten, and nobody would call them any
        // more.
        return known.stream()
                .filter(other -> other.runsThisProgram()
                        && other.address().equals(peer.address())
                        && !other.id().equals(peer.id()))
                .findFirst()
                .map(member -> "the address " + peer.address() + " is the member " + member.id()
                        + "'s: if that one is gone, evict it first (DELETE /peers/" + member.id() + ")")
                .or(() -> known.stream()
                        .filter(other ->
                                other.id().equals(peer.id()) && !other.address().equals(peer.address()))
                        .findFirst()
                        .map(other -> "the peer " + peer.id() + " is known at " + other.address() + ", not at "
                                + peer.address()))
                .or(() ->
                        PeerTable.Rules.full(peer, ofThisProgram(known, false), MAX_READERS, "nodes of the original"));
    }

    private static List<Peer> ofThisProgram(List<Peer> peers, boolean wanted) {
        return peers.stream().filter(peer -> peer.runsThisProgram() == wanted).toList();
    }

    /**
     * Takes over who is a member; nodes of the original stay.
     *
     * @param members the members; the table's own node, under whatever id, is left out
     */
    public static void follow(PeerTable peers, List<Peer> members) {
        Peer self = peers.self();
        List<Peer> others = members.stream()
                .filter(member ->
                        !member.id().equals(self.id()) && !member.address().equals(self.address()))
                .toList();
        if (peers.ofThisProgram().equals(others)) {
            return;
        }
        List<Peer> all = new ArrayList<>(ofThisProgram(peers.peers(), false));
        all.removeIf(reader -> others.stream()
                .anyMatch(member ->
                        member.id().equals(reader.id()) || member.address().equals(reader.address())));
        all.addAll(others);
        peers.replace(all);
    }
}
