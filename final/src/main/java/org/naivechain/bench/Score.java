package org.naivechain.bench;

import java.util.BitSet;
import org.HdrHistogram.Histogram;

/**
 * What came of one client's adds.
 *
 * @param acknowledged the numbers of all adds that the node said are in the chain, the warm-up included
 * @param answeredInTime how many of them were answered while it was measured
 * @param latencies how many nanoseconds those took that were answered after the warm-up, the last one included even if it
 *     came late
 */
record Score(BitSet acknowledged, long answeredInTime, Histogram latencies, Failures failures) {
    private static final int DIGITS = 3;

    /** A histogram for any number of nanoseconds, each with an error of at most 0.1 %. */
    static Histogram noLatencies() {
        return new Histogram(DIGITS);
    }
}
