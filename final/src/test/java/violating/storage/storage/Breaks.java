package violating.storage.storage;

import violating.storage.node.Used;

/** A store that knows the node. */
final class Breaks {
    private final Used used = new Used();

    @Override
    public String toString() {
        return used.toString();
    }
}
