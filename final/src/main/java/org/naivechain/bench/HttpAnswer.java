package org.naivechain.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An answer to a request, read as HTTP/1.1 says (RFC 9112), but with a {@code Content-Length} only: every short answer of a
 * node has one.
 */
record HttpAnswer(int status, String body, boolean isLast) {
    private static final int MAX_LINE = 8 * 1024;
    private static final String VERSION = "HTTP/1.1 ";
    private static final int STATUS_DIGITS = 3;
    private static final String LENGTH = "content-length:";

    /**
     * Reads one answer and no byte beyond it.
     *
     * @param in a buffered stream, because it is read byte by byte
     */
    static HttpAnswer read(InputStream in) throws IOException {
        String first = line(in);
        if (!first.startsWith(VERSION) || first.length() < VERSION.length() + STATUS_DIGITS) {
            throw new IOException("an answer must begin with " + VERSION + "and a status: \"" + first + "\"");
        }
        int status = number(first, first.substring(VERSION.length(), VERSION.length() + STATUS_DIGITS));
        int length = -1;
        boolean last = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String name = header.toLowerCase(Locale.ROOT);
            if (name.startsWith(LENGTH)) {
                length = number(header, header.substring(LENGTH.length()).strip());
            } else if (name.matches("connection:\\s*close")) {
                last = true;
            }
        }
        if (length < 0) {
            throw new IOException("an answer must have a Content-Length: status " + status);
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the node hung up after " + body.length + " of " + length + " bytes");
        }
        return new HttpAnswer(status, new String(body, StandardCharsets.US_ASCII), last);
    }

    private static int number(String line, String digits) throws IOException {
        try {
            return Integer.parseUnsignedInt(digits);
        } catch (NumberFormatException e) {
            throw new IOException("a number is expected: \"" + line + "\"", e);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the node hung up");
            }
            if (line.length() == MAX_LINE) {
                throw new IOException("a line of the head must be at most " + MAX_LINE + " bytes");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
