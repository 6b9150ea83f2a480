package org.naivechain.protocol;

/** What comes of a command that was sent: a reply, or none. */
public sealed interface Outcome permits Reply, Outcome.Silence {
    /** No reply came that could be understood: the peer is unreachable, slow, hung up, or talked nonsense. */
    record Silence(String reason) implements Outcome {
        @Override
        public String toString() {
            return reason;
        }
    }
}
