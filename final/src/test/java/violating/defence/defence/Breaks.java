package violating.defence.defence;

import violating.defence.node.Used;

/** A defence that knows the node. */
final class Breaks {
    private final Used used = new Used();

    @Override
    public String toString() {
        return used.toString();
    }
}
