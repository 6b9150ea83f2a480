package org.naivechain.consensus.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.learn.Explain;
import org.naivechain.simulation.VirtualTime;

class LyingClockCheck {
    private final Difficulty difficulty = Difficulty.of(Duration.ofSeconds(10), 2);
    private final WorkRules rules = new WorkRules(difficulty, new VirtualTime()::now);

    private long earliest(List<Block> chain) {
        try {
            return rules.terms(
                            chain.size(),
                            (index, limit) -> chain.subList((int) Math.max(0, index - limit), (int) index))
                    .earliest();
        } catch (UnsupportedOperationException e) {
            Explain.that(
                    String.valueOf(e.getMessage()).contains("write"),
                    "The list of blocks before was to be changed, which it does not allow.",
                    "The list is not yours: the caller goes on with it, in the order of the chain. Sort a copy of the times.");
            throw e;
        }
    }

    private void earliest(long expected, String why, long... times) {
        List<Block> chain = new ArrayList<>(List.of(Block.GENESIS));
        for (long time : times) {
            Block head = chain.get(chain.size() - 1);
            chain.add(new Candidate(head, BlockData.of(""), Optional.empty(), time, difficulty.first()).with(0));
        }
        long found = earliest(chain);
        Explain.same(expected, found, "The blocks before say " + Arrays.toString(times) + ". The earliest time:", why);
    }

    @Test
    @DisplayName("The next block is later than the median of the last eleven.")
    void laterThanTheMedian() {
        earliest(61, "Sorted, 60 is in the middle.", 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110);
        earliest(61, "They need not be in order.", 110, 20, 90, 60, 50, 40, 30, 80, 70, 100, 10);
    }

    @Test
    @DisplayName("One liar moves it to the next honest time, and no further.")
    void oneLiar() {
        String why = "Otherwise every honest miner would have to say the liar's time, or wait for years.";
        earliest(71, why, 1_000_000_000, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110);
        earliest(71, why, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 1_000_000_000);
    }

    @Test
    @DisplayName("Only the last eleven count.")
    void theLastElevenOnly() {
        earliest(
                161,
                "Of 16 blocks the first five are too old.",
                1,
                2,
                3,
                4,
                5,
                110,
                120,
                130,
                140,
                150,
                160,
                170,
                180,
                190,
                200,
                210);
    }

    @Test
    @DisplayName("The last eleven are those at the end of the list, whatever their times.")
    void theLastInTheChain() {
        earliest(
                151,
                "The last eleven blocks say 100 to 200, and 150 is in their middle. The five before them say later times, and are"
                        + " too old all the same.",
                500,
                600,
                700,
                800,
                900,
                200,
                100,
                190,
                110,
                180,
                120,
                170,
                130,
                160,
                140,
                150);
    }

    @Test
    @DisplayName("At the beginning there are fewer, or none.")
    void fewer() {
        earliest(0, "Nothing was before.");
        earliest(8, "There is one.", 7);
        earliest(21, "Of two, the larger one counts.", 20, 10);
    }
}
