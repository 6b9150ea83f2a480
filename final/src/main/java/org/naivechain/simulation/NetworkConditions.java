package org.naivechain.simulation;

/**
 * How well a network carries frames.
 *
 * @param maxDelayMillis a frame takes 1 to this many milliseconds
 * @param lossPercent the share of lost frames
 * @param duplicatePercent the share of frames that arrive twice
 * @param inOrder whether frames between two nodes arrive in the order in which they were sent
 */
public record NetworkConditions(int maxDelayMillis, int lossPercent, int duplicatePercent, boolean inOrder) {
    /** As on a kept connection: nothing is lost. */
    public static final NetworkConditions FAIR = new NetworkConditions(10, 0, 0, true);

    NetworkConditions withDelay(int millis) {
        return new NetworkConditions(millis, lossPercent, duplicatePercent, inOrder);
    }

    NetworkConditions withLoss(int percent) {
        return new NetworkConditions(maxDelayMillis, percent, duplicatePercent, inOrder);
    }

    NetworkConditions withDuplicates(int percent) {
        return new NetworkConditions(maxDelayMillis, lossPercent, percent, inOrder);
    }

    NetworkConditions withOrder(boolean order) {
        return new NetworkConditions(maxDelayMillis, lossPercent, duplicatePercent, order);
    }
}
