package org.naivechain.blocks;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.naivechain.learn.Explain;

/** Exercise 1.3: each text has exactly one JSON literal. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OneLiteralCheck {
    @Test
    @Order(1)
    @DisplayName("Printable ASCII stays as it is, between quotes")
    void keepsPrintableAscii() {
        expect("", "\"\"", "An empty text has a literal, too: two quotes.");
        expect("Alice pays Bob 5", "\"Alice pays Bob 5\"", "Nothing here needs an escape.");
        expect("a/b ~ <c> 'd' &", "\"a/b ~ <c> 'd' &\"", "JSON allows `\\/` as well, and so the format must choose.");
    }

    @Test
    @Order(2)
    @DisplayName("Quote and backslash get a backslash")
    void escapesQuoteAndBackslash() {
        expect("say \"hi\"", "\"say \\\"hi\\\"\"", "An unescaped quote ends the literal.");
        expect("C:\\temp", "\"C:\\\\temp\"", "An unescaped backslash begins an escape: here, a tab.");
    }

    @Test
    @Order(3)
    @DisplayName("Five control characters have a short escape")
    void hasFiveShortEscapes() {
        expect(
                "\b\f\n\r\t",
                "\"\\b\\f\\n\\r\\t\"",
                "JSON has two ways to write a line feed. The format takes the short one.");
    }

    @Test
    @Order(4)
    @DisplayName("All other control characters are escaped with four digits, U+007F included")
    void escapesTheOtherControlCharacters() {
        expect(
                "\0\u001f",
                "\"\\u0000\\u001f\"",
                "JSON forbids control characters in a literal. Their escapes have lowercase digits.");
        expect(
                "\u007f",
                "\"\\u007f\"",
                "U+007F, delete, cannot be printed. The printable characters end with U+007E, `~`.");
        expect("\u0080", "\"\\u0080\"", "ASCII ends with U+007F.");
    }

    @Test
    @Order(5)
    @DisplayName("Letters outside of ASCII are escaped with lowercase digits")
    void escapesWhatIsNotAscii() {
        String why =
                "A literal is ASCII, so that its characters are its bytes, and has lowercase digits, so that there is"
                        + " one way to write it.";
        for (var each : Map.of("caf\u00e9", "\"caf\\u00e9\"", "\u4f60", "\"\\u4f60\"", "\uabcd", "\"\\uabcd\"")
                .entrySet()) {
            expect(each.getKey(), each.getValue(), why);
        }
    }

    @Test
    @Order(6)
    @DisplayName("A character beyond U+FFFF becomes two escapes, and half of one stays a half")
    void escapesSurrogates() {
        expect("\ud83d\ude00", "\"\\ud83d\\ude00\"", "A Java string holds U+1F600 as two `char`s; JSON escapes each.");
        expect(
                "\ud83d",
                "\"\\ud83d\"",
                "Any Java string has a literal. The older system writes half a pair in this way, too.");
    }

    @Test
    @Order(7)
    @DisplayName("Reading a literal gives the text back")
    void readsBackWhatWasWritten() {
        for (String text : List.of("\"", "\\", "\\n", "\\u0041", "a\nb", "\u2028", "\"\\\"")) {
            Explain.same(
                    text,
                    written(text).text(),
                    "The text " + shown(text) + " was written as "
                            + written(text).literal() + " and read again.",
                    "A literal that reads as another text changes what the user said.");
        }
    }

    private static void expect(String text, String literal, String why) {
        Explain.same(literal, written(text).literal(), "The text " + shown(text) + " was written.", why);
    }

    /** {@code BlockData.of} writes the text, and refuses a literal that reads as another text. */
    private static BlockData written(String text) {
        try {
            return BlockData.of(text);
        } catch (IllegalArgumentException e) {
            throw new AssertionError(
                    "The text " + shown(text) + " was written, and the literal is refused: " + e.getMessage()
                            + "\nA literal must be JSON, and must read as the text that was written.",
                    e);
        }
    }

    /** A text with each character that cannot be seen as its number. */
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder("[");
        for (char c : text.toCharArray()) {
            shown.append(c > ' ' && c <= '~' ? String.valueOf(c) : c == ' ' ? " " : String.format("<U+%04X>", (int) c));
        }
        return shown.append(']').toString();
    }
}
