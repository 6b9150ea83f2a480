package org.naivechain.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.naivechain.protocol.IdempotencyKey;

/** Receipts that are forgotten when the program ends. For one thread at a time. */
public final class MemoryReceipts implements Receipts {
    private final Map<IdempotencyKey, Long> indexes = new HashMap<>();
    private final TreeMap<Long, IdempotencyKey> keys = new TreeMap<>();

    /** No receipts. */
    public MemoryReceipts() {}

    @Override
    public OptionalLong find(IdempotencyKey key) {
        Long index = indexes.get(key);
        return index == null ? OptionalLong.empty() : OptionalLong.of(index);
    }

    @Override
    public Map<Long, IdempotencyKey> between(long from, long to) {
        return new TreeMap<>(keys.subMap(from, to));
    }

    @Override
    public void record(Map<Long, IdempotencyKey> added) {
        added.forEach((index, key) -> {
            keys.put(index, key);
            indexes.merge(key, index, Math::min);
        });
    }

    @Override
    public void forget(long from) {
        keys.tailMap(from).clear();
        indexes.clear();
        keys.forEach((index, key) -> indexes.merge(key, index, Math::min));
    }
}
