package org.naivechain.consensus.majority;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.ledger.Addition;
import org.naivechain.ledger.Batch;
import org.naivechain.ledger.Membership;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;

/** What every ballot box must do; each implementation's test extends this. */
public abstract class BallotBoxContract {
    protected static final Ballot FIRST = new Ballot(1, new PeerId("a"));
    protected static final Ballot SECOND = new Ballot(Long.MAX_VALUE / 2, new PeerId("b"));

    /** A new box. */
    protected abstract BallotBox empty();

    /** A vote for one block. */
    protected static Vote vote(Ballot ballot, String text) {
        Addition addition = new Addition(IdempotencyKey.ofClient(text), BlockData.of(text + " \u00e9 \" ' \\ \u0000"));
        return new Vote(ballot, new Batch(new Position(1, 1), Block.GENESIS.hash(), List.of(addition)));
    }

    @Test
    void hasPromisedAndVotedForNothingAtFirst() {
        BallotBox box = empty();

        assertThat(box.promised()).isEqualTo(Ballot.NONE);
        assertThat(box.vote()).isEmpty();
    }

    @Test
    void keepsTheLastPromise() {
        BallotBox box = empty();

        box.promise(FIRST);
        box.promise(SECOND);

        assertThat(box.promised()).isEqualTo(SECOND);
        assertThat(box.vote()).isEmpty();
    }

    @Test
    void aVotePromisesItsBallot() {
        BallotBox box = empty();
        box.promise(FIRST);

        box.vote(vote(SECOND, "x"));

        assertThat(box.promised()).isEqualTo(SECOND);
        assertThat(box.vote()).contains(vote(SECOND, "x"));
    }

    @Test
    void keepsAVoteOnTheNextMembers() {
        BallotBox box = empty();
        Peer member = new Peer(new PeerId("a"), new PeerAddress("::1", 15001));
        Vote change = new Vote(SECOND, new Batch(Block.GENESIS.hash(), new Membership(5, 3, List.of(member))));
        box.vote(vote(FIRST, "x"));

        box.vote(change);

        assertThat(box.vote()).contains(change);
    }

    @Test
    void aPromiseLeavesTheVoteThatWasCast() {
        BallotBox box = empty();
        box.vote(vote(FIRST, "x"));

        box.promise(SECOND);

        assertThat(box.promised()).isEqualTo(SECOND);
        assertThat(box.vote()).contains(vote(FIRST, "x"));
    }

    @Test
    void keepsTheLastOfTwoVotesUnderOneBallot() {
        BallotBox box = empty();
        box.promise(FIRST);

        box.vote(vote(FIRST, "x"));
        box.vote(vote(FIRST, "y"));

        assertThat(box.promised()).isEqualTo(FIRST);
        assertThat(box.vote()).contains(vote(FIRST, "y"));
    }

    @Test
    void keepsHowFarEachOtherMemberWas() {
        BallotBox box = empty();
        assertThat(box.seen(new PeerId("a"))).isEqualTo(Position.START);

        box.see(new PeerId("a"), new Position(3, 1));
        box.see(new PeerId("b"), new Position(Long.MAX_VALUE, 7));
        box.see(new PeerId("a"), new Position(4, 2));

        assertThat(box.seen(new PeerId("a"))).isEqualTo(new Position(4, 2));
        assertThat(box.seen(new PeerId("b"))).isEqualTo(new Position(Long.MAX_VALUE, 7));
    }
}
