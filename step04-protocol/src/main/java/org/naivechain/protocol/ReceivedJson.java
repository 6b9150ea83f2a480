package org.naivechain.protocol;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.naivechain.blocks.WireFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidNullException;

/** JSON that somebody else wrote: how it is read, and how its author is told what is wrong with it. Thread-safe. */
public final class ReceivedJson {
    private static final String LARGE_EXPONENT = "a number must not have so large an exponent";

    private static final Pattern MISSING = Pattern.compile("^Missing required creator property '([^']*)'");

    private static final int MAX_QUOTED_CHARS = 64;

    private ReceivedJson() {}

    /** Reads any text; throws a {@link JacksonException} if it is not JSON, or breaks a limit. */
    public static JsonNode read(String document) {
        try {
            return WireFormat.mapper().readTree(document);
        } catch (NumberFormatException e) {
            // Jackson lets through what Java says of a number with a large exponent.
            throw new StreamConstraintsException(LARGE_EXPONENT);
        }
    }

    /** {@return a text in quotes, for a message: its beginning, if it is long} */
    public static String quoted(String text) {
        return '"' + (text.length() > MAX_QUOTED_CHARS ? text.substring(0, MAX_QUOTED_CHARS) + "..." : text) + '"';
    }

    /**
     * Says what is wrong with a document that was refused, in one line that may be shown to whoever sent it: the field and the
     * rule that it breaks, or where it stops being JSON. No text of the document beyond the value at fault, no name of a class.
     */
    public static String explain(JacksonException e) {
        if (e instanceof StreamReadException && e.getLocation().getLineNr() > 0) {
            // Jackson adds where an unclosed object began, with its own name for the document.
            return e.getOriginalMessage().replaceFirst("(?s) \\(start marker at .*|\\R.*", "") + " at line "
                    + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr();
        }
        if (LARGE_EXPONENT.equals(e.getOriginalMessage())) {
            return LARGE_EXPONENT;
        }
        String field = e.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
        Matcher missing = MISSING.matcher(e.getOriginalMessage());
        if (missing.find()) {
            String name = missing.group(1);
            return "the field " + (field.endsWith(name) ? field : field.isEmpty() ? name : field + "." + name)
                    + " is missing";
        }
        if (e.getCause() instanceof IllegalArgumentException rule) {
            return (field.isEmpty() ? "" : field + ": ") + rule.getMessage();
        }
        return (field.isEmpty() ? "the document" : field)
                + (e instanceof InvalidNullException ? " must not be null" : " has a value of the wrong type");
    }
}
