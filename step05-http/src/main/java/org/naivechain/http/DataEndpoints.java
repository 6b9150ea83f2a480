package org.naivechain.http;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.WireFormat;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.IdempotencyKey;
import spark.Request;
import tools.jackson.databind.JsonNode;

/** What can be asked of the chain: {@code /data} and {@code /data/{index}}. */
record DataEndpoints(NodeCalls calls) {
    private static final String KEY = "Idempotency-Key";

    Answer add(Request request) {
        Optional<IdempotencyKey> key = key(request);
        BlockData data = data(calls.body(request));
        AddOutcome outcome = calls.ask(node -> node.add(data, key));
        if (outcome instanceof AddOutcome.Added added) {
            return told(added.block(), true);
        }
        if (outcome instanceof AddOutcome.NotAdded notAdded) {
            throw Refusal.unavailable(notAdded.reason());
        }
        if (outcome instanceof AddOutcome.Unknown unknown) {
            throw Refusal.unavailable(unknown.reason());
        }
        if (outcome instanceof AddOutcome.Contradicted contradicted) {
            throw new Refusal(HttpStatus.UNPROCESSABLE_ENTITY_422, contradicted.reason());
        }
        throw new IllegalStateException("no answer is defined for " + outcome);
    }

    Answer all(Request request) {
        Query query = Query.of(request.queryString(), "from", "limit");
        boolean bodyWanted = !request.requestMethod().equals("HEAD");
        return new ChainStream(calls, query.number("from", 0), query.number("limit", Query.ENDLESS), bodyWanted);
    }

    Answer one(Request request) {
        long index = Query.parse("a block's index", request.params("index"));
        List<Block> found = calls.ask(node -> node.page(index, 1));
        if (found.isEmpty()) {
            throw Refusal.notFound("there is no block " + request.params("index"));
        }
        return told(found.get(0), found.get(0));
    }

    /** A block with a seal may be given up for another; that is the less likely the more blocks follow, so it is said how many. */
    private Answer told(Block block, Object data) {
        if (block.seal().isEmpty()) {
            return JsonAnswer.ok(data);
        }
        long length = calls.ask(NodeService::info).info().dataCount();
        return JsonAnswer.ok(data, block.index(), length - 1 - block.index());
    }

    /** As in the draft of the IETF's HTTPAPI group, "The Idempotency-Key HTTP Header Field". */
    private static Optional<IdempotencyKey> key(Request request) {
        List<String> values = Collections.list(request.raw().getHeaders(KEY));
        if (values.size() > 1) {
            throw Refusal.badRequest("there must be one " + KEY + " at the most, not " + values.size());
        }
        try {
            return values.stream().findFirst().map(IdempotencyKey::ofClient);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(KEY + ": " + e.getMessage());
        }
    }

    private static BlockData data(JsonNode body) {
        JsonNode data = body.isObject() ? body.get("data") : null;
        if (data == null) {
            throw Refusal.badRequest("the body must be a JSON object with the field \"data\"");
        }
        try {
            return BlockData.of(
                    data.isString() ? data.stringValue() : WireFormat.mapper().writeValueAsString(data));
        } catch (BlockData.TooLong e) {
            throw new Refusal(HttpStatus.PAYLOAD_TOO_LARGE_413, e.getMessage());
        }
    }
}
