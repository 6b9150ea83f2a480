package org.naivechain.consensus.majority;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.naivechain.ledger.Batch;
import org.naivechain.ledger.Ledger;
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
    private final Member member;
    private final Ledger ledger;
    private final Ballot ballot;
    private final Election election;
    private boolean over;

    Candidate(Member member, Ballot ballot, Election election) {
        this.member = member;
        this.ledger = member.ledger();
        this.ballot = ballot;
        this.election = election;
    }

    Ballot ballot() {
        return ballot;
    }

    /** Phase 1a. */
    void open() {
        var prepare = new BallotCommand.Prepare(ballot, ledger.position(), Optional.of(member.run()));
        member.others().forEach(peer -> member.send(peer, prepare, outcome -> answered(peer, outcome)));
        conclude();
    }

    private void answered(Peer peer, Outcome outcome) {
        if (outcome instanceof BallotReply.Promised promised) {
            promises.put(peer.id(), promised);
            conclude();
        } else if (outcome instanceof BallotReply.Outbid outbid) {
            election.outbid(outbid.promised());
        } else if (outcome instanceof BallotReply.Ahead) {
            member.fetcher().catchUp();
        } else if (outcome instanceof Reply.Refusal) {
            member.context().complaints().log("{} does not promise: {}", peer, outcome);
        }
    }

    private void conclude() {
        if (!over && promises.size() + 1 >= member.quorum()) {
            over = true;
            election.promised(this);
        }
    }

    /** How far the decisions reach of which any member knows that promised: this node must have them before it proposes. */
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
        return Stream.concat(others, member.acceptor().vote().stream())
                .max(Comparator.comparing(Vote::ballot)
                        .thenComparing(vote -> vote.batch().end()))
                .flatMap(vote -> member.acceptor().beyond(vote.batch()));
    }
}
