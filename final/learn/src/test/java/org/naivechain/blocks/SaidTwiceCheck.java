package org.naivechain.blocks;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.naivechain.learn.Explain;
import tools.jackson.core.JacksonException;

/** Exercise 1.4: bytes that can be read in two ways are not read at all. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SaidTwiceCheck {
    private static final Block HARMLESS = Block.GENESIS.next(BlockData.of("harmless"));
    private static final Block OFFENSIVE = Block.GENESIS.next(BlockData.of("offensive"));

    @Test
    @Order(1)
    @DisplayName("A block that says everything once is read")
    void readsWhatIsSaidOnce() {
        Explain.same(
                HARMLESS,
                read(written(HARMLESS)),
                "A block was written as JSON and read again.",
                "Whatever is made strict: what the nodes write must be read.");
    }

    @Test
    @Order(2)
    @DisplayName("A block that names its data twice is refused")
    void refusesDataThatIsSaidTwice() {
        expectRefused("\"data\":\"\\\"harmless\\\"\",", "data");
    }

    @Test
    @Order(3)
    @DisplayName("A block that names its index twice is refused, although both say the same")
    void refusesAnIndexThatIsSaidTwice() {
        expectRefused("\"index\":1,", "index");
    }

    @Test
    @Order(4)
    @DisplayName("Texts are still written in one way: ASCII, with lowercase escapes")
    void writesInOneWay() {
        Explain.same(
                "\"caf\\u00e9 \\u007f\"",
                WireFormat.mapper().writeValueAsString("caf\u00e9 \u007f"),
                "The text caf\u00e9, a space and U+007F was written.",
                "`factory` also says how texts are written. Hashes are taken over what is written, so these settings"
                        + " must stay.");
    }

    private static void expectRefused(String repeated, String field) {
        String json = "{" + repeated + written(OFFENSIVE).substring(1);
        Block taken;
        try {
            taken = read(json);
        } catch (JacksonException e) {
            return;
        }
        throw new AssertionError("A peer sent " + json + "\nThe block was taken, with the " + field + " "
                + (field.equals("data") ? taken.data().literal() : taken.index())
                + ". A reader that takes the first of two fields sees another message in the same bytes.\nA JSON object"
                + " that repeats a field must be refused.");
    }

    private static Block read(String json) {
        return WireFormat.mapper().readValue(json, Block.class);
    }

    private static String written(Block block) {
        return WireFormat.mapper().writeValueAsString(block);
    }
}
