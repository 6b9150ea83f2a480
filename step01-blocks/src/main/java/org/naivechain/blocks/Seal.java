package org.naivechain.blocks;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What a block shows to prove that it may stand in its place: a text that is hashed with the block. The older system has none, and
 * most chains of this course neither; a network that mines its blocks, or signs them, writes its proof here.
 *
 * @param text 1 to {@link #MAX_CHARS} printable ASCII characters without spaces
 */
public record Seal(@JsonValue String text) {
    /** The longest seal, in characters. */
    public static final int MAX_CHARS = 1_000;

    /** Refuses any other text, with an {@link IllegalArgumentException}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Seal {
        boolean printable = !text.isEmpty() && text.length() <= MAX_CHARS;
        for (int i = 0; printable && i < text.length(); i++) {
            printable = text.charAt(i) > ' ' && text.charAt(i) <= '~';
        }
        if (!printable) {
            throw new IllegalArgumentException("a seal must be 1 to " + MAX_CHARS
                    + " printable ASCII characters without spaces: \"" + BlockData.abbreviate(text) + "\"");
        }
    }
}
