package org.naivechain.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * A TCP port, which the wire format writes as a text of digits: {@code "15001"}.
 *
 * @param number 1 to 65535
 */
public record Port(int number) {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,5}");
    private static final int MAX = 65_535;

    /** Refuses a number that is no port, with an {@link IllegalArgumentException}. */
    public Port {
        if (number < 1 || number > MAX) {
            throw new IllegalArgumentException("a port must be 1 to " + MAX + ": " + number);
        }
    }

    /** Reads a port as it is written, in digits, or throws an {@link IllegalArgumentException}. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Port of(String digits) {
        if (!DIGITS.matcher(digits).matches()) {
            throw new IllegalArgumentException(
                    "a port must be digits, 1 to " + MAX + ": " + ReceivedJson.quoted(digits));
        }
        return new Port(Integer.parseInt(digits));
    }

    /** {@return the port as it is written, in digits} */
    @JsonValue
    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
