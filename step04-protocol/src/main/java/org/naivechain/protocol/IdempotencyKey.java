package org.naivechain.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The name of one request to add data. However often the request is sent, and by whatever way it comes, the same key never makes
 * two blocks. A client may choose it (the HTTP header {@code Idempotency-Key}); otherwise the node does.
 *
 * @param text the scope, a colon, and 1 to 200 printable ASCII characters
 */
public record IdempotencyKey(@JsonValue String text) {
    private static final int MAX_CHARS = 202;

    /** Refuses a text that is no key, with an {@link IllegalArgumentException}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public IdempotencyKey {
        boolean right =
                text.length() > 2 && text.length() <= MAX_CHARS && (text.startsWith("c:") || text.startsWith("n:"));
        for (int i = 2; right && i < text.length(); i++) {
            right = text.charAt(i) > ' ' && text.charAt(i) <= '~';
        }
        if (!right) {
            throw new IllegalArgumentException("a key must be 1 to 200 printable ASCII characters without spaces: "
                    + ReceivedJson.quoted(text.substring(Math.min(2, text.length()))));
        }
    }

    /** A key that a client chose: 1 to 200 printable ASCII characters, or an {@link IllegalArgumentException}. */
    public static IdempotencyKey ofClient(String chosen) {
        return new IdempotencyKey("c:" + chosen);
    }

    /** A key for a client that chose none; no other node, and no other start of this node, uses the same origin. */
    public static IdempotencyKey ofNode(String origin, long number) {
        return new IdempotencyKey("n:" + origin + "-" + number);
    }

    /** {@return whether a node made it up; false if a client chose it} */
    public boolean isOfNode() {
        return text.startsWith("n:");
    }

    @Override
    public String toString() {
        return text.substring(2);
    }
}
