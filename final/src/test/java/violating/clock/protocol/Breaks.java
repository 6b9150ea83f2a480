package violating.clock.protocol;

import java.time.Instant;

/** A processor that looks at the wall clock. */
final class Breaks {
    Instant now() {
        return Instant.now();
    }
}
