package org.naivechain.http;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpStatus;
import org.naivechain.protocol.ReceivedJson;
import org.slf4j.Logger;
import spark.Request;
import spark.RouteImpl;
import spark.Service;
import spark.route.HttpMethod;

/**
 * The paths of the API. An endpoint makes a request's answer, or throws a {@link Refusal}; many threads call it at a time, and
 * each may be held until the node has answered.
 */
final class Api {
    private static final String PATHS = "/data, /data/{index}, /node, /peers, and /peers/{id}";

    private final Service http;
    private final Logger log;

    private Api(Service http, Logger log) {
        this.http = http;
        this.log = log;
    }

    /** Adds the API to a Spark service; failures go to the log. */
    static void addTo(Service http, NodeService node, Timeouts waits, Logger log) {
        NodeCalls calls = new NodeCalls(node, waits);
        DataEndpoints data = new DataEndpoints(calls);
        PeerEndpoints peers = new PeerEndpoints(calls);

        Api api = new Api(http, log);
        api.path("/data", Map.of(HttpMethod.get, data::all, HttpMethod.post, data::add, HttpMethod.put, data::add));
        api.path("/data/:index", Map.of(HttpMethod.get, data::one));
        api.path("/node", Map.of(HttpMethod.get, peers::info));
        api.path("/peers", Map.of(HttpMethod.get, peers::list, HttpMethod.post, peers::join));
        api.path("/peers/:id", Map.of(HttpMethod.delete, peers::evict));
        api.path("/*", Map.of(), request -> {
            throw Refusal.notFound("there is no " + ReceivedJson.quoted(request.uri()) + " here; there are " + PATHS);
        });
    }

    /** A path that answers 405 to every method that has no endpoint. */
    private void path(String pattern, Map<HttpMethod, Function<Request, Answer>> endpoints) {
        Map<HttpMethod, Function<Request, Answer>> all = new EnumMap<>(endpoints);
        if (endpoints.containsKey(HttpMethod.get)) {
            // Spark's own HEAD says 200 to whatever GET might say.
            all.put(HttpMethod.head, endpoints.get(HttpMethod.get));
        }
        String allowed = all.keySet().stream()
                .map(method -> method.name().toUpperCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        path(pattern, all, request -> response -> {
            response.setHeader("Allow", allowed);
            String message =
                    ReceivedJson.quoted(request.requestMethod()) + " is not allowed here; there are " + allowed;
            JsonAnswer.error(HttpStatus.METHOD_NOT_ALLOWED_405, message).writeTo(response);
        });
    }

    private void path(
            String pattern, Map<HttpMethod, Function<Request, Answer>> endpoints, Function<Request, Answer> otherwise) {
        for (HttpMethod method : HttpMethod.values()) {
            Exchange exchange = new Exchange(endpoints.getOrDefault(method, otherwise), log);
            http.addRoute(method, RouteImpl.create(pattern, exchange));
        }
    }
}
