package org.naivechain.consensus.majority;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.naivechain.ledger.Batch;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.ledger.Membership;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerId;

/**
 * Which member is the proposer. A member that hears of none stands as a {@link Candidate} (phase 1 of Paxos), after a time that
 * chance decides, so that seldom two ask at once. With the promises of a quorum it is the {@link Proposer} (phase 2), until
 * somebody uses a higher ballot, or it hears of no quorum any more. For the node's thread only.
 */
final class Election {
    /** A proposer that was heard of within this time is taken for present. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    /** Most candidates win at once, and say so. */
    private static final int WORTH_A_WORD = 2;

    /** Rounds run out if somebody leaps to the last. Where the network is already a newcomer cannot know. */
    private static final long MAX_LEAP = 1_000_000;

    private final Member member;
    private final LedgerContext context;
    private final Ledger ledger;
    private final Learner learner;
    private final Callback callback;
    private final Resumption resumption;
    private final PendingAdds adds;
    private final Readers readers;
    private Runnable whenHeardOf = () -> {};

    private Optional<Candidate> candidate = Optional.empty();
    private Optional<Proposer> ownProposer = Optional.empty();
    private Optional<String> stopped = Optional.empty();
    /** The ballot of the proposer that was heard of last; that of {@link #ownProposer}, if this node is the proposer. */
    private Ballot current = Ballot.NONE;
    /** The highest ballot that was heard of, whoever used it. */
    private Ballot highest;
    /** Whether that ballot tells where the rounds of the network are: one that this node only asked for does not. */
    private boolean knowsRounds;

    private Instant lastHeard = Instant.MIN;
    private boolean takenPart;
    private boolean hasOthers;
    /** How often this node has stood since it heard of a proposer. */
    private int stands;

    Election(Member member, Learner learner, Callback callback, Resumption resumption, PendingAdds adds) {
        this.member = member;
        this.context = member.context();
        this.ledger = member.ledger();
        this.learner = learner;
        this.callback = callback;
        this.resumption = resumption;
        this.adds = adds;
        this.readers = new Readers(context);
        this.highest = member.acceptor().promised();
        this.knowsRounds = !highest.equals(Ballot.NONE) && !highest.proposer().equals(member.id());
    }

    /** Begins to wait for a proposer. */
    void begin() {
        waitForAProposer(FIRST_WAIT);
    }

    /** Calls back whenever a proposer is heard of, or this node becomes it. */
    void whenHeardOf(Runnable then) {
        whenHeardOf = then;
    }

    // Who is the proposer.

    /** This node itself as the proposer. */
    Optional<Proposer> ownProposer() {
        return ownProposer;
    }

    /** The proposer, if it is another member and was heard of lately. */
    Optional<Peer> otherProposer() {
        return hearsOfAProposer() ? member.other(current.proposer()) : Optional.empty();
    }

    Optional<PeerId> proposer() {
        return ownProposer.isPresent()
                ? Optional.of(member.id())
                : otherProposer().map(Peer::id);
    }

    /** The proposer that another candidate must not unseat. */
    Optional<PeerId> proposerOtherThan(PeerId candidate) {
        return isThereAProposer()
                ? Optional.of(current.proposer()).filter(proposer -> !proposer.equals(candidate))
                : Optional.empty();
    }

    /** The ballot of the proposer that was heard of last. */
    Ballot ballot() {
        return current;
    }

    private boolean isThereAProposer() {
        return ownProposer.isPresent() || hearsOfAProposer();
    }

    private boolean hearsOfAProposer() {
        return lastHeard.isAfter(context.time().now().minus(SILENCE));
    }

    /** Takes in that a proposer has spoken. */
    void heardOf(Ballot ballot) {
        if (current.outbids(ballot)) {
            return;
        }
        member.other(ballot.proposer()).ifPresent(proposer -> callback.heardOf(ballot, proposer));
        if (callback.isAnswered()) {
            lastHeard = context.time().now();
            stands = 0;
        }
        noteUsed(ballot);
        if (!ballot.equals(current)) {
            current = ballot;
            candidate = Optional.empty();
            stopProposing(ballot + " is higher");
            adds.sendAllAgain();
        }
        whenHeardOf.run();
    }

    /** Takes in that a member uses a ballot: the next one of this node must be higher. */
    void noteUsed(Ballot ballot) {
        highest = highest.max(ballot);
        knowsRounds = true;
    }

    Optional<String> objectionToLeap(Ballot ballot) {
        return knowsRounds && ballot.round() - MAX_LEAP > highest.round()
                ? Optional.of("the round " + ballot.round() + " is too far beyond " + highest.round()
                        + ", the highest that was heard of")
                : Optional.empty();
    }

    // Standing as a candidate.

    private void waitForAProposer(Duration least) {
        long millis = least.toMillis();
        Duration wait = Duration.ofMillis(millis + context.random().nextLong(millis));
        context.time().after(wait, () -> {
            if (stopped.isEmpty()) {
                if (!isThereAProposer()) {
                    stand();
                }
                waitForAProposer(SILENCE);
            }
        });
    }

    /** Phase 1a. */
    private void stand() {
        if (context.chain().lostEnd().isPresent() || !member.belongs() || !resumption.mayVote()) {
            return;
        }
        highest = highest.next(member.id());
        stands++;
        if (stands == WORTH_A_WORD) {
            context.log().info("No proposer is heard of; asking the members for a majority");
        }
        Candidate begun = new Candidate(member, highest, this);
        candidate = Optional.of(begun);
        begun.open();
    }

    /**
     * The candidate has so many promises that with this node's own they are a quorum. Only when its own is durable may it
     * propose: it would not know of it after a crash.
     */
    void promised(Candidate won) {
        if (isCurrent(won) && member.acceptor().promise(won.ballot()) instanceof BallotReply.Promised) {
            context.durability().whenDurable(() -> catchUpAndPropose(won, false));
        }
    }

    private boolean isCurrent(Candidate won) {
        return candidate.filter(own -> own == won).isPresent();
    }

    private void catchUpAndPropose(Candidate won, boolean tried) {
        if (!isCurrent(won)) {
            return;
        }
        if (ledger.position().reaches(won.position())) {
            propose(won);
        } else if (!tried) {
            member.fetcher().catchUp(() -> catchUpAndPropose(won, true));
        }
    }

    /** A member has promised a higher ballot. */
    void outbid(Ballot higher) {
        noteUsed(higher);
        candidate = Optional.empty();
        stopProposing("a member has promised the ballot " + higher);
    }

    // Being the proposer.

    /** From now on this node runs phase 2, and begins with what may have been decided already. */
    private void propose(Candidate won) {
        takenPart = true;
        if (ledger.membership().size() > 1) {
            context.log().info("This node is the proposer now, under the ballot {}", won.ballot());
        }
        candidate = Optional.empty();
        stands = 0;
        current = won.ballot();
        knowsRounds = true;
        Proposer begun = new Proposer(member, won.ballot(), this, adds);
        ownProposer = Optional.of(begun);
        begun.begin(won.inherited());
        adds.sendAllAgain();
        whenHeardOf.run();
    }

    /** A quorum has voted for the batch of this node's own proposer. */
    void decided(Batch batch) {
        learner.append(batch);
        readers.tell();
    }

    void stopProposing(String reason) {
        if (ownProposer.isPresent()) {
            context.log().info("This node is not the proposer any more: {}", reason);
            endOwnProposer();
        }
    }

    private void endOwnProposer() {
        ownProposer.ifPresent(own -> {
            own.end();
            ownProposer = Optional.empty();
            adds.sendAllAgain();
        });
    }

    // Taking part.

    /** A candidate asks the members of the moment at which it stood. */
    void membersChanged(Membership membership) {
        candidate = Optional.empty();
        if (membership.version() == 0) {
            knowsRounds = false;
        }
        boolean hadOthers = hasOthers;
        hasOthers = member.belongs() && membership.size() > 1;
        if (!member.belongs()) {
            // A node that was alone and joins a network has lost nothing.
            if (hadOthers && takenPart) {
                context.log().info("This node is not a member any more; it joins again when it starts again");
                stopProposing("it is no member");
            }
            endOwnProposer();
        }
    }

    /** A proposer counts this node among the members. */
    void noteTakenPart() {
        takenPart = true;
    }

    /** Whether this node has taken part in decisions since it started. */
    boolean hasTakenPart() {
        return takenPart;
    }

    /** Why this node takes part in nothing any more. */
    Optional<String> stopped() {
        return stopped;
    }

    void stop(String reason) {
        stopped = Optional.of(reason);
        candidate = Optional.empty();
        ownProposer.ifPresent(Proposer::end);
        ownProposer = Optional.empty();
    }
}
