package org.naivechain.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashTest {
    @Test
    void isTheSha256OfPreviousHashAndData() {
        assertThat(Hash.of(Hash.ORIGIN, BlockData.of("random")))
                .hasToString("71fbc6a1c90d94050b32ab9f9d6a11fc41724f8f954905c120c4c16b71f1f80f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "71fbc6a1",
                "71fbc6a1c90d94050b32ab9f9d6a11fc41724f8f954905c120c4c16b71f1f80",
                "71fbc6a1c90d94050b32ab9f9d6a11fc41724f8f954905c120c4c16b71f1f80f0",
                "/1fbc6a1c90d94050b32ab9f9d6a11fc41724f8f954905c120c4c16b71f1f80f",
                ":1fbc6a1c90d94050b32ab9f9d6a11fc41724f8f954905c120c4c16b71f1f80f",
                "`1fbc6a1c90d94050b32ab9f9d6a11fc41724f8f954905c120c4c16b71f1f80f",
                "71FBC6A1C90D94050B32AB9F9D6A11FC41724F8F954905C120C4C16B71F1F80F",
                "g1fbc6a1c90d94050b32ab9f9d6a11fc41724f8f954905c120c4c16b71f1f80f",
                "71fbc6a1c90d94050b32ab9f9d6a11fc41724f8f954905c120c4c16b71f1f80f\n"
            })
    void refusesWhatIsNoHash(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Hash(text))
                .withMessageStartingWith("a hash must be 64 lowercase hexadecimal digits: \"");
    }
}
