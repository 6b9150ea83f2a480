package org.naivechain.ledger;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.naivechain.blocks.BlockData;
import org.naivechain.protocol.IdempotencyKey;

/**
 * Data on its way to become a block.
 *
 * @param key what makes it one request, however often it is sent
 */
public record Addition(
        @JsonProperty(value = "key", required = true) IdempotencyKey key,
        @JsonProperty(value = "data", required = true) BlockData data) {
    /** What the key and the field names weigh beside the data. */
    private static final int OVERHEAD_BYTES = 100;

    /** {@return how many bytes it takes up in a frame, roughly} */
    public int weight() {
        return OVERHEAD_BYTES + data.literal().length();
    }
}
