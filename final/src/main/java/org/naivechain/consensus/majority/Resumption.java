package org.naivechain.consensus.majority;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.Membership;
import org.naivechain.ledger.Position;
import org.naivechain.ledger.Tip;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerId;

/**
 * Asks the other members how far they know this node to have been before it started. It votes when so many have answered that
 * they are a quorum together with it. If it was further than its store says, an old copy of the store was put back, and the
 * votes that are missing from it must not be cast again. The copy may be older than the node's membership: so a node that
 * becomes a member asks, too. Until it has heard, it tells nobody how far it has come since. For the node's thread only.
 */
final class Resumption {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Set<PeerId> answered = new HashSet<>();
    private final Member member;
    private final Consumer<String> outdated;
    /** What this node had when it started. */
    private final Position had;

    private boolean over;

    /** With whom to tell why the store is an old copy, once. */
    Resumption(Member member, Consumer<String> outdated) {
        this.member = member;
        this.outdated = outdated;
        KeptChain chain = member.ledger().chain();
        long lost = chain.lostEnd().map(Tip::length).orElse(0L);
        this.had = new Position(
                Math.max(lost, chain.length()), member.ledger().membership().version());
    }

    /** Whether this node may vote, if it is a member; one that stands alone has nobody to ask. */
    boolean mayVote() {
        return over || member.others().isEmpty();
    }

    /** Whether enough others have answered. */
    boolean isOver() {
        return over;
    }

    void askAgainLater() {
        member.context().time().after(PAUSE, () -> {
            if (!over) {
                ask();
                askAgainLater();
            }
        });
    }

    /** Asks those that have not answered yet. */
    void ask() {
        count();
        if (over) {
            return;
        }
        var question = new BallotCommand.Identify(member.id());
        member.others().stream()
                .filter(other -> !answered.contains(other.id()))
                .forEach(other -> member.send(other, question, outcome -> hear(other, outcome)));
    }

    private void hear(Peer other, Outcome outcome) {
        if (over || !Callback.isFrom(other, outcome)) {
            return;
        }
        // What it has fetched since it started says nothing of its votes.
        if (outcome instanceof BallotReply.Identified identified && !had.reaches(identified.known())) {
            over = true;
            outdated.accept("its store is an old copy: it ends at " + had + ", and " + other
                    + " knows this node to have been at " + identified.known());
            return;
        }
        answered.add(other.id());
        count();
    }

    /** The members may change meanwhile; a member that stands alone asks when it has joined others. */
    private void count() {
        Membership membership = member.ledger().membership();
        long there = answered.stream().filter(membership::contains).count();
        over |= membership.size() > 1 && member.belongs() && there + 1 >= member.quorum();
    }
}
