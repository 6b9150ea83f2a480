package org.naivechain.consensus.majority;

import java.util.Map;
import org.naivechain.ledger.Batch;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.IdempotencyKey;

/** What this node voted for last, and saw decided, is still in its vote when it has lost the end of its chain, and perhaps nowhere else. */
public final class LastVote {
    private LastVote() {}

    /** Appends from the last vote what leads to the end that the chain has lost, if it does. */
    public static void regain(Ledger ledger, BallotBox box) {
        box.vote()
                .map(Vote::batch)
                .flatMap(batch -> ledger.chain()
                        .lostEnd()
                        .filter(tip -> batch.from() <= tip.index()
                                && tip.length() <= batch.end().length()
                                && batch.hashAt(tip.index()).equals(tip.hash()))
                        .flatMap(tip -> batch.beyond(new Position(
                                        ledger.chain().length(), batch.start().version()))
                                .map(rest -> rest.upTo(tip.length()))))
                .filter(rest -> isWhatTheReceiptsSay(ledger, rest))
                .ifPresent(ledger::append);
    }

    /** Two users who add the same text make blocks with the same hash; the receipts, as far as they are left, tell whose it was. */
    private static boolean isWhatTheReceiptsSay(Ledger ledger, Batch batch) {
        Map<Long, IdempotencyKey> left =
                ledger.receipts().between(batch.from(), batch.end().length());
        return left.entrySet().stream()
                .allMatch(receipt -> batch.additions()
                        .get((int) (receipt.getKey() - batch.from()))
                        .key()
                        .equals(receipt.getValue()));
    }
}
