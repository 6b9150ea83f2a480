package violating.gossip.gossip;

import violating.gossip.consensus.Used;

/** Gossip that knows of votes. */
final class Breaks {
    private final Used used = new Used();

    @Override
    public String toString() {
        return used.toString();
    }
}
