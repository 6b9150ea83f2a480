package org.naivechain.membership;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.protocol.JoinOutcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;

/**
 * Tries to join, through the address that it was given and through every peer that is known, for as long as it takes: an
 * address that answers later is found later. For the node's thread only.
 */
final class JoinRetry {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final LedgerContext context;
    private final BooleanSupplier over;
    private final Join join;
    private boolean running;

    /** One attempt to join. */
    interface Join {
        void attempt(PeerAddress at, Optional<PeerId> id, Consumer<JoinOutcome> then);
    }

    JoinRetry(LedgerContext context, BooleanSupplier over, Join join) {
        this.context = context;
        this.over = over;
        this.join = join;
    }

    /**
     * Begins to try.
     *
     * @param given where to try first; with whom is expected there
     * @param then told what came of the first attempt, and what is final; so it may be told twice
     */
    void begin(Optional<PeerAddress> given, Optional<PeerId> id, Consumer<JoinOutcome> then) {
        if (!running) {
            running = true;
            attempt(given, id, FIRST_PAUSE, then);
        }
    }

    private void attempt(Optional<PeerAddress> given, Optional<PeerId> id, Duration pause, Consumer<JoinOutcome> then) {
        boolean first = pause.equals(FIRST_PAUSE);
        List<Peer> known = context.peers().ofThisProgram();
        boolean useGiven = given.isPresent()
                && (first || known.isEmpty() || context.random().nextBoolean());
        if (over.getAsBoolean() || !useGiven && known.isEmpty()) {
            running = false;
            return;
        }
        PeerAddress at = useGiven
                ? given.get()
                : known.get(context.random().nextInt(known.size())).address();
        // Whoever listens now where a peer did may be a new member.
        join.attempt(at, useGiven ? id : Optional.empty(), outcome -> {
            boolean anybodyLeft =
                    given.isPresent() || !context.peers().ofThisProgram().isEmpty();
            boolean goesOn =
                    outcome instanceof JoinOutcome.NotJoined missed && anybodyLeft && (missed.passing() || !useGiven);
            if (first || !goesOn) {
                then.accept(outcome);
            }
            if (goesOn) {
                context.log()
                        .warn(
                                "{}; trying again in {} s",
                                ((JoinOutcome.NotJoined) outcome).reason(),
                                pause.toSeconds());
                Duration next = pause.multipliedBy(2);
                long jitter = context.random().nextLong(pause.toMillis() / 2);
                context.time()
                        .after(
                                pause.plusMillis(jitter),
                                () -> attempt(
                                        given, id, next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next, then));
            } else {
                running = false;
            }
        });
    }
}
