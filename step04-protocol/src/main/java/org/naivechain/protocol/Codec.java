package org.naivechain.protocol;

import java.util.OptionalLong;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.WireFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How commands and replies are written as text frames. A frame of ours carries an {@code id}, which its reply names, so that
 * many can be under way on one connection; a frame of the original has none, and its reply is the bare text {@code ACK} or
 * {@code KCA}. Stateless; any thread may use it.
 */
public final class Codec {
    private static final String TYPE = "CMD";
    private static final String REPLY = "reply";
    private static final String ID = "id";
    private static final String YES = "ACK";
    private static final String NO = "KCA";
    private static final int MAX_REASON_CHARS = 300;

    private static final JsonMapper MAPPER = WireFormat.mapper();

    private Codec() {}

    /**
     * Writes a command as the original does.
     *
     * @param command what to ask
     * @return the frame
     */
    public static String encode(Command command) {
        return MAPPER.writeValueAsString(tree(command));
    }

    /**
     * Writes a command whose reply is to name it.
     *
     * @param command what to ask
     * @param id what the reply is to name
     * @return the frame
     */
    public static String encode(Command command, long id) {
        return MAPPER.writeValueAsString(tree(command).put(ID, id));
    }

    /**
     * Reads a frame that asks something.
     *
     * @param frame the text of the frame
     * @return the command, or what is wrong with the frame
     */
    public static Request decode(String frame) {
        ObjectNode tree;
        try {
            if (!(MAPPER.readTree(frame) instanceof ObjectNode object)) {
                return new Request.NotJson("a frame must be a JSON object");
            }
            tree = object;
        } catch (JacksonException e) {
            return new Request.NotJson("a frame must be a JSON object: " + shorten(WireFormat.explain(e)));
        }
        OptionalLong id = id(tree);
        try {
            return new Request.Understood(command(tree), id);
        } catch (InvalidTypeIdException e) {
            return new Request.Malformed("unknown CMD: " + shorten(String.valueOf(tree.get(TYPE))), id);
        } catch (JacksonException e) {
            return new Request.Malformed(shorten(WireFormat.explain(e)), id);
        }
    }

    /**
     * Writes a reply.
     *
     * @param reply what to answer
     * @param id the id of the command, or none for the bare reply of the original
     * @return the frame
     */
    public static String encode(Reply reply, OptionalLong id) {
        if (id.isPresent()) {
            ObjectNode tree = MAPPER.valueToTree(reply);
            return MAPPER.writeValueAsString(tree.put(ID, id.getAsLong()));
        }
        if (reply instanceof Reply.Ack) {
            return YES;
        }
        return reply instanceof Reply.Refusal ? NO : MAPPER.writeValueAsString(reply);
    }

    /**
     * Reads a frame that answers.
     *
     * @param frame the text of the frame
     * @return the reply and which command it answers
     */
    public static Answer decodeReply(String frame) {
        if (frame.equals(YES)) {
            return new Answer(OptionalLong.empty(), Reply.ACK);
        }
        if (frame.equals(NO)) {
            return new Answer(OptionalLong.empty(), new Reply.Refusal("the peer disagrees (KCA)"));
        }
        OptionalLong id = OptionalLong.empty();
        try {
            if (MAPPER.readTree(frame) instanceof ObjectNode tree) {
                id = id(tree);
                return new Answer(id, MAPPER.treeToValue(tree, Reply.class));
            }
        } catch (JacksonException e) {
            // Said below: what matters is that it is no reply, not where it stops being one.
        }
        return new Answer(id, new Outcome.Silence("the peer answered nonsense: " + shorten(frame)));
    }

    private static ObjectNode tree(Command command) {
        return MAPPER.valueToTree(command instanceof Command.ConfirmBlock bare ? bare.block() : command);
    }

    private static Command command(ObjectNode tree) {
        return tree.has(TYPE)
                ? MAPPER.treeToValue(tree, Command.class)
                : new Command.ConfirmBlock(MAPPER.treeToValue(tree, Block.class));
    }

    private static OptionalLong id(ObjectNode tree) {
        JsonNode id = tree.get(ID);
        return id != null && id.isIntegralNumber() && id.canConvertToLong()
                ? OptionalLong.of(id.longValue())
                : OptionalLong.empty();
    }

    private static String shorten(String text) {
        return text.length() <= MAX_REASON_CHARS ? text : text.substring(0, MAX_REASON_CHARS) + "...";
    }
}
