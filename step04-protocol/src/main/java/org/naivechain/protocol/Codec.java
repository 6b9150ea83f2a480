package org.naivechain.protocol;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.WireFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How commands and replies are written as text frames. A frame of this program carries an {@code id}, which its reply names, so that
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
    private static final Pattern ACKNOWLEDGEMENT = Pattern.compile("\\{\"reply\":\"ACK\",\"id\":([0-9]{1,18})}");

    private static final Pattern ID_AT_THE_END = Pattern.compile(",\"id\":([0-9]{1,18})}$");
    private static final int LONGEST_ID_CHARS = 25;

    private static final JsonMapper MAPPER = WireFormat.mapper();
    private static final ObjectWriter COMMAND_WRITER = MAPPER.writerFor(Command.class);
    private static final ObjectWriter REPLY_WRITER = MAPPER.writerFor(Reply.class);

    private Codec() {}

    /**
     * Writes a command as the original does.
     *
     * @param command what to ask
     * @return the frame
     */
    public static String encode(Command command) {
        return command instanceof Command.ConfirmBlock bare
                ? MAPPER.writeValueAsString(bare.block())
                : COMMAND_WRITER.writeValueAsString(command);
    }

    /**
     * Writes a command whose reply is to name it.
     *
     * @param command what to ask
     * @param id what the reply is to name
     * @return the frame
     */
    public static String encode(Command command, long id) {
        return withId(encode(command), id);
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
            if (!(ReceivedJson.read(frame) instanceof ObjectNode object)) {
                return new Request.NotJson("a frame must be a JSON object");
            }
            tree = object;
        } catch (JacksonException e) {
            return new Request.NotJson("a frame must be a JSON object: " + shorten(ReceivedJson.explain(e)));
        }
        OptionalLong id = id(tree);
        try {
            return new Request.Understood(command(tree), id);
        } catch (InvalidTypeIdException e) {
            return new Request.Malformed("unknown CMD: " + shorten(String.valueOf(tree.get(TYPE))), id);
        } catch (JacksonException e) {
            return new Request.Malformed(shorten(ReceivedJson.explain(e)), id);
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
            return withId(REPLY_WRITER.writeValueAsString(reply), id.getAsLong());
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
        Matcher acknowledgement = ACKNOWLEDGEMENT.matcher(frame);
        if (acknowledgement.matches()) {
            // Most replies are this one, and a parser takes longer for it than the node for all else.
            return new Answer(OptionalLong.of(Long.parseLong(acknowledgement.group(1))), Reply.ACK);
        }
        OptionalLong id = OptionalLong.empty();
        try {
            if (ReceivedJson.read(frame) instanceof ObjectNode tree) {
                id = id(tree);
                return new Answer(id, MAPPER.treeToValue(tree, Reply.class));
            }
        } catch (JacksonException e) {
            // Said below: what matters is that it is no reply, not where it stops being one.
        }
        return new Answer(id, new Outcome.Silence("the peer answered nonsense: " + shorten(frame)));
    }

    /**
     * Numbers the frame of a command, so that its reply can name it.
     *
     * @param object a frame without a number
     * @param id what the reply is to name
     * @return the frame with the number
     */
    public static String withId(String object, long id) {
        return object.substring(0, object.length() - 1) + ",\"" + ID + "\":" + id + "}";
    }

    /**
     * The number of a frame of this program, found without reading the frame, which costs more than to refuse it.
     *
     * @param frame any text
     * @return the number, if it stands where {@link #withId} puts it
     */
    public static OptionalLong idAtTheEnd(String frame) {
        Matcher id = ID_AT_THE_END.matcher(frame.substring(Math.max(0, frame.length() - LONGEST_ID_CHARS)));
        return id.find() ? OptionalLong.of(Long.parseLong(id.group(1))) : OptionalLong.empty();
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
