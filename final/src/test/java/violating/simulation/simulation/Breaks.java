package violating.simulation.simulation;

import violating.simulation.http.Used;

/** A simulation that serves HTTP. */
final class Breaks {
    private final Used used = new Used();

    @Override
    public String toString() {
        return used.toString();
    }
}
