package violating.bench.bench;

import violating.bench.node.Used;

/** A load test that looks into a node. */
final class Breaks {
    private final Used used = new Used();

    @Override
    public String toString() {
        return used.toString();
    }
}
