package org.naivechain.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which blocks a client wants: the query of {@code GET /data}.
 *
 * @param from the index of the first
 * @param limit how many at the most
 */
record Range(long from, long limit) {
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    /** Beyond the end of any chain; a larger number means the same. */
    private static final long ENDLESS = 999_999_999_999_999_999L;

    private static final int EXACT_DIGITS = 18;

    /**
     * Reads a query.
     *
     * @param query what follows the question mark, null if nothing does
     * @return the range, all blocks if the query says nothing else
     * @throws Refusal if a parameter is unknown, repeated, or no number
     */
    static Range of(String query) {
        Map<String, Long> numbers = new HashMap<>();
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            if (!parameter.isEmpty()) {
                read(parameter, numbers);
            }
        }
        return new Range(numbers.getOrDefault("from", 0L), numbers.getOrDefault("limit", ENDLESS));
    }

    /**
     * Reads an index or a count.
     *
     * @param name what it is, for the message
     * @param digits how the client wrote it
     * @return the number, not negative
     * @throws Refusal if it is no non-negative integer
     */
    static long number(String name, String digits) {
        if (!DIGITS.matcher(digits).matches()) {
            throw Refusal.badRequest(name + " must be a non-negative integer: " + Shown.of(digits));
        }
        String exact = digits.replaceFirst("^0+(?=.)", "");
        return exact.length() > EXACT_DIGITS ? ENDLESS : Long.parseLong(exact);
    }

    private static void read(String parameter, Map<String, Long> numbers) {
        int equals = parameter.indexOf('=');
        String name = decode(equals < 0 ? parameter : parameter.substring(0, equals));
        String value = decode(equals < 0 ? "" : parameter.substring(equals + 1));
        if (!name.equals("from") && !name.equals("limit")) {
            throw Refusal.badRequest("unknown parameter " + Shown.of(name) + "; there are from and limit");
        }
        if (numbers.put(name, number(name, value)) != null) {
            throw Refusal.badRequest("the parameter " + name + " must not be repeated");
        }
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("the query has a broken percent escape: " + Shown.of(text));
        }
    }
}
