package org.naivechain.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlockDataTest {
    static Stream<Arguments> literals() {
        return Stream.of(
                Arguments.of("plain", "\"plain\""),
                Arguments.of("\u00e9", "\"\\u00e9\""),
                Arguments.of("\ud83d\ude00 \"q\" \\ / <>&", "\"\\ud83d\\ude00 \\\"q\\\" \\\\ / <>&\""),
                Arguments.of("tab\there", "\"tab\\there\""),
                Arguments.of("\u007f\u0080\u2028\0\b\f", "\"\\u007f\\u0080\\u2028\\u0000\\b\\f\""),
                Arguments.of(" \n\r\u001f~", "\" \\n\\r\\u001f~\""));
    }

    @ParameterizedTest
    @MethodSource("literals")
    void writesTheLiteralOfTheWireFormat(String text, String literal) {
        assertThat(BlockData.of(text).literal()).isEqualTo(literal);
        assertThat(new BlockData(literal).text()).isEqualTo(text);
    }

    @Test
    void writesLoneSurrogatesTooBecauseTheOriginalDoes() {
        assertThat(BlockData.of("\ud83d").literal()).isEqualTo("\"\\ud83d\"");
        assertThat(new BlockData("\"\\ud83d\"").text()).isEqualTo("\ud83d");
    }

    @RepeatedTest(50)
    void anyTextSurvivesTheLiteralAndTheLiteralIsAscii(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            text.append((char) random.nextInt(1 << (1 + random.nextInt(16))));
        }

        BlockData data = BlockData.of(text.toString());

        assertThat(data.text()).isEqualTo(text.toString());
        assertThat(data.literal()).matches("\"[\\x20-\\x7e]*\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1e9999999999",
                "\"",
                "\"\"\"",
                "plain",
                "plain\"",
                "x\"",
                "1",
                "null",
                "\"open",
                "\"a\" ",
                " \"a\"",
                "\"a\"\"b\"",
                "[\"a\"]"
            })
    void refusesWhatIsNoStringLiteral(String literal) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BlockData(literal))
                .withMessageStartingWith("data must be a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\u0041\"", "\"\\/\"", "\"\\u00E9\"", "\"é\"", "\"\\u000a\""})
    void refusesASecondWayToWriteAText(String literal) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BlockData(literal))
                .withMessage("data must be an ASCII JSON string literal, escaped as the wire format says: " + literal);
    }

    /** Every character alone, at the start, in the middle, and at the end: whatever is taken must be what is written. */
    @Test
    void takesAsItIsExactlyWhatNeedsNoEscape() {
        for (char c = 0; c < 0x180; c++) {
            for (String text : List.of("" + c, c + "a", "a" + c + "a", "a" + c)) {
                String unescaped = '"' + text + '"';
                boolean plain = c >= 0x20 && c <= 0x7e && c != '"' && c != '\\';

                assertThat(BlockData.of(text).literal().equals(unescaped)).isEqualTo(plain);
                assertThat(taken(unescaped)).as("U+%04x", (int) c).isEqualTo(plain);
            }
        }
    }

    private static boolean taken(String literal) {
        try {
            return new BlockData(literal).literal().equals(literal);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Test
    void takesOneMebibyteAndRefusesAByteMore() {
        assertThat(BlockData.of("x".repeat(BlockData.MAX_BYTES - 2)).literal()).hasSize(BlockData.MAX_BYTES);
        assertThatExceptionOfType(BlockData.TooLong.class)
                .isThrownBy(() -> BlockData.of("x".repeat(BlockData.MAX_BYTES - 1)))
                .withMessage("data is 1048577 bytes as a JSON string; the limit is 1048576 (1 MiB)");
    }

    @Test
    void showsOnlyTheBeginningOfALongText() {
        assertThat(BlockData.of("x".repeat(38))).hasToString("\"" + "x".repeat(38) + "\"");
        assertThat(BlockData.of("x".repeat(1_000))).hasToString("\"" + "x".repeat(39) + "... (1002 characters)");
    }
}
