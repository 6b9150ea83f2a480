package org.naivechain.notebooks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.naivechain.notebooks.Svg.Look;

/** The bytes of a WebSocket frame (RFC 6455, 5.2), one in a row, bit by bit, with what they mean. */
public final class FrameBits {
    private static final Map<Integer, String> OPCODES =
            Map.of(0, "a fragment", 1, "text", 2, "binary", 8, "close", 9, "ping", 10, "pong");
    private static final Look ONE_BIT = new Look("#fdebd3", "#b54708");
    private static final Look FIELD = new Look("#e0ecfb", "#1d5fa8");
    private static final Look PAYLOAD = Look.SOUND;
    private static final int BITS = 8;
    private static final int MOST = 24;
    private static final int CLOSE = 8;
    private static final int TWO_MORE = 126;
    private static final int EIGHT_MORE = 127;
    private static final double CELL = 22;
    private static final double ROW = 24;
    private static final double LEFT = 74;

    private final byte[] frame;
    private final Svg svg = new Svg();
    private final StringBuilder words = new StringBuilder();
    private int at;

    private FrameBits(byte[] frame) {
        this.frame = frame.clone();
    }

    /** {@return a frame as rows of bits; what it promises and has not got is said below} */
    public static Picture of(byte[] frame) {
        return new FrameBits(frame).picture();
    }

    /** {@return the next frame of a connection, whole, by the length that it says; or what there is, if the connection ends before} */
    public static byte[] read(InputStream in) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(in.readNBytes(2));
        if (frame.size() == 2) {
            int second = frame.toByteArray()[1];
            int length = second & 0x7f;
            byte[] more = in.readNBytes(length == TWO_MORE ? 2 : length == EIGHT_MORE ? BITS : 0);
            frame.writeBytes(more);
            int key = second < 0 ? 4 : 0;
            frame.writeBytes(
                    in.readNBytes(key + (more.length == 0 ? length : new BigInteger(1, more).intValueExact())));
        }
        return frame.toByteArray();
    }

    /** {@return what a listener has answered: nothing, a frame of some kind, or the end of the connection, with its code and reason} */
    public static String inWords(byte[] answer) {
        if (answer.length < 2) {
            return "nothing";
        }
        int opcode = answer[0] & 0x0f;
        if (opcode != CLOSE) {
            return "a " + OPCODES.getOrDefault(opcode, "frame of an unknown kind");
        }
        if (answer.length < 4) {
            return "close";
        }
        int code = (answer[2] & 0xff) << BITS | answer[3] & 0xff;
        return ("close, " + code + " " + new String(answer, 4, answer.length - 4, StandardCharsets.UTF_8)).strip();
    }

    private Picture picture() {
        if (frame.length < 2) {
            return new Picture("<i>no frame</i>", "no frame");
        }
        int opcode = frame[0] & 0x0f;
        row(
                1,
                (frame[0] < 0 ? "FIN: it ends its message" : "no FIN: more of the message follows") + "; opcode "
                        + opcode + ", " + OPCODES.getOrDefault(opcode, "unknown"),
                3);
        boolean masked = frame[1] < 0;
        int length = frame[1] & 0x7f;
        int more = length == TWO_MORE ? 2 : length == EIGHT_MORE ? BITS : 0;
        row(
                1,
                (masked ? "masked" : "not masked")
                        + (more == 0
                                ? "; length " + length
                                : "; " + length + ": the length is in the next " + more + " bytes"),
                0);
        BigInteger promised = BigInteger.valueOf(length);
        if (more > 0) {
            int end = Math.min(at + more, frame.length);
            promised = new BigInteger(1, Arrays.copyOfRange(frame, at, end));
            while (at < end) {
                row(0, at == end - 1 ? "length " + promised : "", 0);
            }
        }
        byte[] key = new byte[4];
        for (int i = 0; masked && i < key.length && at < frame.length; i++) {
            key[i] = frame[at];
            row(0, "key of the mask", 0);
        }
        payload(opcode, key, masked);
        return said(promised, Math.max(0, frame.length - at));
    }

    /** Draws the next byte: so many bits of their own, then some that mean nothing, then a field. */
    private void row(int bits, String meaning, int reserved) {
        Look[] looks = new Look[BITS];
        Arrays.fill(looks, FIELD);
        Arrays.fill(looks, bits, bits + reserved, Look.DOUBTFUL);
        Arrays.fill(looks, 0, bits, ONE_BIT);
        draw(looks, meaning);
        at++;
    }

    private void payload(int opcode, byte[] key, boolean masked) {
        Look[] looks = new Look[BITS];
        Arrays.fill(looks, PAYLOAD);
        int start = at;
        for (; at < Math.min(frame.length, MOST); at++) {
            int plain = (frame[at] ^ key[(at - start) % key.length]) & 0xff;
            String shown = opcode == CLOSE && at - start < 2
                    ? "the code of the end: " + number(start, key)
                    : plain >= ' ' && plain <= '~' ? "'" + (char) plain + "'" : "%02x".formatted(plain);
            draw(looks, masked ? "xor %02x is ".formatted(key[(at - start) % key.length] & 0xff) + shown : shown);
        }
        if (at < frame.length) {
            svg.text(LEFT, rowAt(at) + 15, 12, "start", Svg.PALE_INK, "and " + (frame.length - at) + " bytes more");
            words.append("\nand ").append(frame.length - at).append(" bytes more");
        }
        at = start;
    }

    private String number(int start, byte[] key) {
        return start + 1 < frame.length
                ? String.valueOf(((frame[start] ^ key[0]) & 0xff) << BITS | (frame[start + 1] ^ key[1]) & 0xff)
                : "cut";
    }

    private void draw(Look[] looks, String meaning) {
        int value = frame[at] & 0xff;
        String bits = String.format("%8s", Integer.toBinaryString(value)).replace(' ', '0');
        double y = rowAt(at);
        svg.text(0, y + 15, 12, "start", Svg.PALE_INK, "%2d".formatted(at + 1));
        svg.text(30, y + 15, 13, "start", Svg.INK, "%02x".formatted(value));
        for (int bit = 0; bit < BITS; bit++) {
            svg.box(LEFT + bit * CELL, y, CELL, ROW - 4, looks[bit]);
            svg.text(
                    LEFT + bit * CELL + CELL / 2,
                    y + 15,
                    12,
                    "middle",
                    looks[bit].line(),
                    bits.substring(bit, bit + 1));
        }
        svg.text(LEFT + BITS * CELL + 14, y + 15, meaning);
        words.append(words.length() == 0 ? "" : "\n")
                .append("%2d  %02x  %s  %s"
                        .formatted(at + 1, value, bits, meaning)
                        .stripTrailing());
    }

    private static double rowAt(int place) {
        return place * ROW;
    }

    private Picture said(BigInteger promised, int arrived) {
        if (!promised.equals(BigInteger.valueOf(arrived))) {
            String lie = promised + " bytes promised, " + arrived + " are there";
            svg.text(
                    LEFT,
                    rowAt(frame.length > MOST ? MOST + 1 : frame.length) + 15,
                    12,
                    "start",
                    Look.BROKEN.line(),
                    lie);
            words.append('\n').append(lie);
        }
        return svg.picture(words.toString());
    }
}
