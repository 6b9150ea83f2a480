package org.naivechain.bench;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Adds that failed, by reason; ids, hashes, and numbers in a reason make no other reason of it. For one thread. */
final class Failures {
    private static final Pattern VARYING =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}|\\d+");

    private final Map<String, Long> counts = new HashMap<>();

    void count(String kind, String reason) {
        counts.merge(kind + ": " + VARYING.matcher(reason).replaceAll("#"), 1L, Long::sum);
    }

    void add(Failures other) {
        other.counts.forEach((reason, count) -> counts.merge(reason, count, Long::sum));
    }

    long total() {
        return counts.values().stream().mapToLong(count -> count).sum();
    }

    Optional<String> mostFrequent() {
        return counts.entrySet().stream()
                .max(Comparator.comparingLong(Map.Entry<String, Long>::getValue).thenComparing(Map.Entry::getKey))
                .map(most -> most.getValue() + " times: " + most.getKey());
    }
}
