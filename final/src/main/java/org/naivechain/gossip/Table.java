package org.naivechain.gossip;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;

/**
 * The other nodes, as far as this one has heard of them; it chooses which of them are called, and which are told of. For the
 * node's thread only.
 */
final class Table {
    /** No more nodes are kept, so that a stranger cannot fill the memory with inventions. */
    static final int MAX_NODES = 10_000;

    /** Incarnations would run out if somebody leapt to the last. */
    static final long MAX_LEAP = 1_000_000;

    /** How often news is told: this many times the number of binary digits of the number of nodes. */
    private static final int TELLING = 3;

    /** How many others are told of in turn when there is no news; if only so few are missing, nobody is told all. */
    static final int IN_TURN = 10;

    private final Index<PeerId> members = new Index<>(KnownNode::id);
    private final Index<PeerAddress> addresses = new Index<>(KnownNode::address);
    /** Those that are not gone, in the order in which they are called; the first {@link #called} were, in this pass. */
    private final List<KnownNode> order = new ArrayList<>();

    private final Set<KnownNode> suspects = new LinkedHashSet<>();
    private final Set<KnownNode> gone = new LinkedHashSet<>();
    private final BroadcastQueue news = new BroadcastQueue();
    private final RandomGenerator random;
    private int called;
    private int toldInTurn;

    Table(RandomGenerator random) {
        this.random = random;
    }

    Optional<KnownNode> find(PeerId id) {
        return Optional.ofNullable(members.find(id));
    }

    boolean isThere(PeerId id) {
        return isThere(members.find(id));
    }

    boolean isThere(PeerAddress address) {
        return isThere(addresses.find(address));
    }

    private static boolean isThere(KnownNode member) {
        return member != null && !member.isGone();
    }

    List<KnownNode> all() {
        List<KnownNode> all = new ArrayList<>(order);
        all.addAll(gone);
        return all;
    }

    Set<KnownNode> gone() {
        return Collections.unmodifiableSet(gone);
    }

    /** How many other nodes are not gone. */
    int size() {
        return order.size();
    }

    /**
     * How often news is told until all have heard it. The number of nodes that are not gone, this one included, has so many
     * binary digits as its logarithm to base 2, rounded down, and one more: 2 for 3 nodes, 3 for 4.
     */
    private int rounds() {
        return TELLING * (Integer.SIZE - Integer.numberOfLeadingZeros(order.size() + 1));
    }

    // Believing.

    /** Whether a rumour says nothing new, which most do. */
    boolean knows(Rumour rumour) {
        KnownNode known = members.find(rumour.id());
        return known != null && rumour.over(known.rumour()) == known.rumour();
    }

    /** Why a rumour is not believed, whatever else is known of its node. */
    Optional<String> objection(Rumour rumour) {
        KnownNode known = members.find(rumour.id());
        KnownNode there = addresses.find(rumour.address());
        long incarnation = known == null ? 0 : known.rumour().incarnation();
        if (rumour.incarnation() - incarnation > MAX_LEAP) {
            return Optional.of("the incarnation of " + rumour.id() + " cannot leap from " + incarnation + " to "
                    + rumour.incarnation());
        }
        if (isThere(known) && known != there) {
            return Optional.of(
                    "the node " + rumour.id() + " is known at " + known.address() + ", not at " + rumour.address());
        }
        if (isThere(there) && there != known) {
            return Optional.of("at " + rumour.address() + " the node " + there.id() + " is known, not " + rumour.id());
        }
        return Optional.empty();
    }

    /** Takes in a rumour to which there is no {@link #objection}. */
    void believe(Rumour rumour, Instant now) {
        KnownNode member = members.find(rumour.id());
        if (member == null) {
            admit(rumour, now);
            return;
        }
        Rumour known = member.rumour();
        Rumour believed = rumour.over(known);
        if (believed == known) {
            return;
        }
        addresses.remove(member);
        member.become(believed);
        addresses.put(member);
        boolean moves = believed.state() != known.state();
        if (moves || believed.incarnation() != known.incarnation()) {
            // A new incarnation is given as long to contradict as any other.
            member.remainsSince(now);
            news.add(member);
        }
        if (moves) {
            move(member);
        }
    }

    private void move(KnownNode member) {
        if (member.isGone()) {
            leave(member);
            gone.add(member);
        } else if (gone.remove(member)) {
            enter(member);
        }
        markSuspect(member);
    }

    private void markSuspect(KnownNode member) {
        if (member.rumour().state() == Rumour.State.SUSPECT) {
            suspects.add(member);
        } else {
            suspects.remove(member);
        }
    }

    private void admit(Rumour rumour, Instant now) {
        // The word of those that are gone must not come back from those that have not forgotten them yet.
        if (!rumour.isGone() && order.size() + gone.size() < MAX_NODES) {
            KnownNode member = new KnownNode(rumour, now);
            members.put(member);
            addresses.put(member);
            enter(member);
            markSuspect(member);
            news.add(member);
        }
    }

    /** A newcomer is called at a random moment of the pass, as SWIM has it. */
    private void enter(KnownNode member) {
        order.add(member);
        Collections.swap(order, order.size() - 1, called + random.nextInt(order.size() - called));
    }

    private void leave(KnownNode member) {
        int at = order.indexOf(member);
        order.remove(at);
        if (at < called) {
            called--;
        }
    }

    // Judging.

    /** How long nodes have to contradict a suspicion: long enough for it to reach them, and them to answer. */
    Duration suspicion() {
        return Gossip.PERIOD.multipliedBy(rounds());
    }

    /** Those that have been suspect for so long that they are gone. */
    List<KnownNode> suspectSince(Instant deadline) {
        return suspects.stream()
                .filter(member -> !member.since().isAfter(deadline))
                .toList();
    }

    /** Gives all that are suspect as long again. */
    void waitAnew(Instant now) {
        suspects.forEach(member -> member.remainsSince(now));
    }

    /** Forgets nodes that have been gone since long. */
    void forget(Instant deadline, Set<PeerId> kept) {
        gone.removeIf(member -> {
            boolean forgotten = !member.since().isAfter(deadline) && !kept.contains(member.id());
            if (forgotten) {
                members.remove(member);
                addresses.remove(member);
            }
            return forgotten;
        });
    }

    // Choosing.

    /** The nodes to call next: each in its turn, in an order that chance decides anew for every pass (section 4.3). */
    Set<KnownNode> next(int count) {
        Set<KnownNode> chosen = new LinkedHashSet<>();
        for (int left = Math.min(count, order.size()); left > 0; left--) {
            if (called >= order.size()) {
                called = 0;
                for (int i = order.size() - 1; i > 0; i--) {
                    Collections.swap(order, i, random.nextInt(i + 1));
                }
            }
            chosen.add(order.get(called++));
        }
        return chosen;
    }

    /** Some nodes other than one, by chance. */
    Set<KnownNode> some(int count, KnownNode other) {
        Set<KnownNode> chosen = new LinkedHashSet<>();
        for (int tries = 2 * count; tries > 0 && chosen.size() < count && !order.isEmpty(); tries--) {
            KnownNode member = order.get(random.nextInt(order.size()));
            if (member != other && member.isAlive()) {
                chosen.add(member);
            }
        }
        return chosen;
    }

    // Telling.

    /** News, and of the others some in turn; a digest has at most so many rumours. */
    void tell(int max, List<Rumour> digest) {
        news.tell(max - digest.size(), rounds(), digest);
        for (int left = Math.min(IN_TURN, order.size()); left > 0 && digest.size() < max; left--) {
            toldInTurn = (toldInTurn + 1) % order.size();
            KnownNode member = order.get(toldInTurn);
            if (!member.isNews()) {
                digest.add(member.rumour());
            }
        }
    }

    /** All that are not gone, a page at a time. If one goes meanwhile another is left out, and told of in turn. */
    void tellPage(int from, int max, List<Rumour> digest) {
        order.stream().skip(from).limit(max).map(KnownNode::rumour).forEach(digest::add);
    }

    /** Whether a node that knows so few others should be told all; of one that is here for long some may just be news. */
    boolean isToBeToldAll(PeerId id, int known, Instant now) {
        KnownNode member = members.find(id);
        boolean young = member == null || member.since().isAfter(now.minus(suspicion()));
        return known + (young ? 0 : IN_TURN) < order.size();
    }
}
