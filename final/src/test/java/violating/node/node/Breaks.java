package violating.node.node;

import violating.node.cli.Used;

/** A node that knows its command line. */
final class Breaks {
    private final Used used = new Used();

    @Override
    public String toString() {
        return used.toString();
    }
}
