package violating.repair.repair;

import violating.repair.consensus.Used;

/** A repair that knows which engine decides. */
final class Breaks {
    private final Used used = new Used();

    @Override
    public String toString() {
        return used.toString();
    }
}
