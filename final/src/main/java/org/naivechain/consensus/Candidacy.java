package org.naivechain.consensus;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.Hash;
import org.naivechain.chain.Chain;
import org.naivechain.protocol.Ballot;
import org.naivechain.protocol.Batch;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Surroundings;
import org.naivechain.protocol.Vote;

/**
 * Phase 1 of Paxos: a member asks all others to promise that they will vote under no lower ballot. With the promises of a
 * quorum it knows everything that may have been decided. It makes its own promise last, so that a member that reaches no
 * quorum does not outbid a proposer that does. For the node's thread only.
 */
final class Candidacy {
    private final Map<Peer, Reply.Promised> promises = new HashMap<>();
    private final Surroundings surroundings;
    private final Acceptor acceptor;
    private final Ballot ballot;
    private final int needed;
    private final Events events;
    private boolean over;

    /** Who wants to know how it goes. */
    interface Events {
        /** So many promises that with this node's own they are a quorum; told once. */
        void promised(Candidacy candidacy);

        /** Somebody has promised a higher ballot. */
        void outbid(Ballot higher);
    }

    Candidacy(Surroundings surroundings, Acceptor acceptor, Ballot ballot, int quorum, Events events) {
        this.surroundings = surroundings;
        this.acceptor = acceptor;
        this.ballot = ballot;
        this.needed = quorum - 1;
        this.events = events;
    }

    Ballot ballot() {
        return ballot;
    }

    void open() {
        var prepare = new Command.Prepare(ballot, surroundings.chain().length());
        for (Peer peer : surroundings.peers().ours()) {
            surroundings.network().send(peer.address(), prepare, outcome -> answered(peer, outcome));
        }
        conclude();
    }

    private void answered(Peer peer, Outcome outcome) {
        if (outcome instanceof Reply.Promised promised) {
            promises.put(peer, promised);
            conclude();
        } else if (outcome instanceof Reply.Outbid outbid) {
            events.outbid(outbid.promised());
        }
    }

    private void conclude() {
        if (!over && promises.size() >= needed) {
            over = true;
            events.promised(this);
        }
    }

    /** How long the longest chain of those is that promised: this node must have as much before it proposes. */
    long length() {
        return promises.values().stream()
                .mapToLong(Reply.Promised::length)
                .max()
                .orElse(0);
    }

    /**
     * What must be proposed first, because it may have been decided: the vote under the highest ballot, and of several
     * batches under that the last, as a proposer goes on to the next batch only when the one before is decided.
     */
    Optional<Batch> inherited() {
        Stream<Vote> others =
                promises.values().stream().map(Reply.Promised::vote).flatMap(Optional::stream);
        return Stream.concat(others, acceptor.openVote().stream())
                .max(Comparator.comparing(Vote::ballot)
                        .thenComparing(vote -> vote.batch().end()))
                .flatMap(vote -> beyond(surroundings.chain(), vote.batch()))
                .filter(this::isNew);
    }

    /**
     * Whether none of it is in the chain already. Otherwise it follows another chain, whose blocks carry the same texts for
     * other users, and cannot have been decided.
     */
    private boolean isNew(Batch batch) {
        return batch.additions().stream()
                .allMatch(addition ->
                        surroundings.ledger().receipts().find(addition.key()).isEmpty());
    }

    /** The part of a batch that follows the chain; nothing if it ends before, or follows another chain. */
    private static Optional<Batch> beyond(Chain chain, Batch batch) {
        long length = chain.length();
        if (batch.from() > length || batch.end() <= length) {
            return Optional.empty();
        }
        int decided = (int) (length - batch.from());
        Hash head = chain.head().hash();
        List<Block> blocks = batch.blocks();
        Hash previous =
                decided == 0 ? batch.previousHash() : blocks.get(decided - 1).hash();
        if (!previous.equals(head)) {
            return Optional.empty();
        }
        return Optional.of(new Batch(
                length,
                head,
                batch.additions().subList(decided, batch.additions().size())));
    }
}
