package violating.consensus.consensus;

import violating.consensus.node.Used;

/** An engine that knows its node. */
final class Breaks {
    private final Used used = new Used();

    @Override
    public String toString() {
        return used.toString();
    }
}
