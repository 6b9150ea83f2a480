package org.naivechain.http;

import java.util.Locale;

/**
 * The check of a request's Content-Type. It is a security check as well: a web page of somebody else can send a form to this
 * node, but no JSON, unless the browser has asked this node first (Fetch standard, CORS-safelisted request headers).
 */
final class ContentType {
    private static final String RULE = "; send JSON with the header Content-Type: application/json";

    private ContentType() {}

    /**
     * Refuses all but JSON in UTF-8.
     *
     * @param header the header's value, null if there is none
     * @throws Refusal if it names something else
     */
    static void requireJson(String header) {
        if (header == null) {
            throw new Refusal(Refusal.UNSUPPORTED_MEDIA_TYPE, "the request has no Content-Type" + RULE);
        }
        String[] parts = header.split(";", -1);
        boolean json = parts[0].strip().equalsIgnoreCase(JsonAnswer.CONTENT_TYPE);
        for (int i = 1; i < parts.length; i++) {
            json &= isHarmless(parts[i].strip().toLowerCase(Locale.ROOT));
        }
        if (!json) {
            throw new Refusal(
                    Refusal.UNSUPPORTED_MEDIA_TYPE,
                    "the Content-Type is " + Shown.of(header) + RULE + ", in UTF-8 if a charset is named");
        }
    }

    private static boolean isHarmless(String parameter) {
        return !parameter.startsWith("charset")
                || parameter.equals("charset=utf-8")
                || parameter.equals("charset=\"utf-8\"");
    }
}
