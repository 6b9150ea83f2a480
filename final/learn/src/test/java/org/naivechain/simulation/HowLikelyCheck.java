package org.naivechain.simulation;

import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.learn.Explain;

class HowLikelyCheck {
    /** What a failure shows: enough to tell wrong from right, and not the errors of the arithmetic. */
    private static String percent(double chance) {
        return String.format(Locale.ROOT, "%.4f %%", 100 * chance);
    }

    /** Block by block, without a formula for how many the attacker has made. */
    private static double stepwise(double q, int blocks) {
        int most = 400;
        double[] made = new double[most];
        made[0] = 1;
        for (int honest = 0; honest < blocks; honest++) {
            for (int k = 1; k < most; k++) {
                made[k] += made[k - 1] * q;
            }
            for (int k = 0; k < most; k++) {
                made[k] *= 1 - q;
            }
        }
        double wins = 0;
        for (int k = 0; k < most; k++) {
            wins += made[k] * (k > blocks ? 1 : Math.pow(q / (1 - q), blocks - k + 1.0));
        }
        return wins;
    }

    private static void chance(double q, int blocks, String why) {
        Explain.same(
                percent(stepwise(q, blocks)),
                percent(CatchUpOdds.exact(q, blocks)),
                "The attacker makes each block with the probability " + q
                        + ", and shows its branch when the others have made " + blocks + ".",
                why);
    }

    @Test
    @DisplayName("Without blocks to wait for, the attacker needs to get one ahead.")
    void noBlocks() {
        chance(
                0.1,
                0,
                "It makes the first block and is ahead, or the others do and it has to make up for it: q/p in all.");
        chance(0.25, 0, "It gets one ahead with the chance q/p.");
    }

    @Test
    @DisplayName("The attacker may be lucky or not while the others make their blocks.")
    void someBlocks() {
        chance(0.3, 1, "Each number of its blocks has a chance of its own, and another number of blocks to catch up.");
        chance(0.3, 4, "This is the number of the table: one attack in seven.");
        chance(0.1, 6, "Six confirmations are what many shops wait for.");
        chance(0.45, 20, "Close to a half, waiting helps little.");
        chance(
                0.45,
                60,
                "C(n + k - 1, k) is more than a long can hold here. From one k to the next only a factor changes.");
    }

    @Test
    @DisplayName("With half of everything or more, it succeeds for certain.")
    void theHalf() {
        for (double q : new double[] {0.5, 0.6, 0.9}) {
            Explain.same(
                    percent(1),
                    percent(CatchUpOdds.exact(q, 4)),
                    "The attacker makes each block with the probability " + q + ".",
                    "However far it is behind, it makes blocks at least as fast as all others, and a chance is never above 1.");
        }
    }
}
