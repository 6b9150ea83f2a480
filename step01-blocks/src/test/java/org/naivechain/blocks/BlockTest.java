package org.naivechain.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

class BlockTest {
    private static final String SECOND = """
            {"index":1,\
            "previous_hash":"71fbc6a1c90d94050b32ab9f9d6a11fc41724f8f954905c120c4c16b71f1f80f",\
            "data":"\\"Testing String Again\\"",\
            "curr_hash":"c8a8924ed4d8c58638b9f4fcbb7609bb0edb4a509d1514246a04ebba680d5a1f"}""";

    private final Block second = Block.GENESIS.next(BlockData.of("Testing String Again"));

    @Test
    void genesisIsTheOneOfTheExistingNetwork() {
        assertThat(Block.GENESIS.index()).isZero();
        assertThat(Block.GENESIS.previousHash()).hasToString("ioiiiuasyi891qbduquiuqwiqwiupwe");
        assertThat(Block.GENESIS.data().literal()).isEqualTo("\"random\"");
        assertThat(Block.GENESIS.hash())
                .hasToString("71fbc6a1c90d94050b32ab9f9d6a11fc41724f8f954905c120c4c16b71f1f80f");
    }

    @Test
    void followsItsPredecessorByIndexLinkAndHash() {
        assertThat(second.index()).isEqualTo(1);
        assertThat(second.previousHash()).isEqualTo(Block.GENESIS.hash());
        assertThat(second.hash()).isEqualTo(second.computedHash());
    }

    @Test
    void writesAndReadsTheJsonOfTheExistingNetwork() {
        assertThat(WireFormat.mapper().writeValueAsString(second)).isEqualTo(SECOND);
        assertThat(WireFormat.mapper().readValue(SECOND, Block.class)).isEqualTo(second);
    }

    @Test
    void tamperedBlockKeepsTheHashThatNoLongerFits() {
        Block tampered = second.tampered(BlockData.of("Testing String again"));

        assertThat(tampered.hash()).isEqualTo(second.hash()).isNotEqualTo(tampered.computedHash());
    }

    @Test
    void hasTheRightHashWhateverItsIndexBecauseTheIndexIsNotHashed() {
        Block renumbered = new Block(7, second.previousHash(), second.data(), second.hash());

        assertThat(renumbered.hasRightHash()).isTrue();
    }

    @Test
    void refusesNegativeIndex() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Block(-1, Hash.ORIGIN, BlockData.of("x"), Block.GENESIS.hash()))
                .withMessage("index must not be negative: index=-1");
    }

    @Test
    void refusesJsonWithMissingRepeatedOrWrongTypedFields() {
        assertThatThrownBy(() -> read(SECOND.replace("\"index\":1,", "")))
                .isInstanceOf(JacksonException.class)
                .hasMessageContaining("Missing required creator property 'index'");
        assertThatThrownBy(() -> read(SECOND.replace("\"index\":1,", "\"index\":1,\"index\":1,")))
                .isInstanceOf(JacksonException.class)
                .hasMessageContaining("Duplicate");
        for (String index : new String[] {"\"1\"", "1.0", "1.5", "true", "null", "[1]", "99999999999999999999"}) {
            assertThatThrownBy(() -> read(SECOND.replace("\"index\":1,", "\"index\":" + index + ",")))
                    .as(index)
                    .isInstanceOf(JacksonException.class);
        }
        assertThatThrownBy(() -> read(SECOND + "{}")).isInstanceOf(JacksonException.class);
    }

    @Test
    void refusesADocumentThatIsTooLong() {
        String filled = SECOND + " ".repeat(WireFormat.MAX_DOCUMENT_CHARS - SECOND.length());

        assertThat(read(filled)).isEqualTo(second);
        assertThatThrownBy(() -> read(filled + " ".repeat(10_000)))
                .isInstanceOf(JacksonException.class)
                .hasMessageContaining("4194304");
    }

    private static Block read(String json) {
        return WireFormat.mapper().readValue(json, Block.class);
    }
}
