package org.naivechain.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Hash;
import org.naivechain.blocks.Seal;
import org.naivechain.blocks.WireFormat;
import org.naivechain.consensus.majority.Ballot;
import org.naivechain.consensus.majority.BallotCommand;
import org.naivechain.consensus.sealed.SealedCommand;
import org.naivechain.gossip.GossipCommand;
import org.naivechain.gossip.Height;
import org.naivechain.gossip.Rumour;
import org.naivechain.ledger.Addition;
import org.naivechain.ledger.Batch;
import org.naivechain.ledger.Change;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.Codec;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Port;
import org.naivechain.protocol.Request;
import org.naivechain.protocol.Transcript;
import org.naivechain.sync.SyncCommand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a stranger may send to nodes, out of a seed: commands with wild values, with fields that are missing, doubled, or of
 * another type, and frames that are broken as texts. Left out is what only the network's key keeps strangers from, because a
 * member is believed: the word of a member under a ballot of these days, and introductions of new members.
 */
final class HostileFrames {
    private static final long[] WILD = {
        -1, 0, 1, 2, 3, 1_000, Integer.MAX_VALUE, Long.MAX_VALUE / 2, Long.MAX_VALUE, Long.MIN_VALUE
    };
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1e308",
            "1e9999999999",
            "0.5",
            "99999999999999999999999999",
            "\"\"",
            "\"\\u0000\\ud800\"",
            "\"\u202e\u00e9\ud83d\ude00\"",
            "\"" + "x".repeat(10_000) + "\"",
            "[]",
            "{}",
            "[" + "0,".repeat(2_000) + "0]",
            "[".repeat(60) + "]".repeat(60),
            "{\"a\":".repeat(90) + "1" + "}".repeat(90),
            "[".repeat(20_000));
    private static final List<String> SHALLOW = VALUES.subList(0, VALUES.size() - 1);

    private final Random random;
    private final boolean breaksTexts;
    private final List<PeerId> members;
    private final List<String> corpus;

    /**
     * Frames out of a seed.
     *
     * @param breaksTexts whether some are no JSON, which ends the connection; the others go on until they are shut out
     * @param members whose ids to misuse
     */
    HostileFrames(long seed, boolean breaksTexts, List<PeerId> members) {
        this.random = new Random(seed);
        this.breaksTexts = breaksTexts;
        this.members = members;
        this.corpus = Transcript.exchanges().stream()
                .map(Transcript.Exchange::frame)
                .filter(frame -> frame.startsWith("{"))
                .toList();
    }

    /** The next frame; oversized once in a while. */
    String next() {
        String frame = breaksTexts && random.nextInt(2_000) == 0 ? oversized() : mutated(command());
        return isAWordOfAMember(frame) ? "{\"CMD\": \"PING\", \"id\": 1}" : frame;
    }

    /** How often to send it: some are sent again and again. */
    int times() {
        return random.nextInt(100) == 0 ? 20 : 1;
    }

    private String command() {
        String frame = random.nextInt(3) == 0 ? pick(corpus) : AllFramesTest.CODEC.encode(wild());
        return random.nextBoolean() ? Codec.withId(frame.strip(), random.nextInt(1_000)) : frame;
    }

    private Command wild() {
        Block block = Block.GENESIS.next(BlockData.of("stranger " + random.nextInt()));
        return switch (random.nextInt(16)) {
            case 0 ->
                new SyncCommand.GetBlocks(
                        Math.abs(wildNumber() >> 1), 1 + random.nextInt(1_000), Math.abs(wildNumber() >> 1));
            case 1 -> new BallotCommand.Prepare(ballot(), position(), Optional.of(wildNumber()));
            case 2 -> new BallotCommand.Propose(ballot(), batch());
            case 3 -> new BallotCommand.Decide(ballot(), decided(), block.hash());
            case 4 -> new BallotCommand.Submit(batch().additions());
            case 5 ->
                new PeerCommand.ValidateBlock(random.nextBoolean() ? block : block.tampered(BlockData.of("forged")));
            case 6 -> new PeerCommand.AddBlock("stranger", Optional.empty());
            case 7 -> new PeerCommand.ConfirmBlock(block.next(BlockData.of("skipping")));
            case 8 -> new PeerCommand.JoinDataUpload(List.of(), List.of(Block.GENESIS, block), Optional.of(3L));
            case 9 ->
                new BallotCommand.Amend(random.nextBoolean() ? Change.add(stranger()) : Change.remove(stranger()));
            case 10 ->
                new GossipCommand.Gossip(rumour(), random.nextInt(10), random.nextInt(10), List.of(rumour(), rumour()));
            case 12 ->
                new BallotCommand.Identify(
                        random.nextBoolean() ? pick(members) : stranger().id());
            case 13 ->
                new SealedCommand.Sealed(
                        random.nextBoolean() ? pick(members) : stranger().id(),
                        block.sealed(
                                new Seal((random.nextBoolean() ? "work:1::" : "stake:1:0:::") + random.nextInt())));
            case 14 ->
                new SealedCommand.Pending(new Addition(IdempotencyKey.ofClient("key"), BlockData.of("stranger")));
            case 11 -> new GossipCommand.Probe(stranger().id(), stranger().address());
            default -> new PeerCommand.AddPeer(pick(members), "127.0.0.1", new Port(1), Optional.of(true));
        };
    }

    private Position position() {
        return new Position(Math.abs(wildNumber() >> 1), Math.abs(wildNumber() >> 1));
    }

    private Position decided() {
        return new Position(1 + Math.abs(wildNumber() >> 1), Math.abs(wildNumber() >> 1));
    }

    /** Nobody listens there. */
    private Peer stranger() {
        return new Peer(new PeerId("stranger-" + random.nextInt(10)), new PeerAddress("127.0.0.1", 1));
    }

    private Rumour rumour() {
        Rumour.State[] states = Rumour.State.values();
        return new Rumour(
                stranger().id(),
                stranger().address(),
                random.nextInt(5),
                states[random.nextInt(states.length)],
                new Height(1 + Math.abs(wildNumber() >> 1), Math.abs(wildNumber() >> 1), Hash.ORIGIN));
    }

    private Ballot ballot() {
        PeerId proposer = random.nextInt(3) == 0 ? pick(members) : new PeerId("stranger-" + random.nextInt(10));
        return new Ballot(random.nextBoolean() ? 0 : Long.MAX_VALUE / 2 - random.nextInt(10), proposer);
    }

    private Batch batch() {
        List<Addition> additions = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            additions.add(new Addition(
                    IdempotencyKey.ofClient("key-" + random.nextInt(5)),
                    BlockData.of("stranger " + random.nextInt(5))));
        }
        return new Batch(
                new Position(1 + random.nextInt(10), random.nextInt(4)),
                random.nextBoolean() ? Block.GENESIS.hash() : Hash.ORIGIN,
                additions);
    }

    private long wildNumber() {
        return WILD[random.nextInt(WILD.length)];
    }

    private String mutated(String frame) {
        return switch (random.nextInt(breaksTexts ? 20 : 17)) {
            case 0, 1, 2, 3, 4 -> frame;
            case 17 -> "{\"CMD\":\"PING\"," + frame.substring(1);
            case 18 -> frame.substring(0, random.nextInt(frame.length()));
            case 19 -> withFlippedBits(frame);
            default -> withOneFieldChanged(frame);
        };
    }

    private String withOneFieldChanged(String frame) {
        ObjectNode tree = (ObjectNode) WireFormat.mapper().readTree(frame);
        ObjectNode within = Stream.of(tree, tree.path("ballot"), tree.path("batch"), tree.path("block_data"))
                .filter(JsonNode::isObject)
                .map(ObjectNode.class::cast)
                .skip(random.nextInt(2))
                .findFirst()
                .orElse(tree);
        List<String> names = within.propertyNames().stream().toList();
        if (names.isEmpty()) {
            return frame;
        }
        String name = pick(names);
        if (random.nextInt(4) == 0) {
            within.remove(name);
            return tree.toString();
        }
        within.put(name, "PUT-IT-HERE");
        return tree.toString().replace("\"PUT-IT-HERE\"", pick(breaksTexts ? VALUES : SHALLOW));
    }

    private String withFlippedBits(String frame) {
        StringBuilder flipped = new StringBuilder(frame);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(flipped.length());
            char other = (char) (flipped.charAt(at) ^ (1 << random.nextInt(7)));
            flipped.setCharAt(at, Character.isSurrogate(other) ? '?' : other);
        }
        return flipped.toString();
    }

    private static String oversized() {
        return "{\"CMD\":\"ADD_BLOCK\",\"data\":\"" + "x".repeat(5 * 1024 * 1024) + "\"}";
    }

    private boolean isAWordOfAMember(String frame) {
        if (!(AllFramesTest.CODEC.decode(frame) instanceof Request.Understood understood)) {
            return false;
        }
        Command command = understood.command();
        if (command instanceof PeerCommand.AddPeer introduction) {
            return !members.contains(introduction.peer("127.0.0.1").id());
        }
        if (command instanceof BallotCommand.Prepare prepare) {
            return isOfThisTime(prepare.ballot());
        }
        if (command instanceof BallotCommand.Propose proposal) {
            return isOfThisTime(proposal.ballot());
        }
        if (command instanceof BallotCommand.Decide decision) {
            return isOfThisTime(decision.ballot());
        }
        return command instanceof PeerCommand.NewPeerJoin || command instanceof BallotCommand.Amend;
    }

    private boolean isOfThisTime(Ballot ballot) {
        return members.contains(ballot.proposer()) && ballot.round() > 0 && ballot.round() < Integer.MAX_VALUE;
    }

    /** A request to the HTTP port, as bytes of which some are wrong. */
    String request(int port) {
        String body = pick(List.of(
                "{\"data\": \"stranger " + random.nextInt(100) + "\"}",
                pick(VALUES),
                "{\"data\": " + pick(VALUES) + "}"));
        String head = pick(List.of("GET", "POST", "PUT", "DELETE", "BREW", "HEAD", "OPTIONS", "TRACE", "")) + " "
                + pick(List.of(
                        "/",
                        "/data",
                        "/data/0",
                        "/data/-1",
                        "/data/" + wildNumber(),
                        "/data?from=" + wildNumber() + "&limit=" + wildNumber(),
                        "/node",
                        "/node?detail=true",
                        "/peers?detail=" + wildNumber(),
                        "/../../etc/passwd",
                        "/%00%ff%zz",
                        "/" + "x".repeat(20_000)))
                + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n";
        Map<String, String> headers = Map.of(
                "Content-Type", pick(List.of("application/json", "text/plain", "x".repeat(100))),
                "Content-Length",
                        pick(List.of(
                                Integer.toString(body.length()),
                                "-1",
                                "99999999999",
                                Integer.toString(body.length() + 5))),
                "Idempotency-Key", "key-" + random.nextInt(5));
        StringBuilder request = new StringBuilder(head);
        headers.forEach((name, value) -> {
            if (random.nextInt(5) > 0) {
                request.append(name).append(": ").append(value).append("\r\n");
            }
        });
        request.append("\r\n").append(body);
        return random.nextInt(3) == 0 ? withFlippedBits(request.toString()) : request.toString();
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
