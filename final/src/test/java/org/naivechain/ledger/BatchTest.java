package org.naivechain.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Verdict;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;

class BatchTest {
    private static final Peer MEMBER = new Peer(new PeerId("a"), new PeerAddress("127.0.0.1", 1));
    private static final Addition ONE = addition("one");
    private static final Addition TWO = addition("two");

    @Test
    void itsBlocksFollowWhatTheBatchFollowsAndEachOther() {
        Batch batch = new Batch(new Position(1, 1), Block.GENESIS.hash(), List.of(ONE, TWO));
        KeptChain chain = KeptChain.over(new MemoryKeptBlocks());

        assertThat(chain.adopt(batch.blocks())).isEqualTo(Verdict.SOUND);
        Block one = Block.GENESIS.next(BlockData.of("one"));
        assertThat(batch.blocks()).containsExactly(one, one.next(BlockData.of("two")));
        assertThat(batch.end()).isEqualTo(new Position(3, 1));
        assertThat(chain.verify()).isEqualTo(Verdict.SOUND);
    }

    @ParameterizedTest
    @ValueSource(longs = {0})
    void refusesToReplaceTheGenesisBlock(long from) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Batch(new Position(from, 1), Block.GENESIS.hash(), List.of(ONE)))
                .withMessage("a batch follows the genesis block, and has additions or names the next members: start="
                        + from + " under membership 1, additions=1, next=Optional.empty");
    }

    @Test
    void refusesToBeEmpty() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Batch(new Position(1, 1), Block.GENESIS.hash(), List.of()))
                .withMessage("a batch follows the genesis block, and has additions or names the next members:"
                        + " start=1 under membership 1, additions=0, next=Optional.empty");
    }

    @Test
    void twoBatchesAreTheSameIfTheyStandAtThePlaceFollowTheSameBlockAndCarryTheSame() {
        Batch batch = new Batch(new Position(1, 1), Block.GENESIS.hash(), List.of(ONE));

        assertThat(batch)
                .isEqualTo(new Batch(new Position(1, 1), Block.GENESIS.hash(), List.of(ONE)))
                .hasSameHashCodeAs(new Batch(new Position(1, 1), Block.GENESIS.hash(), List.of(ONE)))
                .isNotEqualTo(new Batch(new Position(2, 1), Block.GENESIS.hash(), List.of(ONE)))
                .isNotEqualTo(
                        new Batch(new Position(1, 1), batch.blocks().get(0).hash(), List.of(ONE)))
                .isNotEqualTo(new Batch(new Position(1, 1), Block.GENESIS.hash(), List.of(TWO)))
                .isNotEqualTo(new Batch(
                        new Position(1, 1),
                        Block.GENESIS.hash(),
                        List.of(new Addition(IdempotencyKey.ofClient("other"), ONE.data()))));
    }

    @Test
    void staysAsItWasWhateverBecomesOfTheList() {
        List<Addition> additions = new ArrayList<>(List.of(ONE));
        Batch batch = new Batch(new Position(1, 1), Block.GENESIS.hash(), additions);

        additions.add(TWO);

        assertThat(batch.additions()).containsExactly(ONE);
    }

    private static Addition addition(String text) {
        return new Addition(IdempotencyKey.ofClient(text), BlockData.of(text));
    }

    @Test
    void theRestOfABatchIsWhatIsNotDecidedYet() {
        Batch batch = new Batch(new Position(1, 4), Block.GENESIS.hash(), List.of(ONE, TWO));

        assertThat(batch.beyond(new Position(1, 4))).contains(batch);
        assertThat(batch.beyond(new Position(2, 4)))
                .contains(new Batch(new Position(2, 4), batch.blocks().get(0).hash(), List.of(TWO)));
        assertThat(batch.beyond(new Position(3, 4))).isEmpty();
        assertThat(batch.beyond(new Position(0, 4))).isEmpty();
        assertThat(batch.beyond(new Position(1, 5)))
                .as("other members decide now")
                .isEmpty();
        assertThat(batch.upTo(2)).isEqualTo(new Batch(new Position(1, 4), Block.GENESIS.hash(), List.of(ONE)));
    }

    @Test
    void anotherMembershipIsDecidedWithoutBlocks() {
        Membership next = new Membership(2, 1, List.of(MEMBER));
        Batch batch = new Batch(Block.GENESIS.hash(), next);

        assertThat(batch.start()).isEqualTo(new Position(1, 1));
        assertThat(batch.end()).isEqualTo(new Position(1, 2));
        assertThat(batch.beyond(new Position(1, 1))).contains(batch);
        assertThat(batch.beyond(new Position(2, 1)))
                .as("it was not decided here")
                .isEmpty();
        assertThat(batch).isNotEqualTo(new Batch(Block.GENESIS.hash(), new Membership(3, 1, List.of(MEMBER))));
    }
}
