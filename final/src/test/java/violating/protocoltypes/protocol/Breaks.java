package violating.protocoltypes.protocol;

import violating.protocoltypes.websocket.Used;

/** A processor that holds a connection. */
final class Breaks {
    private final Used used = new Used();

    @Override
    public String toString() {
        return used.toString();
    }
}
