package org.naivechain.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a request: what follows the question mark. */
final class Query {
    private Query() {}

    /**
     * Reads a query.
     *
     * @param query what follows the question mark, null if nothing does
     * @param names the parameters that there are
     * @return the values by their names
     * @throws Refusal if a parameter is unknown or repeated
     */
    static Map<String, String> of(String query, List<String> names) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            if (!parameter.isEmpty()) {
                read(parameter, names, values);
            }
        }
        return values;
    }

    private static void read(String parameter, List<String> names, Map<String, String> values) {
        int equals = parameter.indexOf('=');
        String name = decode(equals < 0 ? parameter : parameter.substring(0, equals));
        if (!names.contains(name)) {
            throw Refusal.badRequest("unknown parameter " + Quoted.of(name) + "; there "
                    + (names.size() == 1 ? "is only " : "are ") + String.join(" and ", names));
        }
        if (values.put(name, decode(equals < 0 ? "" : parameter.substring(equals + 1))) != null) {
            throw Refusal.badRequest("the parameter " + name + " must not be repeated");
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("the query has a broken percent escape: " + Quoted.of(text));
        }
    }
}
