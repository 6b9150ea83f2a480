package org.naivechain.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FrameBitsTest {
    @Test
    void readsAMaskedTextBitByBit() {
        assertThat(words("818231323334795c").lines())
                .contains(
                        " 1  81  10000001  FIN: it ends its message; opcode 1, text",
                        " 2  82  10000010  masked; length 2",
                        " 6  34  00110100  key of the mask",
                        " 8  5c  01011100  xor 32 is 'n'")
                .hasSize(8);
    }

    @Test
    void readsLengthsOfTwoAndOfEightBytesAndSaysWhatIsMissing() {
        assertThat(words("017e0100")).contains("no FIN", "length 256", "256 bytes promised, 0 are there");
        assertThat(words("817f0000000040000000")).contains("length 1073741824");
        assertThat(words("81ff00")).contains("length 0");
        assertThat(words("81")).isEqualTo("no frame");
    }

    @Test
    void cutsALongPayload() {
        assertThat(words("8132" + "78".repeat(50))).contains("'x'").endsWith("and 28 bytes more");
    }

    @Test
    void saysWhatAListenerHasAnswered() {
        assertThat(FrameBits.inWords(new byte[0])).isEqualTo("nothing");
        assertThat(FrameBits.inWords(bytes("8a00"))).isEqualTo("a pong");
        assertThat(FrameBits.inWords(bytes("8800"))).isEqualTo("close");
        assertThat(FrameBits.inWords(bytes("880403f16e6f"))).isEqualTo("close, 1009 no");
        assertThat(words("880403f16e6f")).contains("the code of the end: 1009");
    }

    @Test
    void readsAFrameByTheLengthThatItSays() throws IOException {
        assertThat(read("81026162" + "8100")).isEqualTo("81026162");
        assertThat(read("817e00c8" + "78".repeat(200) + "8100")).isEqualTo("817e00c8" + "78".repeat(200));
        assertThat(read("8182313233345051" + "8100")).isEqualTo("8182313233345051");
        assertThat(read("810561")).isEqualTo("810561");
        assertThat(read("")).isEmpty();
    }

    private static String read(String sent) throws IOException {
        return HexFormat.of().formatHex(FrameBits.read(new ByteArrayInputStream(bytes(sent))));
    }

    private static String words(String hex) {
        return FrameBits.of(bytes(hex)).text();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
