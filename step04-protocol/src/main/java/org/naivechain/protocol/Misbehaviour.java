package org.naivechain.protocol;

/**
 * What a node does that is hostile or broken. What one node says of another is no proof, and neither is a mere disagreement,
 * such as two chains that differ. Each layer knows its own kinds. In this step nobody counts the points.
 *
 * @param points how much it counts, to be held against a limit: the more, the surer it is that no honest node does it
 */
public record Misbehaviour(String name, int points) {
    /** What cannot be read at all. */
    public static final Misbehaviour GARBAGE = new Misbehaviour("GARBAGE", 1_000);
    /** JSON, but no command, or none with sense; a node of another version may send a few. */
    public static final Misbehaviour MALFORMED = new Misbehaviour("MALFORMED", 100);
    /** Blocks whose own hashes are wrong. */
    public static final Misbehaviour FORGED_BLOCK = new Misbehaviour("FORGED_BLOCK", 2_500);
    /** An id that belongs to another; one who tells of a node that has moved does this too. */
    public static final Misbehaviour FALSE_ID = new Misbehaviour("FALSE_ID", 500);

    @Override
    public String toString() {
        return name;
    }
}
