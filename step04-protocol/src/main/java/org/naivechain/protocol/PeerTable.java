package org.naivechain.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The other nodes of the network, as far as this node knows. A peer that is silent stays in the table. Where the members are
 * agreed on, those of this program come and go as that agreement says ({@link #follow}), and nodes of the original are readers beside
 * them. Elsewhere a peer is counted until it leaves, is evicted, or another node takes its address. For one thread at a time.
 */
public final class PeerTable {
    /** The most peers that are kept, so that a stranger cannot fill the memory with inventions. */
    public static final int MAX_PEERS = 200;

    /** The most nodes of the original where the members are agreed on. They take no place of a member there. */
    public static final int MAX_READERS = 50;

    private final Map<PeerId, Peer> peers = new LinkedHashMap<>();
    private final PeerStore store;
    private final Peer self;
    private boolean membersAgreed;

    /**
     * A table of the peers that a store remembers.
     *
     * @param self the node whose table this is; it is never in it
     * @param store where the peers are kept
     */
    public PeerTable(Peer self, PeerStore store) {
        this.self = self;
        this.store = store;
        store.read().forEach(peer -> peers.put(peer.id(), peer));
    }

    /** {@return the node whose table this is} */
    public Peer self() {
        return self;
    }

    /** {@return the peers, in the order in which they became known, a copy} */
    public List<Peer> peers() {
        return List.copyOf(peers.values());
    }

    /** {@return the peers that run this program, a copy, in the order in which they became known} */
    public List<Peer> ofThisProgram() {
        return peers.values().stream().filter(Peer::runsThisProgram).toList();
    }

    /**
     * Whether nothing new is said of a peer.
     *
     * @param peer a peer that introduces itself or is introduced
     * @return true if it is in the table; who does not say whose program it runs says nothing against what is known of it
     */
    public boolean knows(Peer peer) {
        Peer known = peers.get(peer.id());
        return known != null
                && known.address().equals(peer.address())
                && (known.runsThisProgram() || !peer.runsThisProgram());
    }

    /** From now on the members are agreed on: no node of the original can take the place or the address of one. */
    public void agreeOnMembers() {
        membersAgreed = true;
    }

    /**
     * Takes over who of this program is a member, where that is agreed on; nodes of the original stay.
     *
     * @param all the members of this program; this node, under whatever id, is left out
     */
    public void follow(List<Peer> all) {
        List<Peer> members = all.stream()
                .filter(member ->
                        !member.id().equals(self.id()) && !member.address().equals(self.address()))
                .toList();
        if (!ofThisProgram().equals(members)) {
            peers.values().removeIf(Peer::runsThisProgram);
            members.forEach(member -> {
                peers.values().removeIf(other -> other.address().equals(member.address()));
                peers.put(member.id(), member);
            });
            store.write(peers());
        }
    }

    /**
     * Forgets a peer.
     *
     * @param id whose
     */
    public void forget(PeerId id) {
        if (peers.remove(id) != null) {
            store.write(peers());
        }
    }

    /**
     * Whether somebody claims what belongs to another.
     *
     * @param peer a peer that introduces itself or is introduced
     * @return true if its id is this node's, or is known at another address
     */
    public boolean contradicts(Peer peer) {
        Peer known = peers.get(peer.id());
        return peer.id().equals(self.id()) || known != null && !known.address().equals(peer.address());
    }

    /** {@return how many nodes the network has, this one included: at least 1} */
    public int members() {
        return peers.size() + 1;
    }

    /**
     * {@return how many members must agree: the smallest number such that any two quorums share a member; more than half of the
     * members}
     */
    public int quorum() {
        return quorumOf(members());
    }

    /**
     * How many of some members must agree: the smallest number such that any two quorums share a member.
     *
     * @param members how many members there are
     * @return more than half of them
     */
    public static int quorumOf(int members) {
        return members / 2 + 1;
    }

    /**
     * Whether a peer could be registered; the table stays as it is.
     *
     * @param peer a peer that introduces itself or is introduced
     * @return a refusal with its reason, or nothing if all is well
     */
    public Optional<Reply.Refusal> objection(Peer peer) {
        if (peer.id().equals(self.id())) {
            return Optional.of(new Reply.Refusal("the id " + peer.id() + " is this node's own"));
        }
        if (peer.address().equals(self.address())) {
            return Optional.of(new Reply.Refusal("the address " + peer.address() + " is this node's own"));
        }
        Peer known = peers.get(peer.id());
        // Where the members are agreed on they decide who has moved.
        boolean mayMove = membersAgreed && peer.runsThisProgram();
        if (known != null && !known.address().equals(peer.address()) && !mayMove) {
            return Optional.of(new Reply.Refusal(
                    "the peer " + peer.id() + " is known at " + known.address() + ", not at " + peer.address()));
        }
        Optional<Peer> member = memberInTheWayOf(peer);
        if (member.isPresent()) {
            return Optional.of(new Reply.Refusal("the address " + peer.address() + " is the member "
                    + member.get().id() + "'s: if that one is gone, evict it first (DELETE /peers/"
                    + member.get().id() + ")"));
        }
        return objectionOfPlaces(peer);
    }

    /** Who introduces itself is believed; so a stranger could have members forgotten, and nobody would call them any more. */
    private Optional<Peer> memberInTheWayOf(Peer peer) {
        return peers.values().stream()
                .filter(other -> membersAgreed && other.runsThisProgram() && !peer.runsThisProgram())
                .filter(other ->
                        other.address().equals(peer.address()) && !other.id().equals(peer.id()))
                .findFirst();
    }

    private Optional<Reply.Refusal> objectionOfPlaces(Peer peer) {
        List<Peer> rivals = peers.values().stream()
                .filter(other -> !membersAgreed || other.runsThisProgram() == peer.runsThisProgram())
                .toList();
        boolean areReaders = membersAgreed && !peer.runsThisProgram();
        int places = areReaders ? MAX_READERS : MAX_PEERS;
        if (rivals.size() < places
                || rivals.stream().anyMatch(other -> other.address().equals(peer.address()))) {
            return Optional.empty();
        }
        return Optional.of(
                new Reply.Refusal("the table is full: " + places + (areReaders ? " nodes of the original" : " peers")));
    }

    /**
     * Registers a peer. A peer with a new id at a known address takes the place of the one that was there: only one node can
     * listen at an address, so the old one is gone. Where the members are agreed on a node of the original takes no member's
     * place.
     *
     * @param peer a peer that introduces itself or is introduced
     * @return an acknowledgement, also for a peer that is known already; or a refusal with its reason
     */
    public Reply register(Peer peer) {
        Optional<Reply.Refusal> objection = objection(peer);
        if (objection.isPresent()) {
            return objection.get();
        }
        if (!knows(peer)) {
            peers.values().removeIf(other -> other.address().equals(peer.address()));
            peers.put(peer.id(), peer);
            store.write(peers());
        }
        return Reply.ACK;
    }
}
