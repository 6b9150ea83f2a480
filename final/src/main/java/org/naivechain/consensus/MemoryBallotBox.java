package org.naivechain.consensus;

import java.util.Optional;
import org.naivechain.protocol.Ballot;
import org.naivechain.protocol.Vote;

/** Promises and votes that are forgotten when the program ends. For one thread at a time. */
public class MemoryBallotBox implements BallotBox {
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
}
