package org.naivechain.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.WireFormat;
import tools.jackson.databind.JsonNode;

/** What was recorded of nodes of the original: frames with their replies, and the chain that came of them. */
public final class Transcript {
    private static final String TO_ORIGINAL = "peer->original";

    private Transcript() {}

    /** One frame and its reply; the reply is null where the original closed the connection without one. */
    public record Exchange(boolean fromOriginal, String frame, String reply) {}

    public static List<Exchange> exchanges() {
        return text("transcript.jsonl")
                .lines()
                .map(line -> WireFormat.mapper().readTree(line))
                .map(line -> new Exchange(
                        !line.get("direction").stringValue().equals(TO_ORIGINAL),
                        line.get("frame").stringValue(),
                        line.get("reply").isNull() ? null : line.get("reply").stringValue()))
                .toList();
    }

    public static List<Block> chain() {
        JsonNode answer = WireFormat.mapper().readTree(text("chain.json"));
        return answer.get("data")
                .valueStream()
                .map(block -> WireFormat.mapper().treeToValue(block, Block.class))
                .toList();
    }

    private static String text(String name) {
        try (InputStream resource = Transcript.class.getResourceAsStream("/wire/" + name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
