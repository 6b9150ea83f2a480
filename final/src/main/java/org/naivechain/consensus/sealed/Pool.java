package org.naivechain.consensus.sealed;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.naivechain.blocks.BlockData;
import org.naivechain.ledger.Addition;
import org.naivechain.protocol.IdempotencyKey;

/** Data that waits for a block, in the order in which this node heard of it. For the node's thread only. */
final class Pool {
    static final int MAX_ADDITIONS = 10_000;
    static final long MAX_BYTES = 32L * 1024 * 1024;

    private final Map<IdempotencyKey, Addition> waiting = new LinkedHashMap<>();
    private long bytes;

    /** {@return whether the data waits now; false if there is no room for it} What has the key already stays. */
    boolean put(Addition addition) {
        if (waiting.containsKey(addition.key())) {
            return true;
        }
        if (waiting.size() >= MAX_ADDITIONS || bytes + addition.weight() > MAX_BYTES) {
            return false;
        }
        waiting.put(addition.key(), addition);
        bytes += addition.weight();
        return true;
    }

    Optional<BlockData> find(IdempotencyKey key) {
        return Optional.ofNullable(waiting.get(key)).map(Addition::data);
    }

    /** {@return what has waited longest} */
    Optional<Addition> first() {
        return waiting.values().stream().findFirst();
    }

    void remove(Collection<IdempotencyKey> keys) {
        for (IdempotencyKey key : List.copyOf(keys)) {
            Addition removed = waiting.remove(key);
            bytes -= removed == null ? 0 : removed.weight();
        }
    }
}
