package org.naivechain.chain;

/** What the chain says of blocks: that they are sound, or which one is at fault and why. */
public sealed interface Verdict {
    /** The blocks are sound. */
    Verdict SOUND = new Sound();

    /**
     * A fault at a block.
     *
     * @param index the index at which the fault was found
     * @param reason the rule that is broken, with the value that breaks it
     */
    static Verdict fault(long index, String reason) {
        return new Fault(index, reason);
    }

    /** {@return whether the blocks are sound; false for a fault} */
    default boolean isSound() {
        return this instanceof Sound;
    }

    /** Index, link, and hash of every block are right. */
    record Sound() implements Verdict {
        @Override
        public String toString() {
            return "sound";
        }
    }

    /**
     * A block breaks a rule.
     *
     * @param index the index at which the fault was found
     * @param reason the rule that is broken, with the value that breaks it
     */
    record Fault(long index, String reason) implements Verdict {
        @Override
        public String toString() {
            return "block " + index + ": " + reason;
        }
    }
}
