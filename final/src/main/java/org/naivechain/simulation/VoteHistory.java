package org.naivechain.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
 * Everything that nodes durably promised and voted for. No node knows all of it, but the proof of Paxos speaks of it (Lamport,
 * <i>Paxos Made Simple</i>, section 2.2). Each vote is compared with what the proof requires, so that a mistake shows when it
 * is made, and not only when it forks a chain. For one thread.
 */
final class VoteHistory {
    private final Map<Peer, Ballot> promised = new HashMap<>();
    private final Map<Long, Membership> memberships = new HashMap<>();
    /** By the length of the chain before the block or membership that they are for. */
    private final Map<Long, List<Votes>> votes = new HashMap<>();

    private final Map<End, Batch> batches = new HashMap<>();
    private Optional<Violation> broken = Optional.empty();

    /** Where a batch ends: only one batch ends there under one ballot. */
    private record End(Ballot ballot, Position place) {}

    /** A block, and the request that it is for. */
    private record Content(Hash hash, IdempotencyKey key) {
        static Content of(Batch batch, int i) {
            return new Content(
                    batch.hashAt(batch.from() + i), batch.additions().get(i).key());
        }
    }

    /** The members that voted under one ballot for a {@link Content} or a {@link Membership} at one place. */
    private record Votes(Position place, Ballot ballot, Object content, Set<Peer> voters) {}

    /** The first vote that breaks a rule. */
    Optional<Violation> broken() {
        return broken;
    }

    /** Takes the members that founded the network; all later members are voted for. */
    void founders(Membership first) {
        memberships.putIfAbsent(first.version(), first);
    }

    /** Notes that a node's promise is durable. */
    void promised(Peer node, Ballot ballot) {
        promised.merge(node, ballot, (one, other) -> one.outbids(other) ? one : other);
    }

    /** Notes that a node's vote is durable, and checks it. */
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
            Position place = new Position(batch.from() + i, batch.start().version());
            voted(node, vote, place, Content.of(batch, i));
        }
    }

    /** Checks what a node calls decided: a member that voted under that ballot takes its vote for decided. */
    void told(Peer node, BallotCommand.Decide decision) {
        Batch batch = batches.get(new End(decision.ballot(), decision.position()));
        if (batch != null && !isDecided(batch)) {
            violate(new Vote(decision.ballot(), batch), node + " calls decided what no quorum voted for: " + batch);
        }
    }

    private boolean isDecided(Batch batch) {
        int last = batch.additions().size() - 1;
        return batch.next()
                .map(this::isDecided)
                .orElseGet(() -> isDecided(batch.from() + last, Content.of(batch, last)));
    }

    private void voted(Peer node, Vote vote, Position place, Object content) {
        Ballot ballot = vote.ballot();
        Membership members = memberships.get(place.version());
        if (members == null || !members.contains(node)) {
            violate(vote, node + " votes, and is no member: " + members);
            return;
        }
        boolean isPromised = isQuorum(members, member -> !ballot.outbids(promised(member)));
        if (!isPromised && !isDecidedUnder(ballot, members)) {
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

    /** Whether the members that have voted under the ballot, and those that still can, are a quorum. */
    private boolean mayBeDecided(Votes cast) {
        return isQuorum(
                memberships.get(cast.place.version()),
                member -> cast.voters.contains(member) || !promised(member).outbids(cast.ballot));
    }

    private static boolean isQuorum(Membership members, Predicate<Peer> some) {
        return members.members().stream().filter(some).count() >= PeerTable.quorumOf(members.size());
    }

    /** Whether a quorum voted under one ballot for a block, and for the request that it is for. */
    boolean isDecided(long index, Hash hash, IdempotencyKey key) {
        return isDecided(index, new Content(hash, key));
    }

    /** Whether a quorum of the members before them voted for these. */
    boolean isDecided(Membership next) {
        return isDecided(next.from(), next);
    }

    /** A proposer goes on under the ballot under which it had the members changed: the new members decided nothing before. */
    private boolean isDecidedUnder(Ballot ballot, Membership members) {
        return cast(members.from(), members).anyMatch(known -> known.ballot.equals(ballot));
    }

    private boolean isDecided(long length, Object content) {
        return cast(length, content)
                .anyMatch(known -> isQuorum(memberships.get(known.place.version()), known.voters::contains));
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
