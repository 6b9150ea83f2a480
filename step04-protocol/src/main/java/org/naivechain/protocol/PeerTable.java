package org.naivechain.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The other nodes of the network, as far as this node knows. A peer that is silent stays in the table, and is counted until it
 * leaves, is evicted, or another node takes its address. For one thread at a time.
 */
public final class PeerTable {
    /** The most peers that are kept, so that a stranger cannot fill the memory with inventions. */
    public static final int MAX_PEERS = 200;

    private final Map<PeerId, Peer> peers = new LinkedHashMap<>();
    private final Peer self;
    private final PeerStore store;
    private final Rules rules;

    /** What speaks against a peer beside the peers that are known already: a port, used by the table's thread. */
    @FunctionalInterface
    public interface Rules {
        /** Whoever has an id that is known elsewhere is refused, and so is one too many. */
        Rules OPEN = (peer, known) -> {
            Optional<Peer> same =
                    known.stream().filter(other -> other.id().equals(peer.id())).findFirst();
            return same.filter(other -> !other.address().equals(peer.address()))
                    .map(other ->
                            "the peer " + peer.id() + " is known at " + other.address() + ", not at " + peer.address())
                    .or(() -> full(peer, known, MAX_PEERS, "peers"));
        };

        /** {@return what speaks against a peer; empty if all is well} */
        Optional<String> objection(Peer peer, List<Peer> known);

        /** {@return whether there are too many of a kind, unless the peer takes the place of one at its address} */
        static Optional<String> full(Peer peer, List<Peer> rivals, int places, String kind) {
            boolean fits = rivals.size() < places
                    || rivals.stream().anyMatch(other -> other.address().equals(peer.address()));
            return fits ? Optional.empty() : Optional.of("the table is full: " + places + " " + kind);
        }
    }

    /** A table for everybody. */
    public PeerTable(Peer self, PeerStore store) {
        this(self, store, Rules.OPEN);
    }

    /**
     * A table of the peers that a store remembers.
     *
     * @param self the node whose table this is; it is never in it
     */
    public PeerTable(Peer self, PeerStore store, Rules rules) {
        this.self = self;
        this.store = store;
        this.rules = rules;
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

    /** {@return whether the id and the address of a peer are known; what says it runs this program is new if that is not} */
    public boolean knows(Peer peer) {
        Peer known = peers.get(peer.id());
        return known != null
                && known.address().equals(peer.address())
                && (known.runsThisProgram() || !peer.runsThisProgram());
    }

    /** Replaces all peers. */
    public void replace(List<Peer> all) {
        peers.clear();
        all.forEach(peer -> peers.put(peer.id(), peer));
        store.write(peers());
    }

    /** Forgets a peer. */
    public void forget(PeerId id) {
        if (peers.remove(id) != null) {
            store.write(peers());
        }
    }

    /** {@return whether the id of a peer is this node's, or is known at another address} */
    public boolean contradicts(Peer peer) {
        Peer known = peers.get(peer.id());
        return peer.id().equals(self.id()) || known != null && !known.address().equals(peer.address());
    }

    /** {@return how many nodes the network has, this one included: at least 1} */
    public int members() {
        return peers.size() + 1;
    }

    /** {@return how many of some members must agree, so that any two quorums share a member: more than half} */
    public static int quorumOf(int members) {
        return members / 2 + 1;
    }

    /** {@return why a peer cannot be registered, or nothing if all is well; the table stays as it is} */
    public Optional<Reply.Refusal> objection(Peer peer) {
        Optional<String> objection = peer.id().equals(self.id())
                ? Optional.of("the id " + peer.id() + " is this node's own")
                : peer.address().equals(self.address())
                        ? Optional.of("the address " + peer.address() + " is this node's own")
                        : rules.objection(peer, peers());
        return objection.map(Reply.Refusal::new);
    }

    /**
     * Registers a peer that introduces itself or is introduced. A peer with a new id at a known address takes the place of the
     * one that was there: only one node can listen at an address, so the old one is gone.
     *
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
