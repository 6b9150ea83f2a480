package org.naivechain.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import org.eclipse.jetty.http.HttpStatus;
import org.naivechain.protocol.ReceivedJson;

/**
 * The check of what a body is said to be. It is a security check as well: a web page of somebody else can send a form to this
 * node, but no JSON, unless the browser has asked this node first (Fetch standard, CORS-safelisted request headers).
 */
final class ContentType {
    private static final String RULE = "; send JSON with the header Content-Type: application/json";
    private static final String CODING = "Content-Encoding";

    private ContentType() {}

    /** Throws a {@link Refusal} at all but JSON in UTF-8 that is not compressed. */
    static void requireJson(HttpServletRequest request) {
        // Jetty's own getContentType() throws at a charset that is none.
        String header = request.getHeader("Content-Type");
        if (header == null) {
            throw refusal("the request has no Content-Type" + RULE);
        }
        String[] parts = header.split(";", -1);
        if (!parts[0].strip().equalsIgnoreCase(JsonAnswer.CONTENT_TYPE)
                || !Arrays.stream(parts).skip(1).allMatch(ContentType::isHarmless)) {
            throw refusal(
                    "the Content-Type is " + ReceivedJson.quoted(header) + RULE + ", in UTF-8 if a charset is named");
        }
        String coding = String.join(", ", Collections.list(request.getHeaders(CODING)));
        if (!coding.isBlank() && !coding.equalsIgnoreCase("identity")) {
            throw refusal("the " + CODING + " is " + ReceivedJson.quoted(coding)
                    + "; send JSON as it is, without this header");
        }
    }

    private static Refusal refusal(String message) {
        return new Refusal(HttpStatus.UNSUPPORTED_MEDIA_TYPE_415, message);
    }

    private static boolean isHarmless(String parameter) {
        String[] named = parameter.split("=", 2);
        return !named[0].strip().equalsIgnoreCase("charset")
                || (named.length == 2 && isUtf8(named[1].replaceAll("[\"']", "").strip()));
    }

    private static boolean isUtf8(String charset) {
        try {
            return Charset.forName(charset).equals(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
