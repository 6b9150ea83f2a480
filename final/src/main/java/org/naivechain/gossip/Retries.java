package org.naivechain.gossip;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;

/**
 * The addresses at which a node should be, and is not. They are called again after 1 second, 2, 4, and so on, at last every
 * minute, or a little sooner or later, so that nodes which lost one another at the same moment do not call all at once. For the
 * node's thread only.
 */
final class Retries {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LAST = Duration.ofSeconds(60);
    private static final double JITTER = 0.2;

    private static final class Retry {
        private Duration pause = FIRST;
        /** Never, while a call is under way. */
        private Instant due;

        Retry(Instant due) {
            this.due = due;
        }
    }

    private final Table table;
    private final GossipListener host;
    private final RandomGenerator random;
    /** The addresses that a user gave, and the node that answered there last. */
    private final Map<PeerAddress, Optional<PeerId>> contacts = new LinkedHashMap<>();

    private final Map<PeerAddress, Retry> retries = new LinkedHashMap<>();

    Retries(Table table, GossipListener host, RandomGenerator random) {
        this.table = table;
        this.host = host;
        this.random = random;
    }

    void contact(PeerAddress address) {
        contacts.putIfAbsent(address, Optional.empty());
    }

    /** Whether there was such a contact. */
    boolean removeContact(PeerAddress address) {
        return contacts.remove(address) != null;
    }

    /** The nodes that are called until they answer, however long they have been gone. */
    Set<PeerId> wanted() {
        Set<PeerId> wanted = new LinkedHashSet<>();
        host.registered().forEach(peer -> wanted.add(peer.id()));
        contacts.values().forEach(answered -> answered.ifPresent(wanted::add));
        return wanted;
    }

    /** The addresses to call now, at most so many; all but this node's own. */
    List<PeerAddress> due(PeerAddress own, Instant now, int max) {
        Set<PeerAddress> missing = missing();
        missing.remove(own);
        retries.keySet().retainAll(missing);
        missing.forEach(address -> retries.computeIfAbsent(address, unknown -> new Retry(now)));
        List<PeerAddress> due = new ArrayList<>();
        retries.forEach((address, retry) -> {
            if (due.size() < max && !retry.due.isAfter(now)) {
                retry.due = Instant.MAX;
                due.add(address);
            }
        });
        return due;
    }

    private Set<PeerAddress> missing() {
        Set<PeerAddress> missing = new LinkedHashSet<>();
        contacts.forEach((address, answered) -> {
            if (!table.isThere(address) && !answered.map(table::isThere).orElse(false)) {
                missing.add(address);
            }
        });
        host.registered().stream()
                .filter(peer -> !table.isThere(peer.id()))
                .map(Peer::address)
                .forEach(missing::add);
        table.gone().forEach(member -> missing.add(member.address()));
        return missing;
    }

    /** Notes which node has answered at an address that was due, or that none has. */
    void called(PeerAddress address, Optional<PeerId> teller, Instant now) {
        if (teller.isPresent()) {
            contacts.replace(address, teller);
            retries.remove(address);
            return;
        }
        Retry retry = retries.get(address);
        if (retry != null) {
            double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
            retry.due = now.plusMillis(Math.round(retry.pause.toMillis() * factor));
            Duration twice = retry.pause.multipliedBy(2);
            retry.pause = twice.compareTo(LAST) > 0 ? LAST : twice;
        }
    }
}
