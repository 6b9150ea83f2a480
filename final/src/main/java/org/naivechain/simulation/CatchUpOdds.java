package org.naivechain.simulation;

/**
 * How likely it is that a branch that is built in secret overtakes the chain, as the literature computes it. The attacker has a share q
 * of the hash rate or of the stake, so that each next block is the attacker's with probability q. For a pure calculation; no state.
 */
public final class CatchUpOdds {
    private static final double HALF = 0.5;

    private CatchUpOdds() {}

    /**
     * As S. Nakamoto computes it (<em>Bitcoin</em>, 2008, section 11): the attacker has made a Poisson-distributed number of blocks by
     * the time that the others have made so many, and needs to draw level.
     *
     * @param q 0 to 1
     * @param blocks how many blocks the others make until somebody relies on the first of them
     */
    public static double nakamoto(double q, int blocks) {
        if (q >= HALF) {
            return 1;
        }
        double lambda = blocks * q / (1 - q);
        double fails = 0;
        double poisson = Math.exp(-lambda);
        for (int made = 0; made <= blocks; made++) {
            fails += poisson * (1 - Math.pow(q / (1 - q), blocks - made));
            poisson *= lambda / (made + 1);
        }
        return 1 - fails;
    }

    /**
     * Without approximation (M. Rosenfeld, <em>Analysis of Hashrate-Based Double Spending</em>, 2014): the number of the attacker's
     * blocks has a negative binomial distribution. Here the attacker begins when the others do, and has to get ahead, as a node keeps
     * its branch while another only weighs as much.
     */
    public static double exact(double q, int blocks) {
        if (q >= HALF) {
            return 1;
        }
        double p = 1 - q;
        double fails = 0;
        double chance = Math.pow(p, blocks);
        for (int made = 0; made <= blocks; made++) {
            fails += chance * (1 - Math.pow(q / p, blocks - made + 1.0));
            chance *= q * (blocks + made) / (made + 1);
        }
        return 1 - fails;
    }

    /** {@return how many blocks must follow until an attacker with a share q succeeds with no more than a probability} */
    public static int confirmations(double q, double probability) {
        int follow = 0;
        while (exact(q, follow + 1) > probability) {
            follow++;
        }
        return follow;
    }
}
