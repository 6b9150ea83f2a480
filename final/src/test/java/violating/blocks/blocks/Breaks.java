package violating.blocks.blocks;

import violating.blocks.chain.Used;

/** A block that knows its chain. */
final class Breaks {
    private final Used used = new Used();

    @Override
    public String toString() {
        return used.toString();
    }
}
