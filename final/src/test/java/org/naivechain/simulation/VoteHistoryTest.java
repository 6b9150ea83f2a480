package org.naivechain.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.consensus.majority.Ballot;
import org.naivechain.consensus.majority.Vote;
import org.naivechain.ledger.Addition;
import org.naivechain.ledger.Batch;
import org.naivechain.ledger.Membership;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;

/** What the proof of Paxos requires of every vote, broken once each. */
class VoteHistoryTest {
    private static final Peer A = peer("a", 16_001);
    private static final Peer B = peer("b", 16_003);
    private static final Peer C = peer("c", 16_005);
    private static final Ballot LOW = new Ballot(1, A.id());
    private static final Ballot HIGH = new Ballot(2, B.id());
    private static final Batch ONE = batch("one");
    private static final Batch OTHER = batch("other");

    private final VoteHistory history = new VoteHistory();

    private static Peer peer(String id, int port) {
        return new Peer(new PeerId(id), new PeerAddress("127.0.0.1", port));
    }

    private static Batch batch(String text) {
        Addition addition = new Addition(IdempotencyKey.ofClient(text), BlockData.of(text));
        return new Batch(new Position(1, 1), Block.GENESIS.hash(), List.of(addition));
    }

    @BeforeEach
    void threeFound() {
        history.founders(new Membership(1, 1, List.of(A, B, C)));
        history.promised(A, LOW);
        history.promised(B, LOW);
    }

    private Optional<String> broken() {
        return history.broken().map(Violation::what);
    }

    private boolean isDecided(Batch batch) {
        return history.isDecided(1, batch.hashAt(1), batch.additions().get(0).key());
    }

    @Test
    void twoOfThreeDecide() {
        history.voted(A, new Vote(LOW, ONE));
        assertThat(isDecided(ONE)).isFalse();

        history.voted(C, new Vote(LOW, ONE));

        assertThat(isDecided(ONE)).isTrue();
        assertThat(isDecided(OTHER)).isFalse();
        assertThat(broken()).isEmpty();
    }

    @Test
    void votesUnderTwoBallotsDecideNothing() {
        history.voted(A, new Vote(LOW, ONE));
        history.promised(B, HIGH);
        history.promised(C, HIGH);
        history.voted(C, new Vote(HIGH, ONE));

        assertThat(isDecided(ONE)).isFalse();
        assertThat(broken()).isEmpty();
    }

    @Test
    void anotherBatchMayBeVotedForWhereNoneCanBeDecidedAnyMore() {
        history.voted(A, new Vote(LOW, ONE));
        history.promised(B, HIGH);
        history.promised(C, HIGH);

        history.voted(B, new Vote(HIGH, OTHER));

        assertThat(broken()).isEmpty();
    }

    @Test
    void noOtherBatchMayBeVotedForWhereOneMayBeDecided() {
        history.voted(A, new Vote(LOW, ONE));
        history.voted(C, new Vote(LOW, ONE));
        history.promised(B, HIGH);
        history.promised(C, HIGH);

        history.voted(B, new Vote(HIGH, OTHER));

        assertThat(broken()).hasValueSatisfying(what -> assertThat(what).contains("other than what may be decided"));
    }

    @Test
    void nobodyVotesUnderALowerBallotThanItHasPromised() {
        history.promised(A, HIGH);

        history.voted(A, new Vote(LOW, ONE));

        assertThat(broken()).hasValueSatisfying(what -> assertThat(what).contains("has promised 2 of b"));
    }

    @Test
    void nobodyVotesUnderABallotThatNoQuorumHasPromised() {
        history.promised(C, HIGH);

        history.voted(C, new Vote(HIGH, ONE));

        assertThat(broken()).hasValueSatisfying(what -> assertThat(what).contains("no quorum has promised"));
    }

    @Test
    void underOneBallotOneBatchIsProposed() {
        history.voted(A, new Vote(LOW, ONE));

        history.voted(B, new Vote(LOW, OTHER));

        assertThat(broken()).hasValueSatisfying(what -> assertThat(what).contains("under 1 of a"));
    }

    @Test
    void onlyMembersVote() {
        history.voted(peer("a", 16_007), new Vote(LOW, ONE));

        assertThat(broken()).hasValueSatisfying(what -> assertThat(what).contains("is no member"));
    }

    @Test
    void whatIsDecidedSaysWhoVotesNext() {
        Peer d = peer("d", 16_007);
        Membership next = new Membership(2, 1, List.of(A, B, C, d));
        Batch change = new Batch(Block.GENESIS.hash(), next);
        history.voted(A, new Vote(LOW, change));
        assertThat(history.isDecided(next)).isFalse();
        history.voted(B, new Vote(LOW, change));
        assertThat(history.isDecided(next)).isTrue();

        Addition addition = ONE.additions().get(0);
        history.voted(d, new Vote(LOW, new Batch(new Position(1, 2), Block.GENESIS.hash(), List.of(addition))));

        assertThat(broken()).isEmpty();
    }
}
