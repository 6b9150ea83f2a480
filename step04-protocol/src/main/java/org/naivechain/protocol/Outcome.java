package org.naivechain.protocol;

/** What comes of a command that was sent: a reply, or none. */
public sealed interface Outcome permits Reply, Outcome.Silence {
    /**
     * No reply came that could be understood: the peer is unreachable, slow, closed the connection, or talked nonsense.
     *
     * @param reason what happened, for example {@code Connection refused}
     */
    record Silence(String reason) implements Outcome {
        @Override
        public String toString() {
            return reason;
        }
    }
}
