package org.naivechain.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {
    private final Block unsealed = Block.GENESIS.next(BlockData.of("text"));
    private final Block sealed = unsealed.sealed(new Seal("proof:1"));

    @Test
    void aSealIsHashedAfterTheData() {
        // printf '71fbc6a1…"text"proof:1' | sha256sum
        assertThat(sealed.hasRightHash()).isTrue();
        assertThat(sealed.hash()).isNotEqualTo(unsealed.hash());
        assertThat(sealed.hash().text()).isEqualTo("29f0665fa0e0148a26487361835f45d8c6417f60963322267f53e77c2fac1eb6");
        assertThat(sealed.next(BlockData.of("next")).previousHash()).isEqualTo(sealed.hash());
    }

    @Test
    void aSealThatIsAlteredOrTakenAwayShows() {
        Block other = unsealed.sealed(new Seal("proof:2"));

        assertThat(new Block(1, sealed.previousHash(), sealed.data(), sealed.hash(), other.seal()).hasRightHash())
                .isFalse();
        assertThat(new Block(1, sealed.previousHash(), sealed.data(), sealed.hash()).hasRightHash())
                .isFalse();
    }

    @Test
    void jsonHasASealOnlyIfTheBlockHasOne() {
        String json = WireFormat.mapper().writeValueAsString(sealed);

        assertThat(json).endsWith(",\"seal\":\"proof:1\"}");
        assertThat(WireFormat.mapper().readValue(json, Block.class)).isEqualTo(sealed);
        assertThat(WireFormat.mapper().writeValueAsString(unsealed)).doesNotContain("seal");
    }

    @Test
    void aBlockIsShownWithItsSealIfItHasOne() {
        assertThat(sealed.toString()).endsWith(", hash=" + sealed.hash() + ", seal=proof:1]");
        assertThat(unsealed.toString()).endsWith(", data=\"text\", hash=" + unsealed.hash() + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with a space", "line\n", "é", "\u007f"})
    void aTextThatIsNoSealIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Seal(text)).withMessageContaining("a seal must be");
    }

    @Test
    void aSealHasALimit() {
        assertThat(new Seal("x".repeat(Seal.MAX_CHARS)).text()).hasSize(1_000);
        assertThatIllegalArgumentException().isThrownBy(() -> new Seal("x".repeat(Seal.MAX_CHARS + 1)));
    }
}
