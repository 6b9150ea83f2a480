package org.naivechain.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.naivechain.protocol.IdempotencyKey;

/** What all receipts must do; each implementation's test extends this. */
public abstract class ReceiptsContract {
    private static final IdempotencyKey A = IdempotencyKey.ofClient("a");
    private static final IdempotencyKey B = IdempotencyKey.ofNode("origin", 2);
    private static final IdempotencyKey C = IdempotencyKey.ofClient("~!'\"\\;%?" + "x".repeat(192));

    /** New receipts, none noted. */
    protected abstract Receipts empty();

    @Test
    void knowsNothingAtFirst() {
        Receipts receipts = empty();

        assertThat(receipts.find(A)).isEmpty();
        assertThat(receipts.between(0, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void findsWhatAWishBecame() {
        Receipts receipts = empty();

        receipts.record(Map.of(1L, A, 3L, B));
        receipts.record(Map.of(5_000_000_000L, C));

        assertThat(receipts.find(A)).hasValue(1);
        assertThat(receipts.find(B)).hasValue(3);
        assertThat(receipts.find(C)).hasValue(5_000_000_000L);
        assertThat(receipts.find(IdempotencyKey.ofClient("origin-2"))).isEmpty();
    }

    @Test
    void findsNothingByAnotherLetterCase() {
        Receipts receipts = empty();

        receipts.record(Map.of(1L, A));

        assertThat(receipts.find(IdempotencyKey.ofClient("A"))).isEmpty();
    }

    @Test
    void namesTheWishesOfARangeInOrderAndLeavesOutBlocksWithoutOne() {
        Receipts receipts = empty();

        receipts.record(Map.of(4L, C, 1L, A, 3L, B));

        assertThat(receipts.between(1, 4)).containsExactly(Map.entry(1L, A), Map.entry(3L, B));
        assertThat(receipts.between(0, 10).keySet()).containsExactly(1L, 3L, 4L);
        assertThat(receipts.between(2, 3)).isEmpty();
        assertThat(receipts.between(4, 4)).isEmpty();
    }

    @Test
    void aWishThatIsNotedForTwoBlocksIsFoundAtTheFirst() {
        Receipts receipts = empty();

        receipts.record(Map.of(1L, A));
        receipts.record(Map.of(2L, A));

        assertThat(receipts.find(A)).hasValue(1);
        assertThat(receipts.between(0, 10)).isEqualTo(Map.of(1L, A, 2L, A));
    }

    @Test
    void forgetsTheWishesBehindBlocksThatAreGivenUp() {
        Receipts receipts = empty();
        receipts.record(Map.of(1L, A, 2L, B, 3L, C, 4L, A));

        receipts.forget(2);

        assertThat(receipts.between(0, 10)).isEqualTo(Map.of(1L, A));
        assertThat(receipts.find(A)).hasValue(1);
        assertThat(receipts.find(B)).isEmpty();
    }

    @Test
    void mayBeGivenNothing() {
        Receipts receipts = empty();

        receipts.record(Map.of());

        assertThat(receipts.between(0, 10)).isEmpty();
    }
}
