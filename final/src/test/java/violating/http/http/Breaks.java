package violating.http.http;

import violating.http.websocket.Used;

/** HTTP that reaches the peers. */
final class Breaks {
    private final Used used = new Used();

    @Override
    public String toString() {
        return used.toString();
    }
}
