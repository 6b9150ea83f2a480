package org.naivechain.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
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
import org.naivechain.blocks.Seal;
import org.naivechain.consensus.majority.Ballot;
import org.naivechain.consensus.majority.BallotCommand;
import org.naivechain.consensus.majority.BallotReply;
import org.naivechain.consensus.majority.Vote;
import org.naivechain.consensus.sealed.SealedCommand;
import org.naivechain.consensus.sealed.SealedReply;
import org.naivechain.gossip.GossipCommand;
import org.naivechain.gossip.GossipReply;
import org.naivechain.gossip.Height;
import org.naivechain.gossip.Rumour;
import org.naivechain.ledger.Addition;
import org.naivechain.ledger.Batch;
import org.naivechain.ledger.Change;
import org.naivechain.ledger.Membership;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.Answer;
import org.naivechain.protocol.Codec;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Port;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Request;
import org.naivechain.sync.SyncCommand;
import org.naivechain.sync.SyncReply;

/** The frames of all layers. */
public class AllFramesTest {
    /** What reads and writes every frame that there is. */
    public static final Codec CODEC = new Codec(List.of(
            PeerCommand.VOCABULARY,
            SyncCommand.VOCABULARY,
            GossipCommand.VOCABULARY,
            BallotCommand.VOCABULARY,
            SealedCommand.VOCABULARY));

    private static final Block BLOCK = Block.GENESIS.next(BlockData.of("é \ud83d\ude00 \u007f \u0000"));
    private static final PeerId ID = new PeerId("7a02e5b3-de28-49e5-947f-93a2c15d1d47");
    private static final Port PORT = new Port(15001);

    private static final Ballot BALLOT = new Ballot(7, ID);
    private static final Batch BATCH = new Batch(
            new Position(1, 1),
            Block.GENESIS.hash(),
            List.of(
                    new Addition(IdempotencyKey.ofClient("key\"'~"), BLOCK.data()),
                    new Addition(IdempotencyKey.ofNode("origin", 3), BlockData.of(""))));

    private static final Peer MEMBER = new Peer(ID, new PeerAddress("::1", PORT));
    private static final Membership MEMBERS = new Membership(3, 2, List.of(MEMBER));
    private static final Batch CHANGED = new Batch(BLOCK.hash(), MEMBERS);

    private static final Rumour RUMOUR =
            new Rumour(ID, new PeerAddress("::1", 15001), 3, Rumour.State.SUSPECT, new Height(7, 2, BLOCK.hash()));

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
                new SyncCommand.GetBlocks(3, 10, 0),
                new PeerCommand.Ping(),
                new PeerCommand.AddPeer(ID, "127.0.0.1", PORT, Optional.of(true)),
                new PeerCommand.JoinDataUpload(
                        List.of(new PeerCommand.ListedPeer(ID, "h", PORT, Optional.of(true))),
                        List.of(BLOCK),
                        Optional.of(2L)),
                new BallotCommand.Prepare(BALLOT, new Position(1, 1)),
                new BallotCommand.Prepare(BALLOT, new Position(1, 1), Optional.of(Long.MIN_VALUE)),
                new BallotCommand.Identify(ID),
                new BallotCommand.Propose(BALLOT, BATCH),
                new BallotCommand.Decide(BALLOT, new Position(3, 1), BLOCK.hash()),
                new BallotCommand.Propose(BALLOT, CHANGED),
                new BallotCommand.Amend(Change.add(MEMBER)),
                new BallotCommand.Amend(Change.remove(MEMBER)),
                new BallotCommand.Submit(BATCH.additions()),
                new GossipCommand.Gossip(RUMOUR, 3, 999, List.of(RUMOUR.in(Rumour.State.GONE), RUMOUR)),
                new GossipCommand.Probe(ID, RUMOUR.address()),
                new SealedCommand.Sealed(ID, BLOCK.sealed(new Seal("work:1::2"))),
                new SealedCommand.Pending(BATCH.additions().get(0)),
                new SealedCommand.AskRules());
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
                "{'CMD':'GET_BLOCKS','from':-1,'limit':5,'version':0} | from and version must not be negative and limit must be positive: from=-1",
                "{'CMD':'GET_BLOCKS','from':0,'limit':0,'version':0} | from and version must not be negative and limit must be positive",
                "{'CMD':'GET_BLOCKS','from':0,'limit':99999999999,'version':0} | limit",
                "{'CMD':'NEW_JOIN_DATA_UPLOAD','peer_list':{},'data_list':[]} | peer_list",
                "{'CMD':'PREPARE','position':{'length':1,'version':1}} | the field ballot is missing",
                "{'CMD':'PREPARE','ballot':null,'position':{'length':1,'version':1}} | ballot",
                "{'CMD':'PREPARE','ballot':{'round':1},'position':{'length':1,'version':1}} | the field ballot.proposer is missing",
                "{'CMD':'PREPARE','ballot':{'round':-1,'proposer':'a'},'position':{'length':1,'version':1}} | ballot: a round must be 0 to 4611686018427387903: round=-1",
                "{'CMD':'PREPARE','ballot':{'round':9223372036854775807,'proposer':'a'},'position':{'length':1,'version':1}} | ballot: a round must be 0 to",
                "{'CMD':'PREPARE','ballot':{'round':99999999999999999999,'proposer':'a'},'position':{'length':1,'version':1}} | ballot.round",
                "{'CMD':'PREPARE','ballot':{'round':1.5,'proposer':'a'},'position':{'length':1,'version':1}} | ballot.round has a value of the wrong type",
                "{'CMD':'PREPARE','ballot':{'round':1,'proposer':'a b'},'position':{'length':1,'version':1}} | ballot.proposer: a peer's id must be",
                "{'CMD':'PREPARE','ballot':{'round':1,'proposer':'a'},'position':{'length':'1','version':1}} | position.length has a value of the wrong type",
                "{'CMD':'PROPOSE','ballot':{'round':1,'proposer':'a'}} | the field batch is missing",
                "{'CMD':'PROPOSE','ballot':{'round':1,'proposer':'a'},'batch':null} | batch",
                "{'CMD':'PROPOSE','ballot':{'round':1,'proposer':'a'},'batch':{'start':{'length':1,'version':1},'previous_hash':'HASH','additions':[]}} | batch: a batch follows the genesis block, and has additions or names the next members: start=1 under membership 1, additions=0",
                "{'CMD':'PROPOSE','ballot':{'round':1,'proposer':'a'},'batch':{'start':{'length':0,'version':1},'previous_hash':'HASH','additions':[{'key':'c:k','data':'\\'x\\''}]}} | start=0 under membership 1, additions=1",
                "{'CMD':'PROPOSE','ballot':{'round':1,'proposer':'a'},'batch':{'start':{'length':1,'version':1},'previous_hash':'HASH','additions':[null]}} | batch.additions",
                "{'CMD':'PROPOSE','ballot':{'round':1,'proposer':'a'},'batch':{'start':{'length':1,'version':1},'previous_hash':'x','additions':[]}} | batch.previous_hash: a hash must be 64",
                "{'CMD':'PROPOSE','ballot':{'round':1,'proposer':'a'},'batch':{'start':{'length':1,'version':1},'previous_hash':null,'additions':[]}} | batch.previous_hash",
                "{'CMD':'DECIDE','ballot':{'round':1,'proposer':'a'},'position':{'length':1,'version':1}} | the field head is missing",
                "{'CMD':'DECIDE','ballot':{'round':1,'proposer':'a'},'position':{'length':1,'version':1},'head':'x'} | head: a hash must be 64",
                "{'CMD':'PREPARE','ballot':{'round':1,'proposer':'a'},'position':{'length':1,'version':-1}} | position: a position must not be negative: length=1, version=-1",
                "{'CMD':'PROPOSE','ballot':{'round':1,'proposer':'a'},'batch':{'start':{'length':1,'version':1},'previous_hash':'HASH','additions':[],'next':{'version':3,'from':1,'members':[{'id':'a','address':{'host':'h','port':'1'},'kind':'OURS'}]}}} | batch: the next members must follow 1 under membership 1",
                "{'CMD':'PROPOSE','ballot':{'round':1,'proposer':'a'},'batch':{'start':{'length':1,'version':1},'previous_hash':'HASH','additions':[],'next':{'version':2,'from':1,'members':[]}}} | batch.next: a membership has a version, and 1 to 201 members",
                "{'CMD':'PROPOSE','ballot':{'round':1,'proposer':'a'},'batch':{'start':{'length':1,'version':1},'previous_hash':'HASH','additions':[],'next':{'version':2,'from':1,'members':[{'id':'a','address':{'host':'h','port':'1'},'kind':'ORIGINAL'}]}}} | batch.next: members are nodes of this program",
                "{'CMD':'AMEND'} | the field change is missing",
                "{'CMD':'AMEND','change':{'kind':'EAT','peer':{'id':'a','address':{'host':'h','port':'1'},'kind':'OURS'}}} | change.kind",
                "{'CMD':'AMEND','change':{'kind':'ADD','peer':{'id':'a','address':{'host':'h','port':'1'},'kind':'ORIGINAL'}}} | change: a node of the original has no vote",
                "{'CMD':'SUBMIT'} | the field additions is missing",
                "{'CMD':'SUBMIT','additions':[]} | additions must not be empty",
                "{'CMD':'SUBMIT','additions':null} | additions",
                "{'CMD':'SUBMIT','additions':[null]} | additions",
                "{'CMD':'SUBMIT','additions':[{'data':'\\'x\\''}]} | the field additions[0].key is missing",
                "{'CMD':'SUBMIT','additions':[{'key':null,'data':'\\'x\\''}]} | additions[0].key",
                "{'CMD':'SUBMIT','additions':[{'key':'k','data':'\\'x\\''}]} | additions[0].key: a key must be 1 to 200 printable ASCII",
                "{'CMD':'SUBMIT','additions':[{'key':'c:k','data':'x'}]} | additions[0].data",
                "{'CMD':'ADD_PEER','peer_id':'a','peer_host':'h','peer_port':'1','voter':'yes'} | voter has a value of the wrong type",
                "{'CMD':'NEW_JOIN_DATA_UPLOAD','peer_list':[],'data_list':[null]} | data_list",
                "{'CMD':'NEW_JOIN_DATA_UPLOAD','peer_list':null,'data_list':[]} | peer_list",
                "{'CMD':'GOSSIP','self':RUMOUR,'known':0,'from':0} | the field digest is missing",
                "{'CMD':'GOSSIP','self':RUMOUR,'known':0,'from':0,'digest':[null]} | digest",
                "{'CMD':'GOSSIP','self':{'peer_id':'a'},'known':0,'from':0,'digest':[]} | the field self.address is missing",
                "{'CMD':'GOSSIP','self':INCARNATION-1,'known':0,'from':0,'digest':[]} | self: an incarnation must be 0 to 4503599627370496: incarnation=-1",
                "{'CMD':'GOSSIP','self':INCARNATION4503599627370497,'known':0,'from':0,'digest':[]} | self: an incarnation must be 0 to",
                "{'CMD':'GOSSIP','self':STATE0,'known':0,'from':0,'digest':[]} | self.state: a state must be ALIVE, SUSPECT, or GONE: \"0\"",
                "{'CMD':'GOSSIP','self':STATE'DEAD','known':0,'from':0,'digest':[]} | self.state: a state must be ALIVE, SUSPECT, or GONE: \"DEAD\"",
                "{'CMD':'GOSSIP','self':LENGTH0,'known':0,'from':0,'digest':[]} | self.height: length must be at least 1 and version must not be negative: length=0, version=0",
                "{'CMD':'GOSSIP','self':RUMOUR,'known':-1,'from':0,'digest':[]} | known must not be negative: -1",
                "{'CMD':'GOSSIP','self':RUMOUR,'known':0,'digest':[]} | the field from is missing",
                "{'CMD':'GOSSIP','self':RUMOUR,'known':0,'from':-900,'digest':[]} | from must not be negative: -900",
                "{'CMD':'PROBE','peer_id':'a'} | the field address is missing",
                "{'CMD':'PROBE','peer_id':'a','address':{'host':'a b','port':'1'}} | address: a host must be a name or an IP address",
                "{'CMD':'SEALED_BLOCK','block':{'index':1,'previous_hash':'HASH','data':'\\'y\\'','curr_hash':'HASH'}} | the field peer_id is missing",
                "{'CMD':'SEALED_BLOCK','peer_id':'a'} | the field block is missing",
                "{'CMD':'SEALED_BLOCK','peer_id':'a','block':{'index':1,'previous_hash':'HASH','data':'\\'y\\'','curr_hash':'HASH','seal':5}} | block.seal has a value of the wrong type",
                "{'CMD':'SEALED_BLOCK','peer_id':'a','block':{'index':1,'previous_hash':'HASH','data':'\\'y\\'','curr_hash':'HASH','seal':''}} | block.seal: a seal must be 1 to 1000 printable ASCII",
                "{'CMD':'PENDING_DATA'} | the field addition is missing",
                "{'CMD':'PENDING_DATA','addition':{'key':'k','data':'\\'x\\''}} | addition.key: a key must be",
                "{'index':1} | the field previous_hash is missing",
                "{'index':1,'previous_hash':'x','data':'\\\"y\\\"','curr_hash':'z'} | a hash must be 64",
                "{} | the field index is missing"
            })
    void saysWhatIsWrongWithACommand(String frame, String reason) {
        Request request = CODEC.decode(
                rumours(frame).replace('\'', '"').replace("HASH", BLOCK.hash().text()));

        assertThat(request)
                .isInstanceOfSatisfying(
                        Request.Malformed.class,
                        malformed -> assertThat(malformed.reason())
                                .contains(reason)
                                .doesNotContain("java", "naivechain", "\n"));
    }

    /** Writes out rumours of which one field matters. */
    private static String rumours(String frame) {
        String rumour = "{'peer_id':'a','address':{'host':'h','port':'1'},'incarnation':%s,'state':%s,"
                + "'height':{'length':%s,'version':0,'head':'HASH'}}";
        return frame.replace("RUMOUR", rumour.formatted("0", "'ALIVE'", "1"))
                .replaceFirst("INCARNATION([-0-9]+)", rumour.formatted("$1", "'ALIVE'", "1"))
                .replaceFirst("STATE([^,]+)", rumour.formatted("0", "$1", "1"))
                .replaceFirst("LENGTH([0-9]+)", rumour.formatted("0", "'ALIVE'", "$1"));
    }

    @Test
    void aDigestIsBounded() {
        String digest = String.join(",", java.util.Collections.nCopies(1_001, "RUMOUR"));
        String frame = "{'CMD':'GOSSIP','self':RUMOUR,'known':0,'from':0,'digest':[" + digest + "]}";

        assertThat(CODEC.decode(rumours(frame)
                        .replace('\'', '"')
                        .replace("HASH", BLOCK.hash().text())))
                .isEqualTo(
                        new Request.Malformed("a digest must have at most 1000 rumours: 1001", OptionalLong.empty()));
    }

    @Test
    void readsTheRepliesThatItWrites() {
        List<Reply> replies = List.of(
                Reply.ACK,
                new Reply.Refusal("why not"),
                new Reply.Pong(ID),
                new BallotReply.Identified(ID, Long.MAX_VALUE, new Position(7, 2)),
                new SyncReply.Blocks(ID, List.of(Block.GENESIS, BLOCK), 9),
                new SyncReply.Blocks(
                        ID,
                        List.of(BLOCK),
                        new Position(9, 3),
                        Map.of(1L, IdempotencyKey.ofClient("key")),
                        Optional.of(MEMBERS)),
                new BallotReply.Promised(new Position(2, 2), Optional.of(new Vote(BALLOT, CHANGED))),
                new BallotReply.Promised(new Position(4, 1), Optional.empty()),
                new BallotReply.Promised(new Position(4, 1), Optional.of(new Vote(BALLOT, BATCH))),
                new BallotReply.Ahead(new Position(4, 2)),
                new BallotReply.Outbid(BALLOT),
                new GossipReply.Gossiped(RUMOUR, 7, List.of(RUMOUR)),
                new SealedReply.Rules("by hand"));
        for (Reply reply : replies) {
            assertThat(CODEC.decodeReply(CODEC.encode(reply, OptionalLong.of(5))))
                    .isEqualTo(new Answer(OptionalLong.of(5), reply));
        }
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
                "{\"reply\":",
                "{\"reply\":\"PROMISED\"}",
                "{\"reply\":\"PROMISED\",\"length\":\"1\"}",
                "{\"reply\":\"PROMISED\",\"length\":1,\"vote\":{}}",
                "{\"reply\":\"OUTBID\"}",
                "{\"reply\":\"OUTBID\",\"promised\":null}",
                "{\"reply\":\"OUTBID\",\"promised\":{\"round\":-1,\"proposer\":\"a\"}}",
                "{\"reply\":\"BLOCKS\",\"blocks\":[],\"length\":1,\"keys\":{\"x\":\"c:k\"}}",
                "{\"reply\":\"BLOCKS\",\"blocks\":[],\"length\":1,\"keys\":{\"1\":\"k\"}}",
                "{\"reply\":\"BLOCKS\",\"blocks\":[],\"length\":1,\"keys\":{\"1\":null}}",
                "{\"reply\":\"BLOCKS\",\"blocks\":[],\"position\":{\"length\":1,\"version\":0},\"keys\":{}}"
            })
    void nonsenseIsNoReplyAndSoNoVote(String frame) {
        assertThat(CODEC.decodeReply(frame).outcome())
                .isInstanceOfSatisfying(
                        Outcome.Silence.class,
                        silence -> assertThat(silence.reason()).startsWith("the peer answered nonsense"));
    }
}
