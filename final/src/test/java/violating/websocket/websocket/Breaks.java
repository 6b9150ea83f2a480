package violating.websocket.websocket;

import violating.websocket.blocks.Used;

/** A frame layer that understands its frames. */
final class Breaks {
    private final Used used = new Used();

    @Override
    public String toString() {
        return used.toString();
    }
}
