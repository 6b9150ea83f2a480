package org.naivechain.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.naivechain.blocks.WireFormat;

/**
 * An answer that is written at once.
 *
 * @param status the HTTP status
 * @param body the JSON document as a line of ASCII
 */
record JsonAnswer(int status, byte[] body) implements Answer {
    static final String CONTENT_TYPE = "application/json";
    static final int OK = 200;

    static JsonAnswer ok(Object data) {
        return of(OK, Map.of(), "OK", data);
    }

    static JsonAnswer error(int status, String message) {
        return of(status, Map.of("message", message), "ERROR", false);
    }

    private static JsonAnswer of(int status, Map<String, Object> more, String word, Object data) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("status", word);
        document.put("data", data);
        document.putAll(more);
        // The line end keeps a user's prompt apart from the answer.
        String line = WireFormat.mapper().writeValueAsString(document) + "\n";
        return new JsonAnswer(status, line.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void writeTo(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType(CONTENT_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.getOutputStream().close();
    }
}
