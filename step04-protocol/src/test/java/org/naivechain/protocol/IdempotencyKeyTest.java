package org.naivechain.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {
    private static final String RULE = "a key must be 1 to 200 printable ASCII characters without spaces: ";

    @Test
    void noClientCanChooseAKeyThatANodeMakesUp() {
        IdempotencyKey ofNode = IdempotencyKey.ofNode("start", 7);
        IdempotencyKey ofClient = IdempotencyKey.ofClient("start-7");

        assertThat(ofNode).isNotEqualTo(ofClient);
        assertThat(ofNode).hasToString("start-7");
        assertThat(ofClient).hasToString("start-7");
        assertThat(ofNode.isOfNode()).isTrue();
        assertThat(IdempotencyKey.ofClient("n:start-7").isOfNode()).isFalse();
    }

    @Test
    void takesEveryPrintableCharacterOfAscii() {
        StringBuilder all = new StringBuilder();
        for (char c = '!'; c <= '~'; c++) {
            all.append(c);
        }

        assertThat(IdempotencyKey.ofClient(all.toString())).hasToString(all.toString());
        assertThat(new IdempotencyKey(IdempotencyKey.ofClient(all.toString()).text()))
                .isEqualTo(IdempotencyKey.ofClient(all.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a ", "tab\t", "line\n", "\u0000", "\u007f", "\u00e9", "\ud83d\ude00"})
    void refusesWhatIsNotPrintableAscii(String chosen) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IdempotencyKey.ofClient(chosen))
                .withMessage(RULE + "\"" + chosen + "\"");
    }

    @Test
    void takes200CharactersAndQuotesTheBeginningOfALongerOne() {
        assertThat(IdempotencyKey.ofClient("x".repeat(200)).toString()).hasSize(200);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IdempotencyKey.ofClient("x".repeat(201)))
                .withMessage(RULE + "\"" + "x".repeat(64) + "...\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c", "c:", "x:key", "key", "C:key", " c:key"})
    void refusesATextWithoutTheScopeThatNodesWrite(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IdempotencyKey(text))
                .withMessage(RULE + "\"" + text.substring(Math.min(2, text.length())) + "\"");
    }
}
