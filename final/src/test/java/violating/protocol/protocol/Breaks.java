package violating.protocol.protocol;

import violating.protocol.http.Used;

/** A protocol that uses HTTP. */
final class Breaks {
    private final Used used = new Used();

    @Override
    public String toString() {
        return used.toString();
    }
}
