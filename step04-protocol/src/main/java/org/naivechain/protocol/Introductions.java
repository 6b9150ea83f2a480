package org.naivechain.protocol;

import java.util.function.Predicate;

/** How members come to know each other. For the node's thread only. */
final class Introductions {
    /** Said only where a later layer's policy does not take a node by its introduction. */
    private static final Reply MUST_JOIN = new Reply.Refusal("the members are agreed on here: join with NEW_PEER_JOIN");

    private final NodeContext context;
    private final Predicate<Peer> byIntroduction;

    Introductions(NodeContext context, Predicate<Peer> byIntroduction) {
        this.context = context;
        this.byIntroduction = byIntroduction;
    }

    /** Registers a peer that introduces itself or is introduced, and spreads the word if it is new. */
    Reply register(Peer peer) {
        boolean known = context.peers().knows(peer);
        if (!byIntroduction.test(peer)) {
            return known ? Reply.ACK : MUST_JOIN;
        }
        Reply reply = context.peers().register(peer);
        if (reply instanceof Reply.Refusal refusal) {
            context.complaints().log("Refused to register {}: {}", peer, refusal);
        } else if (!known) {
            context.log()
                    .info(
                            "Peer {} registered; the network has {} members",
                            peer,
                            context.peers().members());
            spread(peer);
            introduceSelf(peer);
        }
        return reply;
    }

    /** Introduces a peer to all others. */
    void spread(Peer newcomer) {
        context.peers().peers().stream()
                .filter(other -> !other.equals(newcomer))
                .forEach(other -> introduce(newcomer, other));
    }

    /** Introduces this node to a peer. */
    void introduceSelf(Peer to) {
        introduce(context.peers().self(), to);
    }

    private void introduce(Peer who, Peer to) {
        context.network().send(to.address(), new PeerCommand.AddPeer(who), outcome -> {
            if (!(outcome instanceof Reply.Ack)) {
                context.complaints().log("{} did not take the introduction of {}: {}", to, who, outcome);
            }
        });
    }
}
