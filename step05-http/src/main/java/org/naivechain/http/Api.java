package org.naivechain.http;

import org.slf4j.Logger;
import spark.RouteImpl;
import spark.Service;
import spark.route.HttpMethod;

/** The paths of the API. */
final class Api {
    private static final String PATHS = "/data, /data/{index}, /node, /peers, and /peers/{id}";

    private Api() {}

    /**
     * Adds the API to a Spark service.
     *
     * @param http the service
     * @param node what answers
     * @param waits how long to wait for it, and for bodies
     * @param log where failures go
     */
    static void addTo(Service http, NodeService node, Timeouts waits, Logger log) {
        NodeCalls calls = new NodeCalls(waits.answer());
        DataEndpoints data = new DataEndpoints(node, calls, waits.body());
        PeerEndpoints peers = new PeerEndpoints(node, calls, waits.body());

        new ApiPath("/data")
                .on(HttpMethod.get, data::all)
                .on(HttpMethod.post, data::add)
                .on(HttpMethod.put, data::add)
                .addTo(http, log);
        new ApiPath("/data/:index").on(HttpMethod.get, data::one).addTo(http, log);
        new ApiPath("/node").on(HttpMethod.get, peers::info).addTo(http, log);
        new ApiPath("/peers")
                .on(HttpMethod.get, peers::list)
                .on(HttpMethod.post, peers::join)
                .addTo(http, log);
        new ApiPath("/peers/:id").on(HttpMethod.delete, peers::evict).addTo(http, log);

        Endpoint nowhere = request -> {
            throw new Refusal(
                    Refusal.NOT_FOUND, "there is no " + Quoted.of(request.uri()) + " here; there are " + PATHS);
        };
        for (HttpMethod method : HttpMethod.values()) {
            http.addRoute(method, RouteImpl.create("/*", new Exchange(nowhere, log)));
        }
    }
}
