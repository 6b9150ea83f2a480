package org.naivechain.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.eclipse.jetty.http.HttpException;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.WireFormat;
import org.naivechain.protocol.ReceivedJson;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.JsonNode;

/** Reads a request's body as JSON, within limits of size and time. */
final class JsonBody {
    /** The longest body, in bytes. */
    static final int MAX_BYTES = WireFormat.MAX_DOCUMENT_CHARS;

    private static final int FIRST_BYTES = 8 * 1024;
    private static final long DISCARDED_BYTES = 4L * MAX_BYTES;

    private JsonBody() {}

    /**
     * Reads the body.
     *
     * @param request whose body
     * @param patience how long to wait for all of it
     * @return the document
     * @throws Refusal if it is not JSON in UTF-8, is too long, or does not arrive in time
     */
    static JsonNode read(HttpServletRequest request, Duration patience) {
        ContentType.requireJson(request);
        long start = System.nanoTime();
        if (request.getContentLengthLong() > MAX_BYTES) {
            // To read would be to ask a client for its body that is waiting for that.
            if (request.getHeader("Expect") == null) {
                discard(request, start + patience.toNanos());
            }
            throw tooLong();
        }
        return parse(decode(bytes(request, start + patience.toNanos())));
    }

    /**
     * Reads on for a while and forgets it: a client that is still sending when the server hangs up may never see the answer.
     */
    private static void discard(HttpServletRequest request, long deadline) {
        byte[] bytes = new byte[FIRST_BYTES];
        long left = DISCARDED_BYTES;
        try {
            InputStream stream = request.getInputStream();
            for (int read = 0; read >= 0 && left > 0 && System.nanoTime() < deadline; left -= read) {
                read = stream.read(bytes);
            }
        } catch (IOException e) {
            // It hung up first.
        }
    }

    private static ByteBuffer bytes(HttpServletRequest request, long deadline) {
        byte[] bytes = new byte[FIRST_BYTES];
        int length = 0;
        try {
            InputStream stream = request.getInputStream();
            for (int read = 0; read >= 0; length += read) {
                if (length == bytes.length) {
                    bytes = Arrays.copyOf(bytes, Math.min(2 * length, MAX_BYTES + 1));
                }
                read = stream.read(bytes, length, bytes.length - length);
                if (read < 0) {
                    break;
                }
                if (length + read > MAX_BYTES) {
                    discard(request, deadline);
                    throw tooLong();
                }
                if (System.nanoTime() > deadline) {
                    throw tooSlow();
                }
            }
        } catch (IOException e) {
            throw tooSlow();
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw e instanceof HttpException broken ? new Refusal(broken.getCode(), JettyErrors.message(broken)) : e;
        }
        return ByteBuffer.wrap(bytes, 0, length);
    }

    private static String decode(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw Refusal.badRequest("the body is not valid UTF-8; send JSON in UTF-8, or escape it as ASCII");
        }
    }

    private static JsonNode parse(String text) {
        try {
            return ReceivedJson.read(text);
        } catch (JacksonException e) {
            throw Refusal.badRequest("malformed JSON" + place(e.getLocation()) + ": " + reason(e));
        }
    }

    private static String place(TokenStreamLocation place) {
        return place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
    }

    /** Jackson's own words name classes and quote the source. */
    private static String reason(JacksonException e) {
        if (e instanceof UnexpectedEndOfInputException) {
            return "it ends too early";
        }
        if (e instanceof StreamConstraintsException) {
            return "it is nested deeper than " + WireFormat.MAX_NESTING + " levels, or a number or a name is too long";
        }
        if (e instanceof StreamReadException && e.getOriginalMessage().startsWith("Duplicate")) {
            return "a field is there twice";
        }
        return e instanceof StreamReadException ? "this is not JSON" : "nothing may follow the document";
    }

    private static Refusal tooLong() {
        return new Refusal(
                Refusal.TOO_LARGE,
                "the body has more than " + MAX_BYTES + " bytes; the data limit is " + BlockData.MAX_BYTES
                        + " (1 MiB) as a JSON string");
    }

    private static Refusal tooSlow() {
        return new Refusal(Refusal.TIMEOUT, "the body did not arrive in time; send it again");
    }
}
