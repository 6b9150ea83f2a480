package org.naivechain.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpStatus;
import org.naivechain.blocks.WireFormat;
import tools.jackson.databind.node.ObjectNode;

/** An answer that is written at once. Its body is the JSON document, as a line of ASCII. */
record JsonAnswer(int status, byte[] body) implements Answer {
    static final String CONTENT_TYPE = "application/json";

    static JsonAnswer ok(Object data) {
        return of(HttpStatus.OK_200, document("OK").putPOJO("data", data));
    }

    static JsonAnswer ok(Object data, long index, long confirmations) {
        ObjectNode answer = document("OK").putPOJO("data", data);
        return of(HttpStatus.OK_200, answer.put("index", index).put("confirmations", confirmations));
    }

    static JsonAnswer error(int status, String message) {
        return of(status, document("ERROR").put("data", false).put("message", message));
    }

    private static ObjectNode document(String status) {
        return WireFormat.mapper().createObjectNode().put("status", status);
    }

    private static JsonAnswer of(int status, ObjectNode document) {
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
