package org.naivechain.http;

import java.util.List;
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
        Map<String, String> values = Query.of(query, List.of("from", "limit"));
        return new Range(
                values.containsKey("from") ? number("from", values.get("from")) : 0,
                values.containsKey("limit") ? number("limit", values.get("limit")) : ENDLESS);
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
            throw Refusal.badRequest(name + " must be a non-negative integer: " + Quoted.of(digits));
        }
        String exact = digits.replaceFirst("^0+(?=.)", "");
        return exact.length() > EXACT_DIGITS ? ENDLESS : Long.parseLong(exact);
    }
}
