package violating.membership.membership;

import violating.membership.consensus.Used;

/** Knows which engine decides. */
final class Breaks {
    private final Used used = new Used();

    @Override
    public String toString() {
        return used.toString();
    }
}
