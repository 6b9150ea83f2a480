package org.naivechain.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.naivechain.blocks.Hash;
import org.naivechain.consensus.majority.Ballot;
import org.naivechain.consensus.majority.BallotCommand;
import org.naivechain.consensus.majority.Vote;
import org.naivechain.ledger.Batch;
import org.naivechain.ledger.Membership;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerTable;

/**
 * Everything that nodes durably promised and voted for. No node knows it; the proof of Paxos speaks of it (Lamport, <i>Paxos
 * Made Simple</i>, section 2.2): each vote is compared with what the proof requires, so that a mistake shows when it is made,
 * and not only when a chain forks by it. For one thread.
 */
final class VoteHistory {
    private final Map<Peer, Ballot> promised = new HashMap<>();
    private final Map<Long, Membership> memberships = new HashMap<>();
    /** By the length of the chain where they stand. */
    private final Map<Long, List<Votes>> votes = new HashMap<>();

    private final Map<End, Batch> batches = new HashMap<>();

    private Optional<Violation> broken = Optional.empty();

    /** Under one ballot, one batch ends at a place. */
    private record End(Ballot ballot, Position place) {}

    /** What is voted on at one place: a block, and whose request it is. */
    private record Content(Hash hash, IdempotencyKey key) {}

    /** Those who voted at one place under one ballot. */
    private record Votes(Position place, Ballot ballot, Object content, Set<Peer> voters) {}

    Optional<Violation> broken() {
        return broken;
    }

    /** Who founded the network; all later members are voted for. */
    void founders(Membership first) {
        memberships.putIfAbsent(first.version(), first);
    }

    /** A node's promise is durable. */
    void promised(Peer node, Ballot ballot) {
        promised.merge(node, ballot, (one, other) -> one.outbids(other) ? one : other);
    }

    /** A node's vote is durable. */
    void voted(Peer node, Vote vote) {
        Ballot ballot = vote.ballot();
        if (promised(node).outbids(ballot)) {
            violate(vote, node + " votes under " + ballot + ", and has promised " + promised(node));
        }
        promised(node, ballot);
        Batch batch = vote.batch();
        batches.putIfAbsent(new End(ballot, batch.end()), batch);
        batch.next().ifPresent(next -> {
            voted(node, vote, batch.start(), next);
            if (isDecided(next)) {
                memberships.putIfAbsent(next.version(), next);
            }
        });
        for (int i = 0; i < batch.additions().size(); i++) {
            long index = batch.from() + i;
            Object content =
                    new Content(batch.hashAt(index), batch.additions().get(i).key());
            voted(node, vote, new Position(index, batch.start().version()), content);
        }
    }

    /** A node says what is decided: who voted under that ballot takes its vote for it. */
    void told(Peer node, BallotCommand.Decide decision) {
        Optional.ofNullable(batches.get(new End(decision.ballot(), decision.position())))
                .filter(batch -> !isDecided(batch))
                .ifPresent(batch -> violate(
                        new Vote(decision.ballot(), batch),
                        node + " calls decided what no quorum voted for: " + batch));
    }

    private boolean isDecided(Batch batch) {
        int last = batch.additions().size() - 1;
        return batch.next()
                .map(this::isDecided)
                .orElseGet(() -> isDecided(
                        batch.from() + last,
                        batch.hashAt(batch.from() + last),
                        batch.additions().get(last).key()));
    }

    private void voted(Peer node, Vote vote, Position place, Object content) {
        Ballot ballot = vote.ballot();
        Membership members = memberships.get(place.version());
        if (members == null || !members.contains(node)) {
            violate(vote, node + " votes, and is no member: " + members);
            return;
        }
        Stream<Peer> willing = members.members().stream().filter(member -> !ballot.outbids(promised(member)));
        if (!isQuorum(members, willing) && !isDecidedUnder(ballot, members)) {
            violate(vote, node + " votes under " + ballot + ", which no quorum has promised: " + promised);
        }
        at(place)
                .filter(other -> !other.content.equals(content))
                .filter(other -> other.ballot.equals(ballot) || ballot.outbids(other.ballot) && mayBeDecided(other))
                .forEach(other -> violate(
                        vote,
                        node + " votes under " + ballot + " for other than what may be decided under " + other.ballot
                                + " at " + place));
        at(place)
                .filter(known -> known.ballot.equals(ballot))
                .findFirst()
                .orElseGet(() -> {
                    Votes first = new Votes(place, ballot, content, new HashSet<>());
                    votes.computeIfAbsent(place.length(), unheard -> new ArrayList<>())
                            .add(first);
                    return first;
                })
                .voters
                .add(node);
    }

    private Ballot promised(Peer node) {
        return promised.getOrDefault(node, Ballot.NONE);
    }

    private Stream<Votes> at(Position place) {
        return votes.getOrDefault(place.length(), List.of()).stream().filter(known -> known.place.equals(place));
    }

    /** Whether those who have voted under a ballot, and those who still can, are a quorum. */
    private boolean mayBeDecided(Votes cast) {
        Membership members = memberships.get(cast.place.version());
        return isQuorum(
                members,
                members.members().stream()
                        .filter(member -> cast.voters.contains(member)
                                || !promised(member).outbids(cast.ballot)));
    }

    private static boolean isQuorum(Membership members, Stream<Peer> some) {
        return some.count() >= PeerTable.quorumOf(members.size());
    }

    /** Whether a quorum voted for a block, as the request of that user, under one ballot. */
    boolean isDecided(long index, Hash hash, IdempotencyKey key) {
        return isDecided(index, new Content(hash, key));
    }

    /** Whether a quorum of the members before voted for these. */
    boolean isDecided(Membership next) {
        return isDecided(next.from(), next);
    }

    /** Who has the members changed knows what the new ones could have promised: nothing was decided by them before. */
    private boolean isDecidedUnder(Ballot ballot, Membership members) {
        return cast(members.from(), members).anyMatch(known -> known.ballot.equals(ballot));
    }

    private boolean isDecided(long length, Object content) {
        return cast(length, content).anyMatch(known -> {
            Membership members = memberships.get(known.place.version());
            return isQuorum(members, members.members().stream().filter(known.voters::contains));
        });
    }

    private Stream<Votes> cast(long length, Object content) {
        return votes.getOrDefault(length, List.of()).stream().filter(known -> known.content.equals(content));
    }

    private void violate(Vote vote, String what) {
        if (broken.isEmpty()) {
            broken = Optional.of(Violation.at(vote.batch().from(), what));
        }
    }
}
