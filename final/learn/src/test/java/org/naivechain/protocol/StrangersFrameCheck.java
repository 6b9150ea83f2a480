package org.naivechain.protocol;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.learn.Explain;

/** Exercise 4.1: what a frame turns out to be. */
class StrangersFrameCheck {
    private static final int LONGEST_REASON = 400;
    private static final int SHOWN = 30;
    private static final String NEVER_THROWS =
            "Anybody can send anything. The thread that reads this frame serves other connections, too.";

    private final Codec codec = new Codec(List.of(PeerCommand.VOCABULARY));

    @Test
    @DisplayName("A known command is understood, however it is spaced and wherever its number stands")
    void aKnownCommandIsUnderstood() {
        String older =
                "{\"CMD\": \"ADD_PEER\", \"peer_id\": \"anna\", \"peer_host\": \"10.0.0.9\", \"peer_port\": \"15001\"}";
        Explain.same(
                new Request.Understood(
                        new PeerCommand.AddPeer(
                                new Peer(new PeerId("anna"), new PeerAddress("10.0.0.9", 15001), Peer.Kind.ORIGINAL)),
                        OptionalLong.empty()),
                decode(older),
                "A frame of the older system was read: " + older,
                "It is a known command with all its fields, and it has no number.");
        String numbered = "{\"id\": 7, \"CMD\": \"PING\"}";
        Explain.same(
                new Request.Understood(new PeerCommand.Ping(), OptionalLong.of(7)),
                decode(numbered),
                "A frame with its number in front was read: " + numbered,
                "The order of fields says nothing in JSON. The reply must name number 7.");
    }

    @Test
    @DisplayName("An object without CMD is a bare block")
    void anObjectWithoutCommandIsABareBlock() {
        Block block = Block.GENESIS.next(BlockData.of("hello"));
        String frame = codec.encode(new PeerCommand.ConfirmBlock(block));
        Explain.same(
                new Request.Understood(new PeerCommand.ConfirmBlock(block), OptionalLong.empty()),
                decode(frame),
                "A block was sent alone, without CMD: " + frame,
                "In this protocol that is a command: the sender has appended this block.");
    }

    @Test
    @DisplayName("An unknown command is malformed, and keeps its number")
    void anUnknownCommandIsMalformed() {
        String frame = "{\"CMD\":\"ELECT\",\"id\":7}";
        Explain.same(
                new Request.Malformed("unknown CMD: \"ELECT\"", OptionalLong.of(7)),
                decode(frame),
                "A command that nobody knows was sent: " + frame,
                "It is JSON, so it is refused and not hung up on. The refusal must name number 7, or the sender waits"
                        + " for it until its time is up.");
    }

    @Test
    @DisplayName("A CMD that is null is an unknown command, and no bare block")
    void aCommandThatIsNullIsMalformed() {
        String frame = "{\"CMD\":null,\"id\":7}";
        Explain.same(
                new Request.Malformed("unknown CMD: null", OptionalLong.of(7)),
                decode(frame),
                "A frame with a CMD of null was sent: " + frame,
                "It has a CMD, and what that says is no command. Only an object without CMD is a bare block.");
    }

    @Test
    @DisplayName("A known command with a missing or wrong field is malformed, and keeps its number")
    void aCommandWithAWrongFieldIsMalformed() {
        String missing = "{\"CMD\":\"VALIDATE_BLOCK\",\"id\":8}";
        Explain.same(
                new Request.Malformed("the field block_data is missing", OptionalLong.of(8)),
                decode(missing),
                "A vote was asked for, but for no block: " + missing,
                "The author of the frame must learn which field is at fault, and for which of its commands.");
        String wrong = "{\"CMD\":\"ADD_PEER\",\"peer_id\":\"a\",\"peer_host\":\"h\",\"peer_port\":\"99999\",\"id\":9}";
        Explain.same(
                new Request.Malformed("a port must be 1 to 65535: 99999", OptionalLong.of(9)),
                withoutField(decode(wrong)),
                "A peer with an impossible port was introduced: " + wrong,
                "The rule that is broken is in the exception; ReceivedJson.explain finds it.");
    }

    @Test
    @DisplayName("What is no JSON object is not JSON for this node, and nothing of it throws")
    void whatIsNoObjectIsNotJson() {
        for (String frame : List.of("hello", "", "ACK", "[1]", "null", "7", "{", "{\"CMD\":\"PING\"} {}")) {
            Request request = decode(frame);
            Explain.that(
                    request instanceof Request.NotJson notJson
                            && notJson.reason().startsWith("a frame must be a JSON object"),
                    "The frame <" + frame + "> came out as " + request + ".",
                    "Exactly one JSON object makes a frame. For all else the answer is NotJson, with a reason that"
                            + " begins with \"a frame must be a JSON object\".");
        }
    }

    @Test
    @DisplayName("A reason is short, whatever the stranger wrote")
    void aReasonIsShort() {
        for (String frame : List.of(
                "{\"CMD\":\"" + "x".repeat(100_000) + "\",\"id\":1}",
                "x".repeat(100_000),
                "[" + "x".repeat(100_000),
                "[\"" + "x".repeat(100_000) + "\"]")) {
            Request request = decode(frame);
            String reason = request instanceof Request.Malformed malformed
                    ? malformed.reason()
                    : request instanceof Request.NotJson notJson ? notJson.reason() : "";
            Explain.that(
                    !reason.isEmpty() && reason.length() <= LONGEST_REASON,
                    "The frame <" + frame.substring(0, SHOWN) + "...> of " + frame.length()
                            + " characters led to a reason of " + reason.length() + " characters, which begins: "
                            + reason.substring(0, Math.min(reason.length(), 2 * SHOWN)) + "\nIt must have 1 to "
                            + LONGEST_REASON + " characters.",
                    "The reason is logged and sent back. A stranger must not decide how long it is. Use shorten for all that"
                            + " may quote the frame: your own words about it, and what ReceivedJson.explain says.");
        }
    }

    private Request decode(String frame) {
        try {
            return codec.decode(frame);
        } catch (UnsupportedOperationException e) {
            throw e;
        } catch (RuntimeException e) {
            Explain.that(
                    false,
                    "The frame <" + frame + "> made decode throw a "
                            + e.getClass().getSimpleName() + ".",
                    NEVER_THROWS);
            throw e;
        }
    }

    /** The name of the field may stand before the rule. */
    private static Request withoutField(Request request) {
        return request instanceof Request.Malformed malformed
                ? new Request.Malformed(malformed.reason().replaceFirst("^peer_port: ", ""), malformed.id())
                : request;
    }
}
