package org.naivechain.blocks;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.naivechain.learn.Explain;
import tools.jackson.core.JacksonException;

/** Exercise 1.5: a peer cannot have two spellings of one text accepted. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoSpellingsCheck {
    @Test
    @Order(1)
    @DisplayName("The same text cannot make two blocks with different hashes")
    void refusesASecondSpelling() throws NoSuchAlgorithmException {
        expectRefused("A", "\"\\u0041\"");
        expectRefused("a/b", "\"a\\/b\"");
        expectRefused("two\nlines", "\"two\\u000alines\"");
        expectRefused("\u00e9", "\"\\u00E9\"");
    }

    @Test
    @Order(2)
    @DisplayName("A literal that nobody can read is refused when it comes, not when it is shown")
    void refusesWhatCannotBeRead() {
        for (String literal : new String[] {"\"\\\"", "\"\\x\"", "\"a\"b\"", "\"\\u00\""}) {
            Explain.refuses(
                    IllegalArgumentException.class,
                    () -> new BlockData(literal),
                    "The constructor was given the literal " + literal + ", which is no JSON.",
                    "Whoever asks for the text of such a block later gets an exception, far from the peer that sent"
                            + " it.");
        }
    }

    @Test
    @Order(3)
    @DisplayName("The one spelling of each text is taken, with and without escapes")
    void takesTheOneSpelling() {
        for (String text : new String[] {"", "A", "a/b", "two\nlines", "\u00e9", "\"", "\\", "\u007f", "~ !"}) {
            String literal = BlockData.of(text).literal();
            Explain.same(
                    text,
                    new BlockData(literal).text(),
                    "The constructor was given " + literal + ", as a node writes it.",
                    "What the nodes write must be taken.");
        }
    }

    @Test
    @Order(4)
    @DisplayName("A literal without escapes still takes the fast path")
    void keepsTheFastPath() throws ReflectiveOperationException {
        Method isPlain = BlockData.class.getDeclaredMethod("isPlain", String.class);
        isPlain.setAccessible(true);
        for (String literal : new String[] {"\"\"", "\"Alice pays Bob 5\"", "\"~ !\""}) {
            Explain.that(
                    (boolean) isPlain.invoke(null, literal),
                    "`isPlain` says no to the literal " + literal + ", which has no escape.",
                    "No is never wrong, but it costs time: the literal is then read and written again.");
        }
        Explain.that(
                !(boolean) isPlain.invoke(null, "\"\\u0041\""),
                "`isPlain` says yes to the literal \"\\u0041\".",
                "Plain is what has no escape. This method is where the defect is, and not the one that calls it.");
    }

    /** A hostile peer makes a block that fits its hash, of data that is spelled in another way. */
    private static void expectRefused(String text, String spelling) throws NoSuchAlgorithmException {
        Block honest = Block.GENESIS.next(BlockData.of(text));
        String hash = sha256(honest.previousHash() + spelling);
        String json = written(honest)
                .replace(written(honest.data().literal()), written(spelling))
                .replace(honest.hash().text(), hash);
        Block other;
        try {
            other = WireFormat.mapper().readValue(json, Block.class);
        } catch (JacksonException e) {
            return;
        }
        Explain.that(
                false,
                "A peer sent a block whose data is spelled " + spelling + ". The one spelling of this text is "
                        + honest.data().literal()
                        + ".\nBoth blocks are taken, both carry the same text, and both fit their"
                        + " hashes, which are " + other.hash() + " and " + honest.hash() + ".",
                "Two blocks that say the same must be one block. Where does the constructor decide without reading the"
                        + " literal?");
    }

    private static String written(Object value) {
        return WireFormat.mapper().writeValueAsString(value);
    }

    private static String sha256(String ascii) throws NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(ascii.getBytes(StandardCharsets.US_ASCII)));
    }
}
