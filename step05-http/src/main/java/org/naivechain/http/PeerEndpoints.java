package org.naivechain.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.naivechain.protocol.JoinOutcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Port;
import spark.Request;
import tools.jackson.databind.JsonNode;

/**
 * What can be asked of the node and its network: {@code /node} and {@code /peers}.
 *
 * @param node which node
 * @param calls how to wait for it
 * @param bodyPatience how long to wait for a body
 */
record PeerEndpoints(NodeService node, NodeCalls calls, Duration bodyPatience) {
    Answer info(Request request) {
        boolean detail = detail(request.queryString());
        NodeDetail info = calls.await(node.info());
        return JsonAnswer.ok(detail ? info : info.info());
    }

    Answer list(Request request) {
        if (detail(request.queryString())) {
            Map<String, PeerDetail> details = new LinkedHashMap<>();
            calls.await(node.peerDetails()).forEach((id, detail) -> details.put(id.text(), detail));
            return JsonAnswer.ok(details);
        }
        Map<String, PeerAddress> peers = new LinkedHashMap<>();
        for (Peer peer : calls.await(node.peers())) {
            peers.put(peer.id().text(), peer.address());
        }
        return JsonAnswer.ok(peers);
    }

    private static boolean detail(String query) {
        String value = Query.of(query, List.of("detail")).getOrDefault("detail", "false");
        if (!value.equals("true") && !value.equals("false")) {
            throw Refusal.badRequest("detail must be true or false: " + Quoted.of(value));
        }
        return value.equals("true");
    }

    Answer join(Request request) {
        JsonNode body = JsonBody.read(request.raw(), bodyPatience);
        JoinOutcome outcome = calls.await(join(body));
        if (outcome instanceof JoinOutcome.Joined) {
            return JsonAnswer.ok(true);
        }
        if (outcome instanceof JoinOutcome.NotJoined notJoined) {
            throw new Refusal(Refusal.UNAVAILABLE, notJoined.reason());
        }
        throw new IllegalStateException("no answer is defined for " + outcome);
    }

    Answer evict(Request request) {
        PeerId peer;
        try {
            peer = new PeerId(request.params("id"));
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(e.getMessage());
        }
        Eviction eviction = calls.await(node.evict(peer));
        if (eviction instanceof Eviction.Done) {
            return JsonAnswer.ok(true);
        }
        if (eviction instanceof Eviction.NoSuchPeer nobody) {
            throw new Refusal(Refusal.NOT_FOUND, "there is no peer " + nobody.id() + "; GET /peers lists them");
        }
        if (eviction instanceof Eviction.NoMember former) {
            throw new Refusal(
                    Refusal.NOT_FOUND,
                    "the node " + former.id() + " is no member, so there is nothing to remove; one that is gone is"
                            + " forgotten after 10 minutes");
        }
        if (eviction instanceof Eviction.Refused refused) {
            throw new Refusal(Refusal.UNAVAILABLE, refused.reason());
        }
        throw new IllegalStateException("no answer is defined for " + eviction);
    }

    private CompletionStage<JoinOutcome> join(JsonNode body) {
        PeerAddress address;
        Optional<PeerId> id;
        try {
            address = new PeerAddress(text(body, "host"), port(body));
            id = body.hasNonNull("id") ? Optional.of(new PeerId(text(body, "id"))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(e.getMessage());
        }
        return node.join(address, id);
    }

    private static Port port(JsonNode body) {
        JsonNode port = body.get("port");
        return port != null && port.isIntegralNumber() ? Port.of(port.asString()) : Port.of(text(body, "port"));
    }

    private static String text(JsonNode body, String field) {
        JsonNode value = body.get(field);
        if (value == null || !value.isString()) {
            throw Refusal.badRequest(
                    "the body must be a JSON object with the fields \"host\" and \"port\", as texts, such"
                            + " as {\"host\": \"127.0.0.1\", \"port\": \"15001\"}, and with \"id\" a text if it is there");
        }
        return value.stringValue();
    }
}
