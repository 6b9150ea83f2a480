package org.naivechain.consensus.majority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.naivechain.protocol.PeerId;

class BallotTest {
    private static final PeerId A = new PeerId("a");
    private static final PeerId B = new PeerId("b");

    @Test
    void aHigherRoundOutbidsWhoeverProposes() {
        assertThat(new Ballot(2, A).outbids(new Ballot(1, B))).isTrue();
        assertThat(new Ballot(1, B).outbids(new Ballot(2, A))).isFalse();
    }

    @Test
    void ofTwoInOneRoundExactlyOneOutbidsTheOther() {
        assertThat(new Ballot(1, B).outbids(new Ballot(1, A))).isTrue();
        assertThat(new Ballot(1, A).outbids(new Ballot(1, B))).isFalse();
    }

    @Test
    void aBallotDoesNotOutbidItself() {
        assertThat(new Ballot(1, A).outbids(new Ballot(1, A))).isFalse();
        assertThat(new Ballot(1, A)).isEqualByComparingTo(new Ballot(1, A));
    }

    @Test
    void theNextOneOutbidsWhoeverUsesIt() {
        assertThat(new Ballot(7, B).next(A))
                .isEqualTo(new Ballot(8, A))
                .matches(next -> next.outbids(new Ballot(7, B)));
        assertThat(Ballot.NONE.next(A).outbids(Ballot.NONE)).isTrue();
    }

    @Test
    void saysRoundAndProposer() {
        assertThat(new Ballot(3, A)).hasToString("3 of a");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE / 2 + 1, Long.MAX_VALUE})
    void refusesARoundThatLeavesNoHigherOnes(long round) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ballot(round, A))
                .withMessage("a round must be 0 to 4611686018427387903: round=" + round);
    }
}
