package org.naivechain.simulation;

/**
 * How well a network carries frames.
 *
 * @param maxDelayMillis a frame takes 1 to this many milliseconds
 * @param lossPercent how many of a hundred frames are lost
 * @param duplicatePercent how many of a hundred frames arrive twice
 * @param inOrder whether frames between two nodes arrive in the order in which they were sent
 */
public record Weather(int maxDelayMillis, int lossPercent, int duplicatePercent, boolean inOrder) {
    /** As on a kept connection: nothing is lost. */
    public static final Weather FAIR = new Weather(10, 0, 0, true);

    Weather withDelay(int millis) {
        return new Weather(millis, lossPercent, duplicatePercent, inOrder);
    }

    Weather withLoss(int percent) {
        return new Weather(maxDelayMillis, percent, duplicatePercent, inOrder);
    }

    Weather withDuplicates(int percent) {
        return new Weather(maxDelayMillis, lossPercent, percent, inOrder);
    }

    Weather withOrder(boolean order) {
        return new Weather(maxDelayMillis, lossPercent, duplicatePercent, order);
    }
}
