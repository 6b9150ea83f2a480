package org.naivechain.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The name of a node, the same for as long as it lives.
 *
 * @param text a UUID for a node of this program or of the original; any other text of 1 to 64 letters, digits, {@code . _ -} is taken
 */
public record PeerId(@JsonValue String text) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final long VERSION_BITS = 0xF000L;
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT_BITS = 0xC000000000000000L;
    private static final long VARIANT_RFC = 0x8000000000000000L;

    /** Refuses a text that is no id, with an {@link IllegalArgumentException}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PeerId {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a peer's id must be 1 to 64 letters, digits, dots, dashes, or underscores: "
                            + ReceivedJson.quoted(text));
        }
    }

    /** {@return a random UUID (RFC 9562, version 4)} */
    public static PeerId random(RandomGenerator random) {
        long high = random.nextLong() & ~VERSION_BITS | VERSION_4;
        long low = random.nextLong() & ~VARIANT_BITS | VARIANT_RFC;
        return new PeerId(new UUID(high, low).toString());
    }

    @Override
    public String toString() {
        return text;
    }
}
