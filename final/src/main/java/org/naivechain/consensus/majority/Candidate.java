package org.naivechain.consensus.majority;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.naivechain.ledger.Batch;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;

/**
 * Phase 1 of Paxos: a member asks all others to promise that they will vote under no lower ballot. With the promises of a
 * quorum it knows everything that may have been decided. It makes its own promise last, so that a member that reaches no
 * quorum does not outbid a proposer that does. When the members change it is over: what comes next is decided by a quorum of
 * the new ones. For the node's thread only.
 */
final class Candidate {
    private final Map<PeerId, BallotReply.Promised> promises = new HashMap<>();
    private final LedgerContext context;
    private final Ledger ledger;
    private final Acceptor acceptor;
    private final Ballot ballot;
    private final long run;
    private final IntUnaryOperator quorumOf;
    private final Events events;
    private boolean over;

    /** Who wants to know how it goes. */
    interface Events {
        /** So many promises that with this node's own they are a quorum; told once. */
        void promised(Candidate candidate);

        /** Somebody has promised a higher ballot. */
        void outbid(Ballot higher);

        /** Others know of decisions that this node does not. */
        void ahead();
    }

    Candidate(
            LedgerContext context,
            Acceptor acceptor,
            Ballot ballot,
            long run,
            IntUnaryOperator quorumOf,
            Events events) {
        this.run = run;
        this.context = context;
        this.ledger = context.ledger();
        this.acceptor = acceptor;
        this.ballot = ballot;
        this.quorumOf = quorumOf;
        this.events = events;
    }

    Ballot ballot() {
        return ballot;
    }

    void open() {
        var prepare = new BallotCommand.Prepare(ballot, ledger.position(), Optional.of(run));
        for (Peer peer : ledger.membership().others(context.peers().self().id())) {
            context.network().send(peer.address(), prepare, outcome -> answered(peer, outcome));
        }
        conclude();
    }

    private void answered(Peer peer, Outcome outcome) {
        if (outcome instanceof BallotReply.Promised promised) {
            promises.put(peer.id(), promised);
            conclude();
        } else if (outcome instanceof BallotReply.Outbid outbid) {
            events.outbid(outbid.promised());
        } else if (outcome instanceof BallotReply.Ahead) {
            events.ahead();
        } else if (outcome instanceof Reply.Refusal) {
            context.complaints().log("{} does not promise: {}", peer, outcome);
        }
    }

    private void conclude() {
        if (!over
                && promises.size() + 1
                        >= quorumOf.applyAsInt(ledger.membership().size())) {
            over = true;
            events.promised(this);
        }
    }

    /** How far the decisions reach that any of those knows that promised: this node must know as much before it proposes. */
    Position position() {
        return promises.values().stream()
                .map(BallotReply.Promised::position)
                .max(Comparator.naturalOrder())
                .orElseGet(ledger::position);
    }

    /**
     * What must be proposed first, because it may have been decided: the vote under the highest ballot, and of several
     * batches under that the last, as a proposer goes on to the next batch only when the one before is decided.
     */
    Optional<Batch> inherited() {
        Stream<Vote> others =
                promises.values().stream().map(BallotReply.Promised::vote).flatMap(Optional::stream);
        return Stream.concat(others, acceptor.vote().stream())
                .max(Comparator.comparing(Vote::ballot)
                        .thenComparing(vote -> vote.batch().end()))
                .flatMap(vote -> acceptor.beyond(vote.batch()));
    }
}
