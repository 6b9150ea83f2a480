package violating.httppeertypes.http;

import violating.httppeertypes.protocol.Command;

/** HTTP that sends commands. */
final class Breaks {
    private final Command command = new Command();

    @Override
    public String toString() {
        return command.toString();
    }
}
