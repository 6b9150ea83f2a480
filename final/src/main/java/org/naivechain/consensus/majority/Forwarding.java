package org.naivechain.consensus.majority;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.naivechain.ledger.Addition;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.Reply;

/**
 * The way of what this node's users want to add ({@link PendingAdds}) to whoever is the proposer, this node or another: one message
 * at a time, and again if it seems lost. For the node's thread only.
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

    /** What is asked for at the same moment goes in one message. */
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
        context.network()
                .send(
                        proposer.address(),
                        new BallotCommand.Submit(additions),
                        outcome -> conclude(sent, outcome instanceof Reply.Ack));
        context.time().after(LOST, () -> conclude(sent, false));
    }

    private void conclude(Submission sent, boolean taken) {
        if (sent.over) {
            return;
        }
        sent.over = true;
        submission = submission.filter(open -> open != sent);
        // Under another ballot everything was sent again anyway.
        if (!taken && sent.under.equals(election.ballot())) {
            tryAgain(sent.additions);
        }
        soon();
    }

    /** What was handed over to the proposer of a ballot and is not answered yet. */
    private static final class Submission {
        private final Ballot under;
        private final List<Addition> additions;
        private boolean over;

        Submission(Ballot under, List<Addition> additions) {
            this.under = under;
            this.additions = additions;
        }
    }

    private void tryAgain(List<Addition> additions) {
        context.time().after(PAUSE, () -> {
            adds.sendAgain(additions);
            soon();
        });
    }
}
