package org.naivechain.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What a client is told: a status and a JSON document. */
interface Answer {
    /**
     * Writes the whole answer and ends it.
     *
     * @throws IOException if the client is gone
     * @throws RuntimeException if the node does not give the rest of the answer
     */
    void writeTo(HttpServletResponse response) throws IOException;
}
