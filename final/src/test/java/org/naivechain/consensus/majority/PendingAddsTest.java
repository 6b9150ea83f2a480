package org.naivechain.consensus.majority;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.ledger.Addition;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.MemoryKeptBlocks;
import org.naivechain.ledger.MemoryMemberships;
import org.naivechain.ledger.MemoryReceipts;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.simulation.VirtualTime;

class PendingAddsTest {
    private static final IdempotencyKey KEY = IdempotencyKey.ofClient("key");
    private static final Addition WISH = new Addition(KEY, BlockData.of("x"));
    private static final Addition OTHER = new Addition(IdempotencyKey.ofClient("other"), BlockData.of("y"));
    private static final AddOutcome NOT_ADDED = new AddOutcome.NotAdded("no quorum: for 5 s no majority of the members"
            + " could be reached; the data was not added, try again later");
    private static final AddOutcome UNKNOWN =
            new AddOutcome.Unknown("timed out: no decision within 10 s; the outcome is"
                    + " unknown: the data may still be added. Trying again with the same Idempotency-Key is safe");

    private final VirtualTime time = new VirtualTime();
    private final Ledger ledger =
            new Ledger(KeptChain.over(new MemoryKeptBlocks()), new MemoryReceipts(), new MemoryMemberships());
    private final List<IdempotencyKey> withdrawn = new ArrayList<>();
    private final List<AddOutcome> outcomes = new ArrayList<>();
    private final PendingAdds adds = new PendingAdds(ledger, time, withdrawn::add);
    private final Block block = ledger.chain().next(WISH.data());

    @Test
    void whatWasNeverHandedOverIsNotAddedAndWithdrawnAfterFiveSeconds() {
        adds.add(WISH, outcomes::add);

        time.advance(Duration.ofMillis(4_999));
        assertThat(outcomes).isEmpty();
        assertThat(withdrawn).isEmpty();
        time.advance(Duration.ofMillis(1));

        assertThat(outcomes).containsExactly(NOT_ADDED);
        assertThat(withdrawn).containsExactly(KEY);
    }

    @Test
    void ofWhatWasHandedOverNobodyKnowsAfterTenSeconds() {
        adds.add(WISH, outcomes::add);
        adds.handedOver(adds.takeUnsent(1_000, 10));

        time.advance(Duration.ofMillis(9_999));
        assertThat(outcomes).isEmpty();
        time.advance(Duration.ofMillis(1));

        assertThat(outcomes).containsExactly(UNKNOWN);
        assertThat(withdrawn).isEmpty();
    }

    @Test
    void keepsNothingOfWhatNobodyWaitsForAnyMore() {
        adds.add(WISH, outcomes::add);
        assertThat(adds.hasUnsent()).isTrue();

        time.advance(Duration.ofSeconds(5));

        assertThat(outcomes).containsExactly(NOT_ADDED);
        assertThat(adds.hasUnsent()).isFalse();
    }

    @Test
    void whoAsksTwiceWaitsForOneBlockAndBothAreTold() {
        adds.add(WISH, outcomes::add);
        adds.add(WISH, outcomes::add);

        assertThat(adds.takeUnsent(1_000, 10)).containsExactly(WISH);
        ledger.adopt(List.of(block), Map.of(1L, KEY));

        assertThat(outcomes).containsExactly(new AddOutcome.Added(block), new AddOutcome.Added(block));
    }

    @Test
    void aWishThatIsABlockAlreadyIsAnsweredWithIt() {
        ledger.adopt(List.of(block), Map.of(1L, KEY));

        adds.add(WISH, outcomes::add);

        assertThat(outcomes).containsExactly(new AddOutcome.Added(block));
        assertThat(adds.hasUnsent()).isFalse();
    }

    @Test
    void theSameTextUnderAnotherKeyIsAnotherWish() {
        adds.add(WISH, outcomes::add);

        ledger.adopt(List.of(block), Map.of(1L, OTHER.key()));

        assertThat(outcomes).isEmpty();
        assertThat(adds.takeUnsent(1_000, 10)).containsExactly(WISH);
    }

    @Test
    void aKeyStandsForOneTextOnly() {
        adds.add(new Addition(KEY, OTHER.data()), outcomes::add);
        adds.add(WISH, outcomes::add);
        assertThat(outcomes)
                .containsExactly(new AddOutcome.Contradicted("the key \"key\" was used for other data: \"y\" is waiting"
                        + " to be added; use a new key for each add, and the same only to try the same add again"));

        ledger.adopt(List.of(block), Map.of(1L, KEY));

        assertThat(outcomes)
                .hasSize(2)
                .last()
                .isEqualTo(
                        new AddOutcome.Contradicted("the key \"key\" was used for other data: \"x\" is added as block"
                                + " 1; use a new key for each add, and the same only to try the same add again"));
    }

    @Test
    void isSentInOrderAndNoMoreThanFits() {
        adds.add(WISH, outcomes::add);
        adds.add(OTHER, outcomes::add);

        assertThat(adds.takeUnsent(WISH.weight(), 10)).containsExactly(WISH);
        assertThat(adds.takeUnsent(1_000, 10)).containsExactly(OTHER);
        assertThat(adds.takeUnsent(1_000, 10)).isEmpty();

        adds.sendAllAgain();
        adds.sendAgain(List.of(WISH, OTHER));
        assertThat(adds.takeUnsent(1_000, 1)).containsExactly(WISH);
        assertThat(adds.takeUnsent(1_000, 10)).containsExactly(OTHER);
    }

    @Test
    void stoppingSaysWhatIsCertainAndWhatIsNot() {
        adds.add(WISH, outcomes::add);
        adds.handedOver(adds.takeUnsent(1_000, 10));
        adds.add(OTHER, outcomes::add);

        adds.stop("shutting down");
        time.advance(Duration.ofMinutes(1));

        assertThat(outcomes)
                .containsExactly(
                        new AddOutcome.Unknown("shutting down; the outcome is unknown: the data may still be added"),
                        new AddOutcome.NotAdded("shutting down; the data was not added, try again"));
    }

    @Test
    void addsBeyondTheLimitAreRefusedUntilThereIsRoom() {
        for (int i = 0; i < 20_001; i++) {
            adds.add(new Addition(IdempotencyKey.ofNode("n", i), BlockData.of("x")), outcomes::add);
        }
        assertThat(outcomes)
                .containsExactly(new AddOutcome.NotAdded(
                        "20000 adds are waiting at this node; the data was not added, try again later"));
        ledger.adopt(List.of(block), Map.of(1L, IdempotencyKey.ofNode("n", 0)));

        adds.add(WISH, outcomes::add);

        assertThat(outcomes).hasSize(2).last().isEqualTo(new AddOutcome.Added(block));
    }

    private Addition large(int number) {
        return new Addition(IdempotencyKey.ofClient("large-" + number), BlockData.of("x".repeat(1_040_000)));
    }

    @Test
    void twentyThousandWaitAtTheMost() {
        for (int i = 0; i < 20_000; i++) {
            adds.add(new Addition(IdempotencyKey.ofClient("key-" + i), BlockData.of("x")), outcomes::add);
        }
        assertThat(outcomes).isEmpty();

        adds.add(WISH, outcomes::add);

        assertThat(outcomes)
                .containsExactly(new AddOutcome.NotAdded(
                        "20000 adds are waiting at this node; the data was not added, try again later"));
    }

    @Test
    void whatIsTooLargeTogetherIsRefusedUntilPatienceEndsOrSomeIsDecided() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 65; i++) {
                adds.add(large(i), outcomes::add);
            }
            assertThat(outcomes).isEmpty();
            adds.add(WISH, outcomes::add);
            assertThat(outcomes).hasSize(1);
            outcomes.clear();
            if (round == 0) {
                time.advance(Duration.ofSeconds(6));
                assertThat(outcomes).hasSize(65);
                outcomes.clear();
            }
        }
        Addition decided = large(7);
        ledger.adopt(List.of(ledger.chain().next(decided.data())), Map.of(1L, decided.key()));
        assertThat(outcomes).hasSize(1);

        adds.add(large(100), outcomes::add);
        assertThat(outcomes).hasSize(1);
        adds.add(WISH, outcomes::add);
        assertThat(outcomes).hasSize(2);
    }
}
