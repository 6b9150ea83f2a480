package org.naivechain.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
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

    private static final long DISCARDED_BYTES = 4L * MAX_BYTES;

    private JsonBody() {}

    /**
     * Reads the body.
     *
     * @param patience how long to wait for all of it
     * @throws Refusal if it is not JSON in UTF-8, is too long, or does not arrive in time
     */
    static JsonNode read(HttpServletRequest request, Duration patience) {
        ContentType.requireJson(request);
        InputStream body = new Timed(request, System.nanoTime() + patience.toNanos());
        if (request.getContentLengthLong() > MAX_BYTES) {
            // With this header, the client holds its body back until somebody reads it.
            if (request.getHeader("Expect") == null) {
                discard(body);
            }
            throw tooLong();
        }
        return parse(decode(bytes(body)));
    }

    /**
     * Reads on for a while and forgets it: a client that is still sending when the server hangs up may never see the answer.
     */
    private static void discard(InputStream body) {
        try {
            body.skip(DISCARDED_BYTES);
        } catch (IOException e) {
            // The client hung up first, or its time is up.
        }
    }

    private static ByteBuffer bytes(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                discard(body);
                throw tooLong();
            }
            return ByteBuffer.wrap(bytes);
        } catch (IOException e) {
            throw new Refusal(HttpStatus.REQUEST_TIMEOUT_408, "the body did not arrive in time; send it again");
        } catch (IllegalStateException | IllegalArgumentException e) {
            if (e instanceof HttpException broken) {
                throw new Refusal(broken.getCode(), JettyErrors.message(broken.getCode(), broken.getReason()));
            }
            throw e;
        }
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
            TokenStreamLocation place = e.getLocation();
            String at = place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
            throw Refusal.badRequest("malformed JSON" + at + ": " + reason(e));
        }
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
                HttpStatus.PAYLOAD_TOO_LARGE_413,
                "the body has more than " + MAX_BYTES + " bytes; the data limit is " + BlockData.MAX_BYTES
                        + " (1 MiB) as a JSON string");
    }

    /** A body that fails when its time is up. The idle timeout alone lets a client send a byte now and then for ever. */
    private static final class Timed extends InputStream {
        private final HttpServletRequest request;
        private final long deadline;

        Timed(HttpServletRequest request, long deadline) {
            this.request = request;
            this.deadline = deadline;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (System.nanoTime() - deadline > 0) {
                throw new InterruptedIOException();
            }
            return request.getInputStream().read(into, from, length);
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }
    }
}
