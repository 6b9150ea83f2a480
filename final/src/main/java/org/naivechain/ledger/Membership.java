package org.naivechain.ledger;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerTable;

/**
 * Who votes. The members agree on it as they agree on blocks, and it changes by one member at a time, so that any majority of
 * one version shares a member with any majority of the next (Ongaro, <i>Consensus</i>, 2014, section 4.1).
 *
 * @param version counts the memberships of a network from 1 on; 0 says that the members are not agreed on
 * @param from how many blocks were decided before: these members decide on the block with this index and on those after it
 * @param members nodes of this program, each once
 */
public record Membership(
        @JsonProperty(value = "version", required = true) long version,
        @JsonProperty(value = "from", required = true) long from,
        @JsonProperty(value = "members", required = true) List<Peer> members) {
    /** The most members of a network: each speaks with each. */
    public static final int MAX_MEMBERS = PeerTable.MAX_PEERS + 1;

    /** No member, and so nobody who could decide: what a node has before it belongs to a network. */
    public static final Membership NONE = new Membership(0, 0, List.of());

    /**
     * Takes a membership that a member named.
     *
     * @throws IllegalArgumentException if it names too many members, one twice, or nodes that cannot vote
     */
    public Membership {
        if (version < 0 || from < 0 || members.isEmpty() != (version == 0) || members.size() > MAX_MEMBERS) {
            throw new IllegalArgumentException("a membership has a version, and 1 to " + MAX_MEMBERS
                    + " members: version=" + version + ", from=" + from + ", members=" + members.size());
        }
        members = List.copyOf(members);
        Set<Object> taken = new HashSet<>();
        for (Peer member : members) {
            if (!member.runsThisProgram() || !taken.add(member.id()) || !taken.add(member.address())) {
                throw new IllegalArgumentException(
                        "members are nodes of this program, and share neither id nor address: " + member);
            }
        }
    }

    /**
     * Whether a node is a member.
     *
     * @return true if it votes
     */
    public boolean contains(PeerId id) {
        return find(id).isPresent();
    }

    /**
     * Whether a node is the member that the others agreed on. A copy of a member's data that runs elsewhere is not.
     *
     * @return true if there is a member with its id and its address
     */
    public boolean contains(Peer node) {
        return find(node.id()).map(Peer::address).filter(node.address()::equals).isPresent();
    }

    /**
     * A member.
     *
     * @return the member, if it is one
     */
    public Optional<Peer> find(PeerId id) {
        return members.stream().filter(member -> member.id().equals(id)).findFirst();
    }

    /** The members that one of them speaks with. */
    public List<Peer> others(PeerId self) {
        return members.stream().filter(member -> !member.id().equals(self)).toList();
    }

    /** {@return how many members there are: 0 only if the members are not agreed on} */
    public int size() {
        return members.size();
    }

    /**
     * Who must go before a node can be a member: an id belongs to one node, and only one node can listen at an address.
     *
     * @return the member that has its id at another address, or its address with another id
     */
    public Optional<Peer> inTheWayOf(Peer peer) {
        return members.stream()
                .filter(member ->
                        member.id().equals(peer.id()) != member.address().equals(peer.address()))
                .findFirst();
    }

    /**
     * The members after a change.
     *
     * @return the next membership, which differs by one member; nothing if all is as wanted
     * @throws IllegalArgumentException if the change is none that can be made; the message says why
     */
    public Optional<Membership> after(Change change, long length) {
        Peer peer = change.peer();
        if (contains(peer) == (change.kind() == Change.Kind.ADD)) {
            return Optional.empty();
        }
        return Optional.of(change.kind() == Change.Kind.ADD ? with(peer, length) : without(peer, length));
    }

    private Membership with(Peer peer, long length) {
        if (members.size() >= MAX_MEMBERS) {
            throw new IllegalArgumentException("the network has " + MAX_MEMBERS + " members, which is the limit");
        }
        inTheWayOf(peer).ifPresent(member -> {
            throw new IllegalArgumentException(
                    member + " is a member, and must be removed before " + peer + " can come");
        });
        List<Peer> more = new ArrayList<>(members);
        more.add(peer);
        return new Membership(version + 1, length, more);
    }

    private Membership without(Peer member, long length) {
        if (members.size() == 1) {
            throw new IllegalArgumentException("the last member cannot leave: " + member);
        }
        return new Membership(version + 1, length, others(member.id()));
    }

    @Override
    public String toString() {
        return "membership " + version + " from block " + from + " on: " + members;
    }
}
