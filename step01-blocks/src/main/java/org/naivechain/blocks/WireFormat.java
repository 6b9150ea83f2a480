package org.naivechain.blocks;

import com.fasterxml.jackson.annotation.Nulls;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * The JSON of a NaiveChain network: one mapper, used for blocks, frames, and HTTP bodies alike.
 *
 * <p>It writes ASCII only, because hashes are taken over the written text and every node must write the same bytes. It
 * reads strictly: a repeated field, a number where a text belongs, or anything after the document is an error. Thread-safe.
 */
public final class WireFormat {
    /** The longest JSON document that is read, in characters: room for the largest block, escaped twice, and its frame. */
    public static final int MAX_DOCUMENT_CHARS = 4 * 1024 * 1024;

    /** The deepest nesting of objects and arrays that is read. */
    public static final int MAX_NESTING = 100;

    private static final String LARGE_EXPONENT = "a number must not have so large an exponent";

    private static final Pattern MISSING = Pattern.compile("^Missing required creator property '([^']*)'");

    private static final JsonMapper MAPPER = JsonMapper.builder(factory())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .withCoercionConfig(
                    LogicalType.Textual,
                    texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private WireFormat() {}

    /**
     * The mapper of the network.
     *
     * @return the shared, immutable mapper
     */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /**
     * Reads a document that a stranger sent.
     *
     * @param document any text
     * @return what it says
     * @throws JacksonException if it is not JSON, or breaks a limit
     */
    public static JsonNode read(String document) {
        try {
            return MAPPER.readTree(document);
        } catch (NumberFormatException e) {
            // Jackson lets through what Java says of a number with a large exponent.
            throw new StreamConstraintsException(LARGE_EXPONENT);
        }
    }

    /**
     * Says what is wrong with a document that was refused, in one line that may be shown to whoever sent it: no text of the
     * document beyond the value at fault, no name of a class.
     *
     * @param e what the mapper threw
     * @return the field and the rule that it breaks, or the place where the document stops being JSON
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

    private static JsonFactory factory() {
        return JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
                .characterEscapes(new DeleteEscape())
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxDocumentLength(MAX_DOCUMENT_CHARS)
                        .maxStringLength(MAX_DOCUMENT_CHARS)
                        .maxNestingDepth(MAX_NESTING)
                        .build())
                .build();
    }
}
