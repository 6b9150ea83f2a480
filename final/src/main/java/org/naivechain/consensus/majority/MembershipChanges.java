package org.naivechain.consensus.majority;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.naivechain.ledger.Change;
import org.naivechain.ledger.Ledger;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Time;

/**
 * Changes of the members that this node asks for: handed to whoever is the proposer, again and again, until this node's
 * own ledger says that it is so, or patience ends. To make the same change twice does no harm. A node that moves is removed first
 * where it was, and admitted where it is as a second change. For the node's thread only.
 */
final class MembershipChanges {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration PAUSE = Duration.ofMillis(250);
    /** What is not answered within this time is asked again. */
    private static final Duration LOST = Duration.ofSeconds(2);

    private static final int MAX_WAITING = 100;

    private final List<Amendment> waiting = new ArrayList<>();
    private final Member member;
    private final Ledger ledger;
    private final Time time;
    private final Election election;

    MembershipChanges(Member member, Election election) {
        this.member = member;
        this.ledger = member.ledger();
        this.time = member.context().time();
        this.election = election;
    }

    /** Looks which changes are made, after the members have changed. */
    void look() {
        List.copyOf(waiting).forEach(Amendment::look);
    }

    void begin(Change change, Consumer<Reply> then) {
        if (waiting.size() >= MAX_WAITING) {
            then.accept(new Reply.Refusal(MAX_WAITING + " changes of the members are waiting, try again later"));
            return;
        }
        Amendment amendment = new Amendment(change, then);
        waiting.add(amendment);
        amendment.look();
        amendment.proceed();
    }

    void stop(String reason) {
        List.copyOf(waiting).forEach(amendment -> amendment.conclude(new Reply.Refusal(reason)));
    }

    /** One request. */
    private final class Amendment {
        private final Change change;
        private final boolean isOwnEnd;
        private final Consumer<Reply> then;
        private final Instant deadline = time.now().plus(PATIENCE);
        private String reason = "no majority of the members could be reached";
        /** This node proposes its own end, and is told when the others know it. */
        private boolean handedToItself;

        private Instant nextAttempt = Instant.MIN;
        private boolean over;

        Amendment(Change change, Consumer<Reply> then) {
            this.change = change;
            this.isOwnEnd = change.equals(Change.remove(member.self()));
            this.then = then;
        }

        /** Concludes, if it is so already or can never be so. A proposer that leaves must wait until those that stay know it. */
        void look() {
            if (handedToItself && !ledger.membership().contains(change.peer())) {
                return;
            }
            try {
                if (ledger.membership().after(next(), ledger.chain().length()).isEmpty()) {
                    conclude(Reply.ACK);
                }
            } catch (IllegalArgumentException e) {
                conclude(new Reply.Refusal(e.getMessage()));
            }
        }

        private Change next() {
            return change.kind() == Change.Kind.REMOVE
                    ? change
                    : ledger.membership()
                            .inTheWayOf(change.peer())
                            .map(Change::remove)
                            .orElse(change);
        }

        void proceed() {
            if (over) {
                return;
            }
            if (!time.now().isBefore(deadline)) {
                conclude(new Reply.Refusal("no quorum: to " + change + " was not agreed on within "
                        + PATIENCE.toSeconds() + " s (" + reason + "); try again later"));
            } else if (!time.now().isBefore(nextAttempt)) {
                attempt();
            }
            time.after(PAUSE, this::proceed);
        }

        private void attempt() {
            if (election.proposer().isEmpty()) {
                return;
            }
            nextAttempt = time.now().plus(LOST);
            if (change.kind() == Change.Kind.REMOVE) {
                handOver();
                return;
            }
            // A node that has gone meanwhile must not become a member: it would count and never vote.
            Peer joiner = change.peer();
            member.send(joiner, new PeerCommand.Ping(), outcome -> {
                if (outcome instanceof Reply.Pong pong && pong.peerId().equals(joiner.id())) {
                    handOver();
                } else {
                    reason = joiner + " does not answer";
                }
            });
        }

        private void handOver() {
            if (over) {
                return;
            }
            election.ownProposer()
                    .ifPresentOrElse(
                            own -> {
                                handedToItself = isOwnEnd;
                                own.take(next(), this::answered);
                            },
                            () -> election.otherProposer()
                                    .ifPresent(other ->
                                            member.send(other, new BallotCommand.Amend(next()), this::answered)));
        }

        /** That it is so shows in the ledger; but a node that is no member any more may not hear that. */
        private void answered(Outcome outcome) {
            nextAttempt = time.now();
            if (!(outcome instanceof Reply.Ack)) {
                reason = outcome.toString();
            } else if (isOwnEnd) {
                conclude(Reply.ACK);
            }
        }

        private void conclude(Reply reply) {
            if (!over) {
                over = true;
                waiting.remove(this);
                then.accept(reply);
            }
        }
    }
}
