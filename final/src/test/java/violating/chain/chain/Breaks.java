package violating.chain.chain;

import violating.chain.protocol.Used;

/** A chain that talks. */
final class Breaks {
    private final Used used = new Used();

    @Override
    public String toString() {
        return used.toString();
    }
}
