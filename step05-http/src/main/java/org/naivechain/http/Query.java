package org.naivechain.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.naivechain.protocol.ReceivedJson;

/** A request's parameters, by name: what follows the question mark. Its methods throw a {@link Refusal} at what is none. */
record Query(Map<String, String> values) {
    /** Beyond the end of any chain; a larger number means the same. */
    static final long ENDLESS = 999_999_999_999_999_999L;

    private static final int EXACT_DIGITS = 18;
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    /**
     * Reads a query, each parameter of which must be one of the names and must not be repeated.
     *
     * @param query null if there is no question mark
     */
    static Query of(String query, String... names) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            if (!parameter.isEmpty()) {
                read(parameter, List.of(names), values);
            }
        }
        return new Query(values);
    }

    private static void read(String parameter, List<String> names, Map<String, String> values) {
        String[] parts = parameter.split("=", 2);
        String name = decode(parts[0]);
        if (!names.contains(name)) {
            throw Refusal.badRequest("unknown parameter " + ReceivedJson.quoted(name) + "; there "
                    + (names.size() == 1 ? "is only " : "are ") + String.join(" and ", names));
        }
        if (values.put(name, parts.length == 1 ? "" : decode(parts[1])) != null) {
            throw Refusal.badRequest("the parameter " + name + " must not be repeated");
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("the query has a broken percent escape: " + ReceivedJson.quoted(text));
        }
    }

    /** {@return whether the value is "true"; false if the parameter is not there} */
    boolean isTrue(String name) {
        String value = values.getOrDefault(name, "false");
        if (!value.equals("true") && !value.equals("false")) {
            throw Refusal.badRequest(name + " must be true or false: " + ReceivedJson.quoted(value));
        }
        return value.equals("true");
    }

    /** {@return the value as a number, not negative; the other number if the parameter is not there} */
    long number(String name, long otherwise) {
        return values.containsKey(name) ? parse(name, values.get(name)) : otherwise;
    }

    /** {@return the number that the digits write} The name is for the message. */
    static long parse(String name, String digits) {
        if (!DIGITS.matcher(digits).matches()) {
            throw Refusal.badRequest(name + " must be a non-negative integer: " + ReceivedJson.quoted(digits));
        }
        String exact = digits.replaceFirst("^0+(?=.)", "");
        return exact.length() > EXACT_DIGITS ? ENDLESS : Long.parseLong(exact);
    }
}
