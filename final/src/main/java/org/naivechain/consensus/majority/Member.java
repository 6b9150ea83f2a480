package org.naivechain.consensus.majority;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.naivechain.consensus.MinMembers;
import org.naivechain.ledger.BlockFetcher;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerId;

/**
 * This node among the members, as the last decided membership says. For the node's thread only.
 *
 * @param run a number unlike that of any other run of the program, also of a node with the same id
 * @param quorumOf how many of so many members are a quorum: any two quorums must share a member
 */
record Member(
        LedgerContext context,
        BlockFetcher fetcher,
        Acceptor acceptor,
        long run,
        MinMembers minMembers,
        IntUnaryOperator quorumOf) {
    Ledger ledger() {
        return context.ledger();
    }

    Peer self() {
        return context.peers().self();
    }

    PeerId id() {
        return self().id();
    }

    /** Whether this node, at its address, is one of the members. */
    boolean belongs() {
        return ledger().membership().contains(self());
    }

    List<Peer> others() {
        return ledger().membership().others(id());
    }

    Optional<Peer> other(PeerId id) {
        return ledger().membership().find(id).filter(peer -> !id.equals(id()));
    }

    int quorum() {
        return quorumOf.applyAsInt(ledger().membership().size());
    }

    /** Why there are too few members to add data. */
    Optional<String> tooFew() {
        return minMembers.objection(ledger().membership().size(), self().address());
    }

    void send(Peer to, Command command, Consumer<Outcome> then) {
        context.network().send(to.address(), command, then);
    }
}
