package violating.chance.consensus;

import java.util.UUID;

/** An engine that throws its own dice. */
final class Breaks {
    UUID id() {
        return UUID.randomUUID();
    }
}
