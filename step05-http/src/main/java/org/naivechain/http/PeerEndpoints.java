package org.naivechain.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.naivechain.protocol.JoinOutcome;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Port;
import spark.Request;
import tools.jackson.databind.JsonNode;

/** What can be asked of the node and its network: {@code /node} and {@code /peers}. */
record PeerEndpoints(NodeCalls calls) {
    Answer info(Request request) {
        boolean detail = isDetailWanted(request);
        NodeDetail info = calls.ask(NodeService::info);
        return JsonAnswer.ok(detail ? info : info.info());
    }

    Answer list(Request request) {
        Map<String, Object> peers = new LinkedHashMap<>();
        if (isDetailWanted(request)) {
            calls.ask(NodeService::peerDetails).forEach((id, detail) -> peers.put(id.text(), detail));
        } else {
            calls.ask(NodeService::peers).forEach(peer -> peers.put(peer.id().text(), peer.address()));
        }
        return JsonAnswer.ok(peers);
    }

    private static boolean isDetailWanted(Request request) {
        return Query.of(request.queryString(), "detail").isTrue("detail");
    }

    Answer join(Request request) {
        JsonNode body = calls.body(request);
        PeerAddress address;
        Optional<PeerId> id;
        try {
            address = new PeerAddress(text(body, "host"), port(body));
            id = body.hasNonNull("id") ? Optional.of(new PeerId(text(body, "id"))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(e.getMessage());
        }
        JoinOutcome outcome = calls.ask(node -> node.join(address, id));
        if (outcome instanceof JoinOutcome.Joined) {
            return JsonAnswer.ok(true);
        }
        if (outcome instanceof JoinOutcome.NotJoined notJoined) {
            throw Refusal.unavailable(notJoined.reason());
        }
        throw new IllegalStateException("no answer is defined for " + outcome);
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

    Answer evict(Request request) {
        PeerId peer;
        try {
            peer = new PeerId(request.params("id"));
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(e.getMessage());
        }
        Eviction eviction = calls.ask(node -> node.evict(peer));
        if (eviction instanceof Eviction.Done) {
            return JsonAnswer.ok(true);
        }
        if (eviction instanceof Eviction.NoSuchPeer nobody) {
            throw Refusal.notFound("there is no peer " + nobody.id() + "; GET /peers lists them");
        }
        if (eviction instanceof Eviction.NoMember former) {
            throw Refusal.notFound(
                    "the node " + former.id() + " is no member, so there is nothing to remove; one that is gone is"
                            + " forgotten after 10 minutes");
        }
        if (eviction instanceof Eviction.Refused refused) {
            throw Refusal.unavailable(refused.reason());
        }
        throw new IllegalStateException("no answer is defined for " + eviction);
    }
}
