package org.naivechain.forks;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.naivechain.ledger.Addition;
import org.naivechain.protocol.IdempotencyKey;

/**
 * What this node's users added, and what is in no block any more since the chain was reorganised: it is to be added again. A
 * port, used by the node's thread; as durable as the blocks, and changes together with them.
 */
public interface Orphans {
    /** {@return all that is kept, in the order in which it was kept} */
    List<Addition> read();

    /** Keeps more; what is kept already under the same key stays as it is. */
    void keep(List<Addition> orphans);

    /** Keeps those no longer that are in the chain again. */
    void release(Collection<IdempotencyKey> keys);

    /** {@return an empty store of orphans, which are forgotten when the program ends} */
    static Orphans inMemory() {
        return new Orphans() {
            private final Map<IdempotencyKey, Addition> kept = new LinkedHashMap<>();

            @Override
            public List<Addition> read() {
                return List.copyOf(kept.values());
            }

            @Override
            public void keep(List<Addition> orphans) {
                orphans.forEach(orphan -> kept.putIfAbsent(orphan.key(), orphan));
            }

            @Override
            public void release(Collection<IdempotencyKey> keys) {
                kept.keySet().removeAll(keys);
            }
        };
    }
}
