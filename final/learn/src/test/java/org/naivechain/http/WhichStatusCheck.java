package org.naivechain.http;

import static org.naivechain.learn.Explain.same;
import static org.naivechain.learn.Explain.that;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Seal;
import org.naivechain.http.NodeOnHttp.Answered;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.demo.DemoNode;
import org.naivechain.protocol.rpc.Defence;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WhichStatusCheck {
    @Test
    @Order(1)
    @DisplayName("A block that is there is answered with 200, and no other block with it")
    void reads() throws IOException {
        try (NodeOnHttp node = NodeOnHttp.alone("first", "second")) {
            Answered one = node.get("/data/1");
            same(
                    200,
                    one.status(),
                    "A chain has the blocks 0, 1, and 2, and GET /data/1 was sent. The status:",
                    one.body());
            that(
                    one.body().contains("\"index\":1,") && one.body().contains("first"),
                    "GET /data/1 must give block 1, whose data is \"first\". It gave: "
                            + one.body().strip(),
                    "NodeService.page(from, limit) gives a list; GET /data/{index} wants one block of it.");
            that(
                    one.body().startsWith("{\"status\":\"OK\",\"data\":{"),
                    "The answer's data must be the block itself, an object. It was: "
                            + one.body().strip(),
                    "A list is what GET /data answers. A client of GET /data/1 looks for data.index.");
        }
    }

    @Test
    @Order(2)
    @DisplayName("A block beyond the end is answered with 404, and an index that is no number with 400")
    void notFound() throws IOException {
        try (NodeOnHttp node = NodeOnHttp.alone("first", "second")) {
            Answered beyond = node.get("/data/3");
            same(
                    404,
                    beyond.status(),
                    "A chain has the blocks 0, 1, and 2, and GET /data/3 was sent. The status:",
                    "An empty page says that the chain ends before. 404 says: nothing is wrong with the request, but there is"
                            + " no such thing here. 500 would say that the node is broken.");
            that(
                    beyond.body().contains("3"),
                    "The message of the 404 does not name the block: "
                            + beyond.body().strip(),
                    "A client that sent many requests must see which one this answers.");
            same(
                    400,
                    node.get("/data/first").status(),
                    "GET /data/first was sent. The status:",
                    "400 says: this request will never succeed. Query.parse refuses what is not a number, by itself.");
        }
    }

    @Test
    @Order(3)
    @DisplayName("Data that was added is answered with 200, and is in the chain by then")
    void adds() throws IOException {
        try (NodeOnHttp node = NodeOnHttp.alone()) {
            Answered added = node.post("/data", "{\"data\": \"text\"}");
            same(200, added.status(), "{\"data\": \"text\"} was posted to a lone node. The status:", added.body());
            same(
                    "{\"status\":\"OK\",\"data\":true}\n",
                    added.body(),
                    "The body of that answer:",
                    "Clients of the older system know this answer. `told(block, true)` makes it.");
            same(
                    2L,
                    node.length(),
                    "How many blocks the chain has then:",
                    "The genesis block, and the one that was added once.");
        }
    }

    @Test
    @Order(4)
    @DisplayName("Data that was not added is answered with 503 and the node's own reason")
    void refuses() throws Exception {
        try (NodeOnHttp node = NodeOnHttp.alone();
                DemoNode other = new DemoNode(new PeerId("another"), 0, Defence.NONE)) {
            other.join(node.node.self().address(), Optional.empty()).get();
            node.node.untilItKnows(1);
            Answered refused = node.post("/data", "{\"data\": \"text\"}");
            same(
                    503,
                    refused.status(),
                    "The node has a peer, so it adds nothing: its outcome is NotAdded. The status:",
                    "A client that sees 200 believes that its data is kept. 503 says: not now, and the request was sound.");
            that(
                    refused.body().contains("this node has peers"),
                    "The answer does not have the reason of the outcome. It was: "
                            + refused.body().strip(),
                    "The user can do something only if they are told why.");
        }
    }

    @Test
    @Order(5)
    @DisplayName("An outcome that nobody knows is 503, too, and a key that was used for other data is 422")
    void unknown() throws IOException {
        String unknown = "no majority has answered: look for block 17 before you send it again";
        String contradicted = "the key order-17 was used for other data";
        answers(
                new AddOutcome.Unknown(unknown),
                unknown,
                503,
                "Nobody knows yet whether the data was added."
                        + " 200 would promise it, and a 4xx would say that the client sent something wrong.");
        answers(
                new AddOutcome.Contradicted(contradicted),
                contradicted,
                422,
                "The request can be read, and will"
                        + " never succeed: the key stands for other data. 503 would make the client try again for ever.");
    }

    @Test
    @Order(6)
    @DisplayName("The Idempotency-Key of a request reaches the node")
    void passesTheKey() throws IOException {
        CompletableFuture<Optional<IdempotencyKey>> seen = new CompletableFuture<>();
        try (NodeOnHttp node = new NodeOnHttp(
                service -> new NodeOnHttp.Between(service) {
                    @Override
                    public CompletionStage<AddOutcome> add(BlockData data, Optional<IdempotencyKey> key) {
                        seen.complete(key);
                        return super.add(data, Optional.empty());
                    }
                },
                NodeOnHttp.SHORT)) {
            node.send(
                    "POST",
                    "/data",
                    "Host: localhost\r\nIdempotency-Key: order-17\r\n" + NodeOnHttp.WRITE,
                    "{\"data\": 1}");
            same(
                    Optional.of(IdempotencyKey.ofClient("order-17")),
                    seen.getNow(Optional.empty()),
                    "A request had the header Idempotency-Key: order-17. What the node was given:",
                    "Without the key the node cannot know the second attempt of a request from a second request.");
        }
    }

    @Test
    @Order(7)
    @DisplayName("One block is read for one block that was asked for")
    void readsOneBlock() throws IOException {
        List<String> pages = new CopyOnWriteArrayList<>();
        try (NodeOnHttp node = new NodeOnHttp(
                service -> new NodeOnHttp.Between(service) {
                    @Override
                    public CompletionStage<List<Block>> page(long from, int limit) {
                        pages.add("page(" + from + ", " + limit + ")");
                        return super.page(from, limit);
                    }
                },
                NodeOnHttp.SHORT)) {
            node.append("first");
            node.append("second");
            node.get("/data/1");
            same(
                    List.of("page(1, 1)"),
                    List.copyOf(pages),
                    "GET /data/1 was sent. What the node was asked for:",
                    "A chain may have a million blocks. Who reads all that come before reads a million for one, and a page may"
                            + " end before it comes to that one.");
        }
    }

    @Test
    @Order(8)
    @DisplayName("Of a block with a seal is told, too, how many blocks follow it")
    void tellsHowManyFollow() throws IOException {
        Block sealed = Block.GENESIS.next(BlockData.of("sealed")).sealed(new Seal("a-seal"));
        try (NodeOnHttp node = new NodeOnHttp(
                service -> new NodeOnHttp.Between(service) {
                    @Override
                    public CompletionStage<AddOutcome> add(BlockData data, Optional<IdempotencyKey> key) {
                        return CompletableFuture.completedFuture(new AddOutcome.Added(sealed));
                    }

                    @Override
                    public CompletionStage<List<Block>> page(long from, int limit) {
                        return CompletableFuture.completedFuture(List.of(sealed));
                    }
                },
                NodeOnHttp.SHORT)) {
            node.append("first");
            node.append("second");
            for (Answered answer : List.of(node.get("/data/1"), node.post("/data", "{\"data\": \"sealed\"}"))) {
                that(
                        answer.body().contains("\"index\":1,\"confirmations\":1}"),
                        "The answer about a block with a seal, block 1 of the blocks 0 to 2, was: "
                                + answer.body().strip(),
                        "From chapter 15 on blocks have seals, and a block may be given up for another, the less likely the more"
                                + " follow it. `told(block, data)` adds its index and how many follow, where there is a seal.");
            }
        }
    }

    private static void answers(AddOutcome outcome, String reason, int status, String why) throws IOException {
        try (NodeOnHttp node = new NodeOnHttp(
                service -> new NodeOnHttp.Between(service) {
                    @Override
                    public CompletionStage<AddOutcome> add(BlockData data, Optional<IdempotencyKey> key) {
                        return CompletableFuture.completedFuture(outcome);
                    }
                },
                NodeOnHttp.SHORT)) {
            Answered answer = node.post("/data", "{\"data\": 1}");
            same(status, answer.status(), "The outcome of an add was " + outcome + ". The status:", why);
            that(
                    answer.body().contains(reason),
                    "The outcome of an add was " + outcome + ". Its reason is not in the answer, which was: "
                            + answer.body().strip(),
                    "Two outcomes share the status 503. Only the reason tells a client whether to send the data again.");
        }
    }
}
