package violating.cycles.chain;

import violating.cycles.blocks.There;

/** Half of a circle. */
public final class Back {
    /** The other half. */
    There there() {
        return new There();
    }
}
