package org.naivechain.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.WireFormat;

class CodecTest {
    private static final Codec CODEC = new Codec(List.of(PeerCommand.VOCABULARY));

    private static final Block BLOCK = Block.GENESIS.next(BlockData.of("é \ud83d\ude00 \u007f \u0000"));
    private static final PeerId ID = new PeerId("7a02e5b3-de28-49e5-947f-93a2c15d1d47");
    private static final Port PORT = new Port(15001);

    static Stream<Command> commands() {
        return Stream.of(
                new PeerCommand.NewPeerJoin(ID, "0.0.0.0", PORT, Optional.empty(), Optional.empty(), Optional.empty()),
                new PeerCommand.NewPeerJoin(ID, "0.0.0.0", PORT, Optional.of(ID), Optional.of(7L), Optional.of(true)),
                new PeerCommand.JoinDataUpload(
                        List.of(new PeerCommand.ListedPeer(ID, "h", PORT, Optional.empty())),
                        List.of(BLOCK),
                        Optional.of(2L)),
                new PeerCommand.AddPeer(ID, "127.0.0.1", PORT, Optional.empty()),
                new PeerCommand.ValidateBlock(BLOCK),
                new PeerCommand.AddBlock(BLOCK.data().text(), Optional.of(BLOCK)),
                new PeerCommand.AddBlock("text", Optional.empty()),
                new PeerCommand.ConfirmBlock(BLOCK),
                new PeerCommand.Ping(),
                new PeerCommand.AddPeer(ID, "127.0.0.1", PORT, Optional.of(true)),
                new PeerCommand.JoinDataUpload(
                        List.of(new PeerCommand.ListedPeer(ID, "h", PORT, Optional.of(true))),
                        List.of(BLOCK),
                        Optional.of(2L)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void readsWhatItWrites(Command command) {
        assertThat(CODEC.decode(CODEC.encode(command)))
                .isEqualTo(new Request.Understood(command, OptionalLong.empty()));
        assertThat(CODEC.decode(CODEC.encode(command, 17)))
                .isEqualTo(new Request.Understood(command, OptionalLong.of(17)));
        assertThat(CODEC.encode(command)).matches("[\\x20-\\x7e]*");
    }

    static Stream<Transcript.Exchange> framesOfTheOriginal() {
        return Transcript.exchanges().stream().filter(Transcript.Exchange::fromOriginal);
    }

    @ParameterizedTest
    @MethodSource("framesOfTheOriginal")
    void writesTheOriginalsCommandsAsTheOriginalDoes(Transcript.Exchange exchange) {
        Request.Understood request = (Request.Understood) CODEC.decode(exchange.frame());

        assertThat(WireFormat.mapper().readTree(CODEC.encode(request.command())))
                .isEqualTo(WireFormat.mapper().readTree(exchange.frame()));
    }

    @Test
    void ignoresFieldsThatItDoesNotKnow() {
        assertThat(CODEC.decode("{\"CMD\": \"PING\", \"from\": [1, {\"a\": null}]}"))
                .isEqualTo(new Request.Understood(new PeerCommand.Ping(), OptionalLong.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "ACK",
                "[1]",
                "\"text\"",
                "null",
                "{",
                "{}{}",
                "{\"CMD\":\"PING\"} x",
                "{\"CMD\":\"PING\",\"CMD\":\"PING\"}",
                "\u0000"
            })
    void saysThatAFrameIsNoJsonObject(String frame) {
        assertThat(CODEC.decode(frame))
                .isInstanceOfSatisfying(
                        Request.NotJson.class,
                        notJson -> assertThat(notJson.reason()).startsWith("a frame must be a JSON object"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999", "1.5", "\"1\"", "null", "[1]"})
    void takesNothingButAWholeNumberOfOurSizeForAnId(String id) {
        assertThat(CODEC.decode("{\"CMD\":\"PING\",\"id\":" + id + "}"))
                .isEqualTo(new Request.Understood(new PeerCommand.Ping(), OptionalLong.empty()));
    }

    @Test
    void shortensWhatItQuotes() {
        assertThat(CODEC.decode("{\"CMD\":\"" + "x".repeat(1_000) + "\"}"))
                .isInstanceOfSatisfying(
                        Request.Malformed.class,
                        malformed -> assertThat(malformed.reason())
                                .startsWith("unknown CMD: \"" + "x".repeat(200))
                                .hasSizeLessThan(400));
    }

    @Test
    void refusesANumberWithAnExponentBeyondWhatJavaCanRead() {
        assertThat(CODEC.decode("{\"CMD\":\"PING\",\"id\":1e9999999999}"))
                .isEqualTo(new Request.NotJson(
                        "a frame must be a JSON object: a number must not have so large an exponent"));
        assertThat(CODEC.decodeReply("{\"reply\":\"ACK\",\"id\":1e9999999999}").outcome())
                .isInstanceOf(Outcome.Silence.class);
    }

    @Test
    void saysThatNestingIsTooDeep() {
        assertThat(CODEC.decode("{\"a\":".repeat(200) + "1" + "}".repeat(200))).isInstanceOf(Request.NotJson.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'CMD':'SOMETHING_ELSE'} | unknown CMD: \"SOMETHING_ELSE\"",
                "{'CMD':5} | unknown CMD: 5",
                "{'CMD':null} | unknown CMD: null",
                "{'CMD':'ADD_PEER','peer_id':'a','peer_host':'h'} | the field peer_port is missing",
                "{'CMD':'ADD_PEER','peer_id':'a','peer_host':'h','peer_port':15001} | peer_port has a value of the wrong type",
                "{'CMD':'ADD_PEER','peer_id':7,'peer_host':'h','peer_port':'15001'} | peer_id has a value of the wrong type",
                "{'CMD':'ADD_PEER','peer_id':'a','peer_host':'h','peer_port':'99999'} | a port must be 1 to 65535: 99999",
                "{'CMD':'ADD_PEER','peer_id':'a','peer_host':'h','peer_port':''} | a port must be digits",
                "{'CMD':'ADD_PEER','peer_id':'a','peer_host':'a b','peer_port':'1'} | a host must be a name or an IP address: \"a b\"",
                "{'CMD':'ADD_PEER','peer_id':'','peer_host':'h','peer_port':'1'} | a peer's id must be",
                "{'CMD':'ADD_BLOCK'} | the field data is missing",
                "{'CMD':'ADD_BLOCK','data':1} | data ",
                "{'CMD':'ADD_BLOCK','data':null} | data ",
                "{'CMD':'ADD_BLOCK','data':['a']} | data ",
                "{'CMD':'VALIDATE_BLOCK','block_data':[]} | block_data has a value of the wrong type",
                "{'CMD':'VALIDATE_BLOCK','block_data':{'index':1}} | the field block_data.previous_hash is missing",
                "{'CMD':'NEW_PEER_JOIN','peer_id':'a','peer_host':'','peer_port':'1'} | a host must be a name",
                "{'CMD':'NEW_JOIN_DATA_UPLOAD','peer_list':[{'peer':'a','host':'/','port':'1'}],'data_list':[]} | peer_list[0]: a host must",
                "{'CMD':'VALIDATE_BLOCK','block_data':null} | block_data",
                "{'CMD':'NEW_JOIN_DATA_UPLOAD','peer_list':{},'data_list':[]} | peer_list",
                "{'CMD':'ADD_PEER','peer_id':'a','peer_host':'h','peer_port':'1','voter':'yes'} | voter has a value of the wrong type",
                "{'CMD':'NEW_JOIN_DATA_UPLOAD','peer_list':[],'data_list':[null]} | data_list",
                "{'CMD':'NEW_JOIN_DATA_UPLOAD','peer_list':null,'data_list':[]} | peer_list",
                "{'index':1} | the field previous_hash is missing",
                "{'index':1,'previous_hash':'x','data':'\\\"y\\\"','curr_hash':'z'} | a hash must be 64",
                "{} | the field index is missing"
            })
    void saysWhatIsWrongWithACommand(String frame, String reason) {
        Request request = CODEC.decode(
                frame.replace('\'', '"').replace("HASH", BLOCK.hash().text()));

        assertThat(request)
                .isInstanceOfSatisfying(
                        Request.Malformed.class,
                        malformed -> assertThat(malformed.reason())
                                .contains(reason)
                                .doesNotContain("java", "naivechain", "\n"));
    }

    @Test
    void saysThatDataIsTooLong() {
        String frame = "{\"CMD\":\"ADD_BLOCK\",\"id\":3,\"data\":\"" + "x".repeat(BlockData.MAX_BYTES) + "\"}";

        assertThat(CODEC.decode(frame))
                .isEqualTo(new Request.Malformed(
                        "data is 1048578 bytes as a JSON string; the limit is 1048576 (1 MiB)", OptionalLong.of(3)));
    }

    @Test
    void refusesACommitWhoseBlockCarriesAnotherText() {
        String frame = CODEC.encode(new PeerCommand.AddBlock(BLOCK.data().text(), Optional.of(BLOCK)))
                .replace("\"data\":\"\\u00e9", "\"data\":\"e");

        assertThat(CODEC.decode(frame)).isInstanceOf(Request.Malformed.class);
    }

    @Test
    void readsTheRepliesThatItWrites() {
        List<Reply> replies = List.of(Reply.ACK, new Reply.Refusal("why not"), new Reply.Pong(ID));
        for (Reply reply : replies) {
            assertThat(CODEC.decodeReply(CODEC.encode(reply, OptionalLong.of(5))))
                    .isEqualTo(new Answer(OptionalLong.of(5), reply));
        }
    }

    @Test
    void writesTheBareRepliesOfTheOriginal() {
        assertThat(CODEC.encode(Reply.ACK, OptionalLong.empty())).isEqualTo("ACK");
        assertThat(CODEC.encode(new Reply.Refusal("why not"), OptionalLong.empty()))
                .isEqualTo("KCA");
        assertThat(CODEC.decodeReply("ACK").outcome()).isEqualTo(Reply.ACK);
        assertThat(CODEC.decodeReply("KCA").outcome()).isInstanceOf(Reply.Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ack",
                "\"ACK\"",
                "OK",
                "{}",
                "{\"reply\":\"YES\"}",
                "{\"reply\":\"KCA\"}",
                "[]",
                "{\"reply\":"
            })
    void nonsenseIsNoReplyAndSoNoVote(String frame) {
        assertThat(CODEC.decodeReply(frame).outcome())
                .isInstanceOfSatisfying(
                        Outcome.Silence.class,
                        silence -> assertThat(silence.reason()).startsWith("the peer answered nonsense"));
    }
}
