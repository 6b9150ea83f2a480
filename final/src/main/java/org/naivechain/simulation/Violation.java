package org.naivechain.simulation;

import java.util.OptionalLong;

/**
 * A broken promise.
 *
 * @param what which promise, with the values
 * @param index the block that it is about, if it is about one
 */
public record Violation(String what, OptionalLong index) {
    static Violation at(long index, String what) {
        return new Violation(what, OptionalLong.of(index));
    }

    static Violation of(String what) {
        return new Violation(what, OptionalLong.empty());
    }
}
