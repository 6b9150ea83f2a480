package org.naivechain.protocol;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.WireFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How commands and replies are written as text frames. A frame of this program carries an {@code id}, which its reply names, so that
 * many can be under way on one connection; a frame of the original has none, and its reply is the bare text {@code ACK} or
 * {@code KCA}. Any thread may use it.
 */
public final class Codec {
    private static final String TYPE = "CMD";
    private static final String ID = "id";
    private static final String YES = "ACK";
    private static final String NO = "KCA";
    private static final int MAX_REASON_CHARS = 300;
    private static final Pattern ACKNOWLEDGEMENT = Pattern.compile("\\{\"reply\":\"ACK\",\"id\":([0-9]{1,18})}");
    private static final Pattern ID_AT_THE_END = Pattern.compile(",\"id\":([0-9]{1,18})}$");
    private static final int LONGEST_ID_CHARS = 25;

    private final JsonMapper mapper;
    private final ObjectReader commandReader;
    private final ObjectWriter commandWriter;
    private final ObjectReader replyReader;
    private final ObjectWriter replyWriter;

    /** A codec for the words of some layers: every other command is unknown. */
    public Codec(List<Vocabulary<?>> vocabularies) {
        this.mapper = WireFormat.mapper()
                .rebuild()
                .registerSubtypes(
                        vocabularies.stream().flatMap(Vocabulary::named).toArray(Class<?>[]::new))
                .build();
        this.commandReader = mapper.readerFor(Command.class);
        this.commandWriter = mapper.writerFor(Command.class);
        this.replyReader = mapper.readerFor(Reply.class);
        this.replyWriter = mapper.writerFor(Reply.class);
    }

    /** {@return the frame of a command, without a number, as the original writes it} */
    public String encode(Command command) {
        return command instanceof PeerCommand.ConfirmBlock bare
                ? mapper.writeValueAsString(bare.block())
                : commandWriter.writeValueAsString(command);
    }

    /** {@return the frame of a command whose reply is to name a number} */
    public String encode(Command command, long id) {
        return withId(encode(command), id);
    }

    /**
     * Reads a frame that asks something.
     *
     * @return the command, or what is wrong with the frame
     */
    public Request decode(String frame) {
        OptionalLong id = idAtTheEnd(frame);
        if (id.isPresent() && frame.startsWith("{\"" + TYPE)) {
            try {
                return new Request.Understood(commandReader.readValue(frame), id);
            } catch (JacksonException | NumberFormatException e) {
                // It is read once more below, to tell what is wrong with it.
            }
        }
        return decodeForeign(frame);
    }

    /** A frame of another program, or a wrong one: a tree can be asked what is missing. */
    private Request decodeForeign(String frame) {
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
            Command command = tree.has(TYPE)
                    ? mapper.treeToValue(tree, Command.class)
                    : new PeerCommand.ConfirmBlock(mapper.treeToValue(tree, Block.class));
            return new Request.Understood(command, id);
        } catch (InvalidTypeIdException e) {
            return new Request.Malformed("unknown CMD: " + shorten(String.valueOf(tree.get(TYPE))), id);
        } catch (JacksonException e) {
            return new Request.Malformed(shorten(ReceivedJson.explain(e)), id);
        }
    }

    /** {@return the frame of a reply to a command with a number; without one it is the bare reply of the original} */
    public String encode(Reply reply, OptionalLong id) {
        if (id.isPresent()) {
            return withId(replyWriter.writeValueAsString(reply), id.getAsLong());
        }
        if (reply instanceof Reply.Ack) {
            return YES;
        }
        return reply instanceof Reply.Refusal ? NO : mapper.writeValueAsString(reply);
    }

    /** {@return what a frame that answers says, and which command it answers} */
    public Answer decodeReply(String frame) {
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
        OptionalLong id = idAtTheEnd(frame);
        try {
            if (id.isEmpty() && ReceivedJson.read(frame) instanceof ObjectNode tree) {
                id = id(tree);
            }
            return new Answer(id, replyReader.readValue(frame));
        } catch (JacksonException | NumberFormatException e) {
            // What matters is that it is no reply, not where it stops being one.
            return new Answer(id, new Outcome.Silence("the peer answered nonsense: " + shorten(frame)));
        }
    }

    /** {@return the frame of a command with a number, so that its reply can name it} */
    public static String withId(String object, long id) {
        return object.substring(0, object.length() - 1) + ",\"" + ID + "\":" + id + "}";
    }

    /** {@return the number of a frame, if it stands where {@link #withId} puts it, found without reading the frame} */
    public static OptionalLong idAtTheEnd(String frame) {
        Matcher id = ID_AT_THE_END.matcher(frame.substring(Math.max(0, frame.length() - LONGEST_ID_CHARS)));
        return id.find() ? OptionalLong.of(Long.parseLong(id.group(1))) : OptionalLong.empty();
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
