package org.naivechain.http;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import spark.RouteImpl;
import spark.Service;
import spark.route.HttpMethod;

/** One path of the API: what answers which method, and a 405 for all the others. */
final class ApiPath {
    private static final int METHOD_NOT_ALLOWED = 405;

    private final String pattern;
    private final Map<HttpMethod, Endpoint> endpoints = new EnumMap<>(HttpMethod.class);

    ApiPath(String pattern) {
        this.pattern = pattern;
    }

    ApiPath on(HttpMethod method, Endpoint endpoint) {
        endpoints.put(method, endpoint);
        if (method == HttpMethod.get) {
            // Spark's own HEAD says 200 to whatever GET might say.
            endpoints.put(HttpMethod.head, endpoint);
        }
        return this;
    }

    void addTo(Service http, Logger log) {
        String allowed = endpoints.keySet().stream()
                .map(method -> method.name().toUpperCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        Exchange refused = new Exchange(
                request -> {
                    throw new Refusal(
                            METHOD_NOT_ALLOWED,
                            Quoted.of(request.requestMethod()) + " is not allowed here; there are " + allowed);
                },
                log);
        for (HttpMethod method : HttpMethod.values()) {
            Endpoint endpoint = endpoints.get(method);
            http.addRoute(
                    method,
                    RouteImpl.create(
                            pattern,
                            endpoint != null
                                    ? new Exchange(endpoint, log)
                                    : (request, response) -> {
                                        response.header("Allow", allowed);
                                        return refused.handle(request, response);
                                    }));
        }
    }
}
