package org.naivechain.gossip;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;

/** The other nodes, as far as this one has heard of them, and what it tells of them. For the node's thread only. */
final class Table {
    /** So many nodes are kept, so that a stranger cannot fill the memory with inventions. */
    static final int MAX_NODES = 10_000;

    /** Incarnations would run out if somebody leapt to the last. */
    static final long MAX_LEAP = 1_000_000;

    /** How often news is told: this many times the logarithm of the number of nodes. */
    private static final int TELLING = 3;

    /** How many others are told of in turn when there is no news; for so few nobody is told, or asks for, all. */
    static final int IN_TURN = 10;

    /** What became of what was known. */
    enum Change {
        /** It was known, or is older than what is known. */
        NONE,
        /** It was not believed. */
        REFUSED,
        /** The node's chain is longer than was known. */
        GROWN,
        /** The node was not known, or is in another state. */
        STATE
    }

    private final Index<PeerId> members = new Index<>(KnownNode::id);
    private final Index<PeerAddress> addresses = new Index<>(KnownNode::address);
    /** Those that are not gone, in the order in which they are called; the first {@link #called} were, in this round. */
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

    /** Whether a node listens at an address, as far as is known. */
    boolean isThere(PeerAddress address) {
        KnownNode member = addresses.find(address);
        return member != null && !member.isGone();
    }

    /** Whether a node is known and not gone. */
    boolean isThere(PeerId id) {
        KnownNode member = members.find(id);
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

    /** How many nodes are not gone, the other ones. */
    int size() {
        return order.size();
    }

    /** The logarithm to base 2 of the number of nodes, rounded up, at least 1. */
    int log2() {
        return Integer.SIZE - Integer.numberOfLeadingZeros(order.size() + 1);
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
        if (known != null && !known.isGone() && known != there) {
            return Optional.of("the node " + rumour.id() + " is known at "
                    + known.rumour().address() + ", not at " + rumour.address());
        }
        if (there != null && there != known && !there.isGone()) {
            return Optional.of("at " + rumour.address() + " the node " + there.id() + " is known, not " + rumour.id());
        }
        return Optional.empty();
    }

    /** Takes in a rumour to which there is no {@link #objection}. */
    Change believe(Rumour rumour, Instant now) {
        KnownNode member = members.find(rumour.id());
        return member == null ? admit(rumour, now) : update(member, rumour, now);
    }

    private Change admit(Rumour rumour, Instant now) {
        // The word of those who are gone must not come back from those who have not forgotten them yet.
        if (rumour.isGone() || isFull()) {
            return Change.REFUSED;
        }
        KnownNode member = new KnownNode(rumour, now);
        members.put(member);
        addresses.put(member);
        enter(member);
        if (!member.isAlive()) {
            suspects.add(member);
        }
        news.add(member);
        return Change.STATE;
    }

    private boolean isFull() {
        return order.size() + gone.size() >= MAX_NODES;
    }

    private Change update(KnownNode member, Rumour rumour, Instant now) {
        Rumour known = member.rumour();
        Rumour believed = rumour.over(known);
        if (believed == known) {
            return Change.NONE;
        }
        boolean moves = !believed.address().equals(known.address());
        if (moves) {
            addresses.remove(member);
        }
        member.become(believed);
        if (moves) {
            addresses.put(member);
        }
        if (believed.state() == known.state() && believed.incarnation() == known.incarnation()) {
            return Change.GROWN;
        }
        news.add(member);
        if (believed.state() == known.state() && !(known.isGone())) {
            // A new incarnation is given as long to contradict as any other.
            member.remainsSince(now);
            return believed.height().isBeyond(known.height()) ? Change.GROWN : Change.NONE;
        }
        move(member, known, now);
        return believed.state() == known.state() ? Change.NONE : Change.STATE;
    }

    private void move(KnownNode member, Rumour before, Instant now) {
        member.remainsSince(now);
        if (before.isGone() && !member.isGone()) {
            gone.remove(member);
            addresses.put(member);
            enter(member);
        } else if (!before.isGone() && member.isGone()) {
            leave(member);
            gone.add(member);
        }
        if (member.rumour().state() == Rumour.State.SUSPECT) {
            suspects.add(member);
        } else {
            suspects.remove(member);
        }
    }

    /** A newcomer is called at a random moment of the round, as SWIM has it. */
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

    /** Forgets nodes that have been gone for long. */
    void forget(Instant deadline, Predicate<PeerId> kept) {
        List<KnownNode> forgotten = gone.stream()
                .filter(member -> !member.since().isAfter(deadline) && !kept.test(member.id()))
                .toList();
        for (KnownNode member : forgotten) {
            gone.remove(member);
            members.remove(member);
            addresses.remove(member);
        }
    }

    // Choosing.

    /** The nodes to call next: each in its turn, in an order that chance decides anew for every round (section 4.3). */
    Set<KnownNode> next(int count) {
        Set<KnownNode> chosen = new LinkedHashSet<>();
        for (int left = Math.min(count, order.size()); left > 0; left--) {
            if (called >= order.size()) {
                called = 0;
                shuffle();
            }
            chosen.add(order.get(called++));
        }
        return chosen;
    }

    private void shuffle() {
        for (int i = order.size() - 1; i > 0; i--) {
            Collections.swap(order, i, random.nextInt(i + 1));
        }
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

    /** News, and of the others some in turn. */
    void tell(int max, List<Rumour> digest) {
        news.tell(max - digest.size(), TELLING * log2(), digest);
        for (int left = Math.min(IN_TURN, order.size()); left > 0 && digest.size() < max; left--) {
            toldInTurn = (toldInTurn + 1) % order.size();
            KnownNode member = order.get(toldInTurn);
            if (!member.isNews()) {
                digest.add(member.rumour());
            }
        }
    }

    /** All that are not gone, a page at a time. If somebody goes meanwhile another is left out, and told of in turn. */
    void tellPage(int from, int max, List<Rumour> digest) {
        for (int at = from; at - from < max && at < order.size(); at++) {
            digest.add(order.get(at).rumour());
        }
    }

    /** Whether a node that knows so few others should be told all; of one that is here for long some may just be news. */
    boolean isToBeToldAll(PeerId id, int known, Instant youngSince) {
        KnownNode member = members.find(id);
        boolean young = member == null || member.since().isAfter(youngSince);
        return known + (young ? 0 : IN_TURN) < order.size();
    }

    /** How long the nodes have to contradict a suspicion: long enough for it to reach them, and them to answer. */
    Duration suspicion(Duration period) {
        return period.multipliedBy((long) TELLING * log2());
    }
}
