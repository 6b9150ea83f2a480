package org.naivechain.blocks;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import tools.jackson.core.JacksonException;

/**
 * What a block carries: the user's text, kept as the JSON string literal that is hashed and sent.
 *
 * <p>A text has exactly one literal, so that every node computes the same hash: ASCII, everything outside U+0020..U+007E
 * escaped, {@code \b \f \n \r \t \" \\} in short form and all else as lowercase {@code \}{@code uXXXX}.
 *
 * @param literal the literal, quotes included; at most {@link #MAX_BYTES} long
 */
public record BlockData(@JsonValue String literal) {
    /** The longest literal of a block, in bytes (it is ASCII, so in characters too). */
    public static final int MAX_BYTES = 1024 * 1024;

    private static final int SHOWN_CHARS = 40;

    /**
     * Takes a literal that was written by a node.
     *
     * @throws IllegalArgumentException if the literal is too long, or not the one way to write its text
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public BlockData {
        if (literal.length() > MAX_BYTES) {
            throw new TooLong(literal.length());
        }
        if (!isPlain(literal) && !literal.equals(write(read(literal)))) {
            throw new IllegalArgumentException("data must be an ASCII JSON string literal, escaped as the wire format"
                    + " says: " + abbreviate(literal));
        }
    }

    /**
     * Data that says a user's text.
     *
     * @param text any text, empty and unprintable characters included
     * @return the data with the text's literal
     * @throws TooLong if the literal is longer than {@link #MAX_BYTES}
     */
    public static BlockData of(String text) {
        return new BlockData(write(text));
    }

    /** {@return the user's text, which the literal writes} */
    public String text() {
        return read(literal);
    }

    @Override
    public String toString() {
        return abbreviate(literal);
    }

    static String abbreviate(String text) {
        return text.length() <= SHOWN_CHARS
                ? text
                : text.substring(0, SHOWN_CHARS) + "... (" + text.length() + " characters)";
    }

    /**
     * Whether a literal has nothing to escape between its quotes, and so is its text's only one. Most data is of this kind,
     * and a whole chain is read much faster when no JSON has to be parsed for it.
     */
    private static boolean isPlain(String literal) {
        int last = literal.length() - 1;
        if (last < 1 || literal.charAt(0) != '"' || literal.charAt(last) != '"') {
            return false;
        }
        for (int i = 1; i < last; i++) {
            char c = literal.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private static String write(String text) {
        return WireFormat.mapper().writeValueAsString(text);
    }

    private static String read(String literal) {
        try {
            String text = WireFormat.mapper().readValue(literal, String.class);
            if (text != null) {
                return text;
            }
        } catch (JacksonException e) {
            // Said below: the literal itself tells more than the parser's position in it.
        }
        throw new IllegalArgumentException("data must be a JSON string literal: " + abbreviate(literal));
    }

    /** Data whose literal is longer than a block may carry. */
    public static final class TooLong extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        TooLong(int bytes) {
            super("data is " + bytes + " bytes as a JSON string; the limit is " + MAX_BYTES + " (1 MiB)");
        }
    }
}
