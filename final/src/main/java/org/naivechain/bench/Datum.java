package org.naivechain.bench;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one add carries: a text that no other add of the run has, from which client and number can be read again.
 *
 * @param number the how-manieth add of that client it is
 */
record Datum(int client, int number) {
    /** Room for any client, any number, and two dashes. */
    static final int MIN_BYTES = 16;

    private static final Pattern TEXT = Pattern.compile("(\\d{1,4})-(\\d{1,9})-x*");

    String text(int bytes) {
        String told = client + "-" + number + "-";
        return told + "x".repeat(bytes - told.length());
    }

    /** The datum that a text says; none if it is of somebody else, like that of the genesis block. */
    static Optional<Datum> of(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new Datum(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }
}
