package violating.steps.chain;

import violating.steps.consensus.Used;

/** A step that reaches the finished node. */
final class Breaks {
    private final Used used = new Used();

    @Override
    public String toString() {
        return used.toString();
    }
}
