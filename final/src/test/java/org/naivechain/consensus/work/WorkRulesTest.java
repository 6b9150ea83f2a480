package org.naivechain.consensus.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Seal;
import org.naivechain.chain.Verdict;
import org.naivechain.ledger.BlockRules;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.simulation.VirtualTime;

/** A chain that is mined here, at 16 attempts a block, one block in 10 s; and what is wrong with blocks that may follow. */
class WorkRulesTest {
    private static final long BLOCK_MILLIS = 10_000;
    private static final Optional<IdempotencyKey> KEY = Optional.of(IdempotencyKey.ofClient("a:b:c"));

    private final VirtualTime clock = new VirtualTime();
    private final Difficulty difficulty = Difficulty.of(Duration.ofMillis(BLOCK_MILLIS), 16);
    private final WorkRules rules = new WorkRules(difficulty, clock::now);
    private final List<Block> chain = new ArrayList<>(List.of(Block.GENESIS));

    private List<Block> before(long index, int limit) {
        return chain.subList((int) Math.max(0, index - limit), (int) index);
    }

    private WorkRules.Terms terms() {
        return rules.terms(chain.size(), this::before);
    }

    private Block mined(long time, String target) {
        Candidate candidate = new Candidate(chain.get(chain.size() - 1), BlockData.of("text"), KEY, time, target);
        Candidate.Attempts attempts = candidate.attempts();
        long nonce = 0;
        while (!attempts.meets(nonce)) {
            nonce++;
        }
        return candidate.with(nonce);
    }

    private Verdict check(Block block) {
        return rules.check(this::before).next(block);
    }

    private void mine(int blocks, long millis) {
        for (int i = 0; i < blocks; i++) {
            clock.advance(Duration.ofMillis(millis));
            Block block = mined(clock.now().toEpochMilli(), terms().target());
            assertThat(check(block)).isEqualTo(Verdict.SOUND);
            chain.add(block);
        }
    }

    private void assertFault(Block block, String reason) {
        assertThat(check(block)).isInstanceOfSatisfying(Verdict.Fault.class, fault -> {
            assertThat(fault.index()).isEqualTo(chain.size());
            assertThat(fault.reason()).contains(reason);
        });
    }

    @Test
    void aWholeChainIsCheckedInOneGo() {
        mine(40, BLOCK_MILLIS);

        BlockRules.Check check = rules.check(this::before);

        assertThat(chain.subList(1, 41))
                .allSatisfy(block -> assertThat(check.next(block).isSound()).isTrue());
        assertThat(rules.key(chain.get(40))).isEqualTo(KEY);
        assertThat(rules.weight(chain.get(40))).isEqualTo(Difficulty.work(difficulty.first()));
    }

    @Test
    void blocksThatComeTooFastMakeTheNextOnesHarder() {
        mine(17, BLOCK_MILLIS / 2);

        assertThat(Difficulty.work(terms().target())).isEqualTo(32);
        mine(16, 4 * BLOCK_MILLIS);
        assertThat(Difficulty.work(terms().target())).isEqualTo(8);
    }

    @Test
    void anEasierTargetThanTheBlocksBeforeSayIsRefused() {
        mine(20, BLOCK_MILLIS);

        assertFault(mined(clock.now().toEpochMilli(), "f".repeat(64)), "target");
    }

    @Test
    void aHashAboveTheTargetIsRefused() {
        Candidate candidate = new Candidate(Block.GENESIS, BlockData.of("x"), KEY, 1, difficulty.first());
        Candidate.Attempts attempts = candidate.attempts();
        long nonce = 0;
        while (attempts.meets(nonce)) {
            nonce++;
        }

        assertFault(candidate.with(nonce), "must not exceed the target");
    }

    @Test
    void attemptsAndBlocksAgreeOnWhatMeetsATarget() {
        Candidate candidate = new Candidate(Block.GENESIS, BlockData.of("é \\"), KEY, 1, difficulty.first());
        Candidate.Attempts attempts = candidate.attempts();

        for (long nonce : new long[] {0, 1, 9, 10, 99, 100, 12_345, Long.MAX_VALUE}) {
            assertThat(attempts.meets(nonce))
                    .isEqualTo(Difficulty.meets(candidate.with(nonce).hash(), difficulty.first()));
            assertThat(candidate.with(nonce).hasRightHash()).isTrue();
        }
        assertThat(java.util.stream.LongStream.range(0, 1_600)
                        .filter(attempts::meets)
                        .count())
                .isBetween(50L, 160L);
    }

    @Test
    void aTimeMustBeLaterThanTheMedianOfElevenAndMayBeEarlierThanTheLast() {
        mine(20, BLOCK_MILLIS);
        long median = clock.now().toEpochMilli() - 5 * BLOCK_MILLIS;

        assertFault(mined(median, terms().target()), "time must be later than the median");
        assertThat(check(mined(median + 1, terms().target()))).isEqualTo(Verdict.SOUND);
    }

    @Test
    void aTimeFarAheadOfTheClockIsRefusedUntilTheClockHasCome() {
        Block ahead = mined(clock.now().toEpochMilli() + 120_001, terms().target());

        assertFault(ahead, "more than 120 s ahead of this node's clock");
        clock.advance(Duration.ofMillis(1));
        assertThat(check(ahead)).isEqualTo(Verdict.SOUND);
    }

    @Test
    void aBlockWithoutASealIsRefused() {
        assertFault(Block.GENESIS.next(BlockData.of("x")), "seal must be one of proof of work");
    }

    @Test
    void votesHaveNoSeals() {
        Verdict verdict = BlockRules.UNSEALED.check(this::before).next(mined(1, difficulty.first()));

        assertThat(verdict.toString()).contains("a block of this network has no seal");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 16, 1_000_000, 43_200_000_000L})
    void theRulesAreRebuiltFromTheirWords(long attempts) {
        Difficulty same = Difficulty.of(Duration.ofMillis(BLOCK_MILLIS), attempts);
        BlockRules rebuilt =
                WorkRules.ofWords(WorkRules.inWords(same), clock::now).orElseThrow();

        assertThat(((WorkRules) rebuilt).terms(1, this::before).target()).isEqualTo(same.first());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "votes",
                "proof of work",
                "proof of work, a block in 0 ms, 16 attempts at first",
                "proof of work, a block in 10 ms, 0 attempts at first",
                "proof of work, a block in 10 ms, -1 attempts at first",
                "proof of work, a block in 1000000000000 ms, 16 attempts at first",
                "proof of work, a block in 10 ms, 1000000000000000000 attempts at first",
                "proof of work, a block in 10 ms, 16 attempts at first, and more"
            })
    void otherWordsAreNoRulesOfWork(String words) {
        assertThat(WorkRules.ofWords(words, clock::now)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "work:1:TARGET:c:k:5",
                "work:1:TARGET::0",
                "work:0:TARGET:n:o-1:9223372036854775807",
            })
    void aSealIsReadAsItIsWritten(String text) {
        Seal seal = new Seal(text.replace("TARGET", difficulty.first()));

        assertThat(WorkSeal.parse(seal).orElseThrow().toSeal()).isEqualTo(seal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "work:",
                "work:::",
                "work:1:TARGET:c:k",
                "work:1:TARGET:k:5",
                "work:1:TARGET::-5",
                "work:1:TARGET::+5",
                "work:1:TARGET::05",
                "work:01:TARGET::5",
                "work:-1:TARGET::5",
                "work:1:TARGET::9223372036854775808",
                "work:1:ff::5",
                "work:1:ioiiiuasyi891qbduquiuqwiqwiupwe::5",
                "stake:1:TARGET::5",
                "Work:1:TARGET::5"
            })
    void anyOtherTextIsNoSealOfWork(String text) {
        assertThat(WorkSeal.parse(new Seal(text.replace("TARGET", difficulty.first()))))
                .isEmpty();
    }
}
