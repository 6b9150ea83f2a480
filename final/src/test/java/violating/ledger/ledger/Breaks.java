package violating.ledger.ledger;

import violating.ledger.consensus.Used;

/** Knows how it is decided. */
final class Breaks {
    private final Used used = new Used();

    @Override
    public String toString() {
        return used.toString();
    }
}
