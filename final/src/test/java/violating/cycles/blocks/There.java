package violating.cycles.blocks;

import violating.cycles.chain.Back;

/** Half of a circle. */
public final class There {
    /** The other half. */
    Back back() {
        return new Back();
    }
}
