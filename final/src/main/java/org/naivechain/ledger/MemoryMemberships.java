package org.naivechain.ledger;

import java.util.Optional;
import java.util.TreeMap;

/** Memberships that are forgotten when the program ends. For one thread at a time. */
public final class MemoryMemberships implements Memberships {
    private final TreeMap<Long, Membership> kept = new TreeMap<>();

    /** No membership is known. */
    public MemoryMemberships() {}

    /** Copies what is kept. */
    public void copyTo(MemoryMemberships other) {
        other.kept.putAll(kept);
    }

    @Override
    public Membership latest() {
        return kept.isEmpty() ? Membership.NONE : kept.lastEntry().getValue();
    }

    @Override
    public Membership at(long length) {
        return kept.descendingMap().values().stream()
                .filter(membership -> membership.from() <= length)
                .findFirst()
                .orElse(Membership.NONE);
    }

    @Override
    public Optional<Membership> find(long version) {
        return Optional.ofNullable(kept.get(version));
    }

    @Override
    public void record(Membership membership) {
        kept.put(membership.version(), membership);
    }

    @Override
    public void clear() {
        kept.clear();
    }
}
