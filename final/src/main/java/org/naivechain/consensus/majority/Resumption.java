package org.naivechain.consensus.majority;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.ledger.Membership;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;

/**
 * Asks the other members how far they know this node to have been before it started. It votes when so many have answered that
 * they are a quorum together with it. If it was further than its store says, an old copy of the store was put back, and the
 * votes that are missing from it must not be cast again. The copy may be older than the node's membership: so who becomes a
 * member asks, too. Until it has heard, it tells nobody how far it has come since. For the node's thread only.
 */
final class Resumption {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Set<PeerId> answered = new HashSet<>();
    private final LedgerContext context;
    private final Ledger ledger;
    private final PeerId self;
    private final IntUnaryOperator quorumOf;
    private final Consumer<String> outdated;
    /** What this node had when it started; what it has fetched since says nothing of its votes. */
    private final Position had;

    private boolean over;

    /** With whom to tell why the store is an old copy, once. */
    Resumption(LedgerContext context, IntUnaryOperator quorumOf, Consumer<String> outdated) {
        this.context = context;
        this.ledger = context.ledger();
        this.self = context.peers().self().id();
        this.quorumOf = quorumOf;
        this.outdated = outdated;
        long length = ledger.chain()
                .lostEnd()
                .map(tip -> Math.max(tip.length(), ledger.chain().length()))
                .orElse(ledger.chain().length());
        this.had = new Position(length, ledger.membership().version());
        ledger.tellMembers(members -> ask());
        askUntilOver();
    }

    /** Whether this node may vote, if it is a member; who stands alone has nobody to ask. */
    boolean mayVote() {
        return over || others().isEmpty();
    }

    /** Whether enough others have answered. */
    boolean isOver() {
        return over;
    }

    private List<Peer> others() {
        return ledger.membership().others(self);
    }

    private void askUntilOver() {
        if (!over) {
            ask();
            context.time().after(PAUSE, this::askUntilOver);
        }
    }

    private void ask() {
        count();
        if (over) {
            return;
        }
        var question = new BallotCommand.Identify(self);
        others().stream()
                .filter(other -> !answered.contains(other.id()))
                .forEach(other -> context.network().send(other.address(), question, outcome -> hear(other, outcome)));
    }

    private void hear(Peer other, Outcome outcome) {
        if (over) {
            return;
        }
        if (outcome instanceof BallotReply.Identified identified) {
            if (!identified.peerId().equals(other.id())) {
                return;
            }
            if (!had.reaches(identified.known())) {
                over = true;
                outdated.accept("its store is an old copy: it ends at " + had + ", and " + other
                        + " knows this node to have been at " + identified.known());
                return;
            }
        } else if (!(outcome instanceof Reply)) {
            return;
        }
        // A node of the version before refuses the question: it knows nothing.
        answered.add(other.id());
        count();
    }

    /** The members may change meanwhile; who stands alone asks when it has joined others. */
    private void count() {
        Membership membership = ledger.membership();
        long there = answered.stream().filter(membership::contains).count();
        over |= membership.size() > 1
                && membership.contains(context.peers().self())
                && there + 1 >= quorumOf.applyAsInt(membership.size());
    }
}
