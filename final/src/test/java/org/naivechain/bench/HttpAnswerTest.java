package org.naivechain.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {
    private static final String TWO =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\ntrue\n"
                    + "HTTP/1.1 503 Service Unavailable\r\ncontent-length:2\r\nConnection: close\r\n\r\nno";

    /** A network that hands over a few bytes at a time. */
    private static InputStream split(String text, int bytesAtATime) {
        InputStream whole = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
        return new BufferedInputStream(new FilterInputStream(whole) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return super.read(into, offset, Math.min(length, bytesAtATime));
            }

            @Override
            public int available() {
                return 0;
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 50, 10_000})
    void answersAreReadOneAfterTheOtherHoweverTheBytesArrive(int bytesAtATime) throws IOException {
        InputStream in = split(TWO, bytesAtATime);

        assertThat(HttpAnswer.read(in)).isEqualTo(new HttpAnswer(200, "true\n", false));
        assertThat(HttpAnswer.read(in)).isEqualTo(new HttpAnswer(503, "no", true));
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void anAnswerThatEndsTooSoonIsNone() {
        int end = TWO.indexOf("true\n") + "true\n".length();
        for (int length = 0; length < end; length++) {
            InputStream in = split(TWO.substring(0, length), 3);
            assertThatThrownBy(() -> HttpAnswer.read(in))
                    .as("%d bytes", length)
                    .isInstanceOf(EOFException.class)
                    .hasMessageStartingWith("the node hung up");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 200 OK\\n\\n | an answer must have a Content-Length: status 200",
                "HTTP/1.1 200 OK\\nContent-Length: x\\n\\n | a number is expected: \"Content-Length: x\"",
                "HTTP/1.1 200 OK\\nContent-Length: -1\\n\\n | a number is expected: \"Content-Length: -1\"",
                "HTTP/1.1 abc\\n\\n | a number is expected: \"HTTP/1.1 abc\"",
                "HTTP/1.1\\n\\n | an answer must begin with HTTP/1.1 and a status: \"HTTP/1.1\"",
                "SSH-2.0\\n | an answer must begin with HTTP/1.1 and a status: \"SSH-2.0\""
            })
    void whatIsNoAnswerIsToldByRuleAndValue(String text, String message) {
        InputStream in = split(text.replace("\\n", "\r\n"), 3);

        assertThatThrownBy(() -> HttpAnswer.read(in))
                .isInstanceOf(IOException.class)
                .hasMessage(message);
    }

    @Test
    void aLineWithoutEndIsNotKept() {
        InputStream in = split("HTTP/1.1 200 " + "x".repeat(10_000), 1_000);

        assertThatThrownBy(() -> HttpAnswer.read(in))
                .isInstanceOf(IOException.class)
                .hasMessage("a line of the head must be at most 8192 bytes");
    }
}
