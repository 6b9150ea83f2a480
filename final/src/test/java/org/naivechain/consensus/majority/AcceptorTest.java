package org.naivechain.consensus.majority;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.BlockData;
import org.naivechain.ledger.Addition;
import org.naivechain.ledger.Batch;
import org.naivechain.ledger.Change;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.Membership;
import org.naivechain.ledger.MemoryKeptBlocks;
import org.naivechain.ledger.MemoryMemberships;
import org.naivechain.ledger.MemoryReceipts;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;

class AcceptorTest {
    private static final Ballot FIRST = new Ballot(1, new PeerId("b"));
    private static final Ballot SAME_ROUND = new Ballot(1, new PeerId("c"));
    private static final Ballot SECOND = new Ballot(2, new PeerId("a"));

    private static final Peer ONE = new Peer(new PeerId("one"), new PeerAddress("127.0.0.1", 15001));
    private static final Peer TWO = new Peer(new PeerId("two"), new PeerAddress("127.0.0.1", 15003));

    private final KeptChain chain = KeptChain.over(new MemoryKeptBlocks());
    private final Ledger ledger = new Ledger(chain, new MemoryReceipts(), new MemoryMemberships());
    private final MemoryBallotBox box = new MemoryBallotBox();
    private final Acceptor acceptor = new Acceptor(ledger, box);

    AcceptorTest() {
        ledger.agreeOnMembers(List.of(ONE));
    }

    private Reply refusal(Batch batch) {
        return new Reply.Refusal("the next decision here is " + ledger.position() + ", after "
                + chain.head().hash() + "; not " + batch.start() + ", after " + batch.previousHash());
    }

    @Test
    void promisesHigherAndHigherBallots() {
        assertThat(acceptor.promise(FIRST)).isEqualTo(new BallotReply.Promised(new Position(1, 1), Optional.empty()));
        assertThat(acceptor.promise(SAME_ROUND))
                .isEqualTo(new BallotReply.Promised(new Position(1, 1), Optional.empty()));
        assertThat(acceptor.promise(SECOND)).isEqualTo(new BallotReply.Promised(new Position(1, 1), Optional.empty()));

        assertThat(box.promised()).isEqualTo(SECOND);
    }

    @Test
    void promisesNoBallotBelowAPromisedOneAndSaysWhich() {
        acceptor.promise(SAME_ROUND);

        assertThat(acceptor.promise(FIRST)).isEqualTo(new BallotReply.Outbid(SAME_ROUND));

        assertThat(box.promised()).isEqualTo(SAME_ROUND);
    }

    @Test
    void promisesTheSameBallotAgainWithWhatItHasVotedForSince() {
        acceptor.promise(FIRST);
        Batch batch = next("a");
        acceptor.vote(new BallotCommand.Propose(FIRST, batch));

        assertThat(acceptor.promise(FIRST))
                .isEqualTo(new BallotReply.Promised(new Position(1, 1), Optional.of(new Vote(FIRST, batch))));
    }

    @Test
    void votesUnderThePromisedBallotAndAbove() {
        acceptor.promise(FIRST);

        assertThat(acceptor.vote(new BallotCommand.Propose(FIRST, next("a")))).isEqualTo(Reply.ACK);
        assertThat(acceptor.vote(new BallotCommand.Propose(SECOND, next("b")))).isEqualTo(Reply.ACK);

        assertThat(box.vote()).contains(new Vote(SECOND, next("b")));
        assertThat(acceptor.promise(SAME_ROUND)).isEqualTo(new BallotReply.Outbid(SECOND));
    }

    @Test
    void doesNotVoteBelowWhatItHasPromised() {
        acceptor.promise(SECOND);

        assertThat(acceptor.vote(new BallotCommand.Propose(FIRST, next("a"))))
                .isEqualTo(new BallotReply.Outbid(SECOND));

        assertThat(box.vote()).isEmpty();
    }

    @Test
    void doesNotVoteForWhatLiesBeyondTheNextBlock() {
        acceptor.vote(new BallotCommand.Propose(FIRST, next("a")));
        Batch beyond = new Batch(new Position(2, 1), next("a").blocks().get(0).hash(), additions("b"));

        assertThat(acceptor.vote(new BallotCommand.Propose(FIRST, beyond))).isEqualTo(refusal(beyond));

        assertThat(box.vote()).contains(new Vote(FIRST, next("a")));
    }

    @Test
    void doesNotVoteForWhatFollowsAnotherBlock() {
        Batch onAnother =
                new Batch(new Position(1, 1), next("a").blocks().get(0).hash(), additions("b"));

        assertThat(acceptor.vote(new BallotCommand.Propose(FIRST, onAnother))).isEqualTo(refusal(onAnother));

        assertThat(box.vote()).isEmpty();
    }

    @Test
    void agreesToWhatIsInItsChainAlreadyWithoutGivingUpItsVote() {
        Batch decided = next("a", "b");
        chain.adopt(decided.blocks());
        Batch open = next("c");
        acceptor.vote(new BallotCommand.Propose(FIRST, open));

        assertThat(acceptor.vote(new BallotCommand.Propose(FIRST, decided))).isEqualTo(Reply.ACK);

        assertThat(box.vote()).contains(new Vote(FIRST, open));
    }

    @Test
    void refusesAnotherBlockInPlaceOfOneInItsChain() {
        Batch rival = next("rival", "more");
        chain.append(chain.next(BlockData.of("a")));

        assertThat(acceptor.vote(new BallotCommand.Propose(FIRST, rival))).isEqualTo(refusal(rival));

        assertThat(box.vote()).isEmpty();
    }

    /** Also when it was decided: it tells the candidate that a vote under a lower ballot was not. */
    @Test
    void tellsItsLastVoteWithEveryPromise() {
        Batch batch = next("a", "b");
        acceptor.vote(new BallotCommand.Propose(FIRST, batch));

        chain.append(batch.blocks().get(0));
        assertThat(acceptor.promise(FIRST))
                .isEqualTo(new BallotReply.Promised(new Position(2, 1), Optional.of(new Vote(FIRST, batch))));
        assertThat(acceptor.vote(new BallotCommand.Propose(FIRST, batch))).isEqualTo(Reply.ACK);

        chain.append(batch.blocks().get(1));
        assertThat(acceptor.promise(FIRST))
                .isEqualTo(new BallotReply.Promised(new Position(3, 1), Optional.of(new Vote(FIRST, batch))));
        assertThat(acceptor.votedFor(FIRST, new Position(3, 1))).isEmpty();
    }

    @Test
    void knowsWhatWasDecidedByTheBallotAndThePlace() {
        Batch batch = next("a", "b");
        acceptor.vote(new BallotCommand.Propose(FIRST, batch));

        assertThat(acceptor.votedFor(FIRST, new Position(3, 1))).contains(batch);
        assertThat(acceptor.votedFor(SECOND, new Position(3, 1))).isEmpty();
        assertThat(acceptor.votedFor(FIRST, new Position(2, 1))).isEmpty();
        assertThat(acceptor.votedFor(FIRST, new Position(3, 2))).isEmpty();
    }

    @Test
    void remembersItsPromiseAndItsVoteWhenItStartsAnew() {
        acceptor.promise(FIRST);
        acceptor.vote(new BallotCommand.Propose(SECOND, next("a")));

        Acceptor again = new Acceptor(ledger, box);

        assertThat(again.promise(SAME_ROUND)).isEqualTo(new BallotReply.Outbid(SECOND));
        assertThat(again.promise(SECOND))
                .isEqualTo(new BallotReply.Promised(new Position(1, 1), Optional.of(new Vote(SECOND, next("a")))));
    }

    /** Who the members are is voted on as blocks are. */
    @Test
    void votesOnTheNextMembersAndKeepsTheVote() {
        Batch change = change(TWO);
        assertThat(acceptor.vote(new BallotCommand.Propose(FIRST, change))).isEqualTo(Reply.ACK);
        assertThat(acceptor.votedFor(FIRST, new Position(1, 2))).contains(change);
        assertThat(acceptor.votedFor(FIRST, new Position(1, 1))).isEmpty();

        ledger.append(change);
        assertThat(acceptor.votedFor(FIRST, new Position(1, 2))).isEmpty();
        assertThat(acceptor.vote(new BallotCommand.Propose(FIRST, change))).isEqualTo(Reply.ACK);
        assertThat(acceptor.promise(FIRST))
                .isEqualTo(new BallotReply.Promised(new Position(1, 2), Optional.of(new Vote(FIRST, change))));
    }

    /** What the members of old vote on after the change cannot be decided any more. */
    @Test
    void doesNotVoteOnWhatFollowsAnOlderMembership() {
        Batch late = next("a");
        Batch otherChange = new Batch(
                chain.head().hash(), new Membership(2, 1, List.of(ONE, new Peer(new PeerId("x"), TWO.address()))));
        ledger.append(change(TWO));

        assertThat(acceptor.vote(new BallotCommand.Propose(FIRST, late))).isEqualTo(refusal(late));
        assertThat(acceptor.vote(new BallotCommand.Propose(FIRST, otherChange))).isEqualTo(refusal(otherChange));
        assertThat(box.vote()).isEmpty();
    }

    @Test
    void agreesToBlocksThatWereDecidedBeforeTheMembersChanged() {
        Batch batch = next("a");
        ledger.append(batch);
        ledger.append(change(TWO));

        assertThat(acceptor.vote(new BallotCommand.Propose(FIRST, batch))).isEqualTo(Reply.ACK);
        assertThat(box.vote()).isEmpty();
    }

    @Test
    void doesNotVoteOnWhatFollowsAChangeThatItHasNotHeardOf() {
        Batch beyond = new Batch(new Position(1, 2), chain.head().hash(), additions("a"));
        assertThat(acceptor.vote(new BallotCommand.Propose(FIRST, beyond))).isEqualTo(refusal(beyond));
    }

    private Batch change(Peer joiner) {
        return new Batch(
                chain.head().hash(),
                ledger.membership().after(Change.add(joiner), chain.length()).orElseThrow());
    }

    private Batch next(String... texts) {
        return new Batch(new Position(chain.length(), 1), chain.head().hash(), additions(texts));
    }

    private static List<Addition> additions(String... texts) {
        return List.of(texts).stream()
                .map(text -> new Addition(IdempotencyKey.ofClient(text), BlockData.of(text)))
                .toList();
    }
}
