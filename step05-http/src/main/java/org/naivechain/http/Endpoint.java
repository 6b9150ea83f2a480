package org.naivechain.http;

import spark.Request;

/** Answers the requests of one method on one path. */
@FunctionalInterface
interface Endpoint {
    /**
     * Answers a request. Many threads call at a time; each may be held until the node has answered.
     *
     * @param request what is asked
     * @return the answer
     * @throws Refusal if it is an error
     */
    Answer answer(Request request);
}
