package org.naivechain.consensus.majority;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.naivechain.ledger.Addition;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.Reply;

/**
 * Hands what this node's users want to add ({@link PendingAdds}) to the proposer, this node or another: one message at a time, and
 * again if it seems lost. For the node's thread only.
 */
final class Forwarding {
    /** A message that is not answered within this time is taken for lost. */
    private static final Duration LOST = Duration.ofSeconds(1);

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int MAX_SUBMIT = 1_000;
    private static final int MAX_SUBMIT_BYTES = 512 * 1024;

    private final LedgerContext context;
    private final PendingAdds adds;
    private final Election election;
    private Optional<Submission> submission = Optional.empty();
    private boolean planned;

    Forwarding(LedgerContext context, PendingAdds adds, Election election) {
        this.context = context;
        this.adds = adds;
        this.election = election;
        election.whenHeardOf(this::soon);
    }

    /** Hands over what waits. Requests of the same moment go in one message: the timer runs after all of them. */
    void soon() {
        if (!planned && adds.hasUnsent()) {
            planned = true;
            context.time().after(Duration.ZERO, () -> {
                planned = false;
                forward();
            });
        }
    }

    private void forward() {
        Optional<Proposer> own = election.ownProposer();
        Optional<Peer> other = election.otherProposer();
        if (own.isEmpty() && (other.isEmpty() || isWaitingForAnAnswer())) {
            return;
        }
        List<Addition> additions = adds.takeUnsent(MAX_SUBMIT_BYTES, MAX_SUBMIT);
        if (additions.isEmpty()) {
            return;
        }
        if (own.isEmpty()) {
            submit(additions, other.get());
        } else if (own.get().take(additions) instanceof Reply.Ack) {
            soon();
        } else {
            tryAgain(additions);
        }
    }

    private boolean isWaitingForAnAnswer() {
        return submission.filter(open -> open.under.equals(election.ballot())).isPresent();
    }

    /** What is added until it is answered, or seems lost, gathers for the next message. */
    private void submit(List<Addition> additions, Peer proposer) {
        Submission sent = new Submission(election.ballot(), additions);
        submission = Optional.of(sent);
        adds.handedOver(additions);
        var submit = new BallotCommand.Submit(additions);
        context.network().send(proposer.address(), submit, outcome -> conclude(sent, outcome instanceof Reply.Ack));
        context.time().after(LOST, () -> conclude(sent, false));
    }

    private void conclude(Submission sent, boolean taken) {
        if (submission.filter(open -> open == sent).isEmpty()) {
            return;
        }
        submission = Optional.empty();
        // Under another ballot everything was sent again anyway.
        if (!taken && sent.under.equals(election.ballot())) {
            tryAgain(sent.additions);
        }
        soon();
    }

    /** What was handed over to the proposer of a ballot and is not answered yet. */
    private record Submission(Ballot under, List<Addition> additions) {}

    private void tryAgain(List<Addition> additions) {
        context.time().after(PAUSE, () -> {
            adds.sendAgain(additions);
            soon();
        });
    }
}
