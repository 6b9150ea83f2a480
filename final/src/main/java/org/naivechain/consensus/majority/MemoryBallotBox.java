package org.naivechain.consensus.majority;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.PeerId;

/** Promises and votes that are forgotten when the program ends. For one thread at a time. */
public class MemoryBallotBox implements BallotBox {
    private final Map<PeerId, Position> seen = new HashMap<>();
    private Ballot promised = Ballot.NONE;
    private Optional<Vote> vote = Optional.empty();

    /** A member that has promised nothing and voted for nothing. */
    public MemoryBallotBox() {}

    @Override
    public Ballot promised() {
        return promised;
    }

    @Override
    public Optional<Vote> vote() {
        return vote;
    }

    @Override
    public void promise(Ballot ballot) {
        promised = ballot;
    }

    @Override
    public void vote(Vote cast) {
        vote = Optional.of(cast);
        promised = cast.ballot();
    }

    @Override
    public Position seen(PeerId member) {
        return seen.getOrDefault(member, Position.START);
    }

    @Override
    public void see(PeerId member, Position position) {
        seen.put(member, position);
    }

    /** Has another one take over all that this one holds. */
    public void copyTo(MemoryBallotBox other) {
        other.promised = promised;
        other.vote = vote;
        other.seen.putAll(seen);
    }
}
