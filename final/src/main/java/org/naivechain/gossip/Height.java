package org.naivechain.gossip;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.naivechain.blocks.Hash;

/**
 * How far a node is.
 *
 * @param length how many blocks its chain has, at least 1
 * @param version which version of the list of members it goes by, 0 if it knows of none
 */
public record Height(
        @JsonProperty(value = "length", required = true) long length,
        @JsonProperty(value = "version", required = true) long version,
        @JsonProperty(value = "head", required = true) Hash head) {
    /** Throws an {@link IllegalArgumentException} if a number is none that a node can have. */
    public Height {
        if (length < 1 || version < 0) {
            throw new IllegalArgumentException("length must be at least 1 and version must not be negative: length="
                    + length + ", version=" + version);
        }
    }

    /** {@return whether this is further: it has more blocks, or as many and a later version} */
    public boolean isBeyond(Height other) {
        return length > other.length || length == other.length && version > other.version;
    }
}
