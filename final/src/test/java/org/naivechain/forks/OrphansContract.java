package org.naivechain.forks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.BlockData;
import org.naivechain.ledger.Addition;
import org.naivechain.protocol.IdempotencyKey;

/** What every store of orphans promises. */
public abstract class OrphansContract {
    protected static final Addition ONE = new Addition(IdempotencyKey.ofNode("a", 1), BlockData.of("the same text"));
    protected static final Addition TWO = new Addition(IdempotencyKey.ofNode("a", 2), BlockData.of("the same text"));

    private Orphans orphans;

    protected abstract Orphans empty();

    @BeforeEach
    void begin() {
        orphans = empty();
    }

    @Test
    void keepsThemInTheirOrderUntilTheyAreReleased() {
        assertThat(orphans.read()).isEmpty();

        orphans.keep(List.of(TWO, ONE));
        assertThat(orphans.read()).containsExactly(TWO, ONE);

        orphans.release(List.of(TWO.key(), IdempotencyKey.ofNode("a", 3)));
        assertThat(orphans.read()).containsExactly(ONE);
    }

    @Test
    void whatIsKeptAlreadyUnderItsKeyStaysAsItIs() {
        orphans.keep(List.of(ONE));
        orphans.keep(List.of(new Addition(ONE.key(), BlockData.of("other")), TWO));

        assertThat(orphans.read()).containsExactly(ONE, TWO);
    }
}
