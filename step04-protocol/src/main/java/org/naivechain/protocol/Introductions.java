package org.naivechain.protocol;

import java.util.List;
import org.slf4j.Logger;

/**
 * How members come to know each other. Who registers a peer that is new to it introduces it to all others and introduces
 * itself to it, so that two nodes that join at the same moment, through whatever members, hear of each other; a peer that is
 * known already causes nothing, so that it ends. Where the members are agreed on, only nodes of the original are introduced.
 * For the node's thread only.
 */
final class Introductions {
    private static final Reply MUST_JOIN = new Reply.Refusal("the members are agreed on here: join with NEW_PEER_JOIN");

    private final Ledger ledger;
    private final PeerTable peers;
    private final Network network;
    private final Logger log;
    private final Complaints complaints;

    Introductions(NodeContext context) {
        this.ledger = context.ledger();
        this.peers = context.peers();
        this.network = context.network();
        this.log = context.log();
        this.complaints = context.complaints();
    }

    /** Registers a peer that introduces itself or is introduced, and spreads the word if it is new. */
    Reply register(Peer peer) {
        boolean known = peers.knows(peer);
        if (peer.runsThisProgram() && ledger.areMembersAgreed()) {
            return known ? Reply.ACK : MUST_JOIN;
        }
        Reply reply = peers.register(peer);
        if (reply instanceof Reply.Refusal refusal) {
            complaints.log("Refused to register {}: {}", peer, refusal);
        } else if (!known) {
            log.info("Peer {} registered; the network has {} members", peer, peers.members());
            spread(peer);
            introduceSelf(peer);
        }
        return reply;
    }

    /** Introduces a peer to all others. */
    void spread(Peer newcomer) {
        List<Peer> others = peers.peers();
        others.stream().filter(other -> !other.equals(newcomer)).forEach(other -> introduce(newcomer, other));
    }

    /** Introduces this node to a peer. */
    void introduceSelf(Peer to) {
        introduce(peers.self(), to);
    }

    private void introduce(Peer who, Peer to) {
        var introduction = new Command.AddPeer(
                who.id(), who.address().host(), who.address().port(), Command.voter(who));
        network.send(to.address(), introduction, outcome -> {
            if (!(outcome instanceof Reply.Ack)) {
                complaints.log("{} did not take the introduction of {}: {}", to, who, outcome);
            }
        });
    }
}
