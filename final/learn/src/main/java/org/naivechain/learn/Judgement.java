package org.naivechain.learn;

import java.util.List;
import java.util.Optional;

/**
 * What the tests of an exercise said.
 *
 * @param results in the order in which the tests ran
 */
record Judgement(List<Result> results) {
    /**
     * What one test said.
     *
     * @param test the rule that it holds the class to, or its name
     * @param failure why it failed, if it did
     */
    record Result(String test, Optional<String> failure) {}

    boolean passed() {
        return !results.isEmpty()
                && results.stream().noneMatch(result -> result.failure().isPresent());
    }

    /** {@return what the failed tests said} */
    List<String> failures() {
        return results.stream().flatMap(result -> result.failure().stream()).toList();
    }
}
