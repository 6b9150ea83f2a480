package org.naivechain.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Chain;
import org.naivechain.chain.MemoryBlockStore;
import org.naivechain.protocol.AddKey;
import org.naivechain.protocol.Addition;
import org.naivechain.protocol.Ballot;
import org.naivechain.protocol.Batch;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Vote;

class AcceptorTest {
    private static final Ballot FIRST = new Ballot(1, new PeerId("b"));
    private static final Ballot SAME_ROUND = new Ballot(1, new PeerId("c"));
    private static final Ballot SECOND = new Ballot(2, new PeerId("a"));

    private final Chain chain = Chain.over(new MemoryBlockStore());
    private final MemoryBallotBox box = new MemoryBallotBox();
    private final Acceptor acceptor = new Acceptor(chain, box);

    @Test
    void promisesHigherAndHigherBallots() {
        assertThat(acceptor.promise(FIRST)).isEqualTo(new Reply.Promised(1, Optional.empty()));
        assertThat(acceptor.promise(SAME_ROUND)).isEqualTo(new Reply.Promised(1, Optional.empty()));
        assertThat(acceptor.promise(SECOND)).isEqualTo(new Reply.Promised(1, Optional.empty()));

        assertThat(box.promised()).isEqualTo(SECOND);
    }

    @Test
    void promisesNoBallotBelowAPromisedOneAndSaysWhich() {
        acceptor.promise(SAME_ROUND);

        assertThat(acceptor.promise(FIRST)).isEqualTo(new Reply.Outbid(SAME_ROUND));

        assertThat(box.promised()).isEqualTo(SAME_ROUND);
    }

    @Test
    void promisesTheSameBallotAgainWithWhatItHasVotedForSince() {
        acceptor.promise(FIRST);
        Batch batch = next("a");
        acceptor.vote(new Command.Propose(FIRST, batch));

        assertThat(acceptor.promise(FIRST)).isEqualTo(new Reply.Promised(1, Optional.of(new Vote(FIRST, batch))));
    }

    @Test
    void votesUnderThePromisedBallotAndAbove() {
        acceptor.promise(FIRST);

        assertThat(acceptor.vote(new Command.Propose(FIRST, next("a")))).isEqualTo(Reply.ACK);
        assertThat(acceptor.vote(new Command.Propose(SECOND, next("b")))).isEqualTo(Reply.ACK);

        assertThat(box.vote()).contains(new Vote(SECOND, next("b")));
        assertThat(acceptor.promise(SAME_ROUND)).isEqualTo(new Reply.Outbid(SECOND));
    }

    @Test
    void doesNotVoteBelowWhatItHasPromised() {
        acceptor.promise(SECOND);

        assertThat(acceptor.vote(new Command.Propose(FIRST, next("a")))).isEqualTo(new Reply.Outbid(SECOND));

        assertThat(box.vote()).isEmpty();
    }

    @Test
    void doesNotVoteForWhatLiesBeyondTheNextBlock() {
        acceptor.vote(new Command.Propose(FIRST, next("a")));
        Batch beyond = new Batch(2, next("a").blocks().get(0).hash(), additions("b"));

        assertThat(acceptor.vote(new Command.Propose(FIRST, beyond)))
                .isEqualTo(new Reply.Refusal("the next block here is 1, not 2"));

        assertThat(box.vote()).contains(new Vote(FIRST, next("a")));
    }

    @Test
    void doesNotVoteForWhatFollowsAnotherBlock() {
        Batch onAnother = new Batch(1, next("a").blocks().get(0).hash(), additions("b"));

        assertThat(acceptor.vote(new Command.Propose(FIRST, onAnother)))
                .isEqualTo(new Reply.Refusal("block 0 is " + Block.GENESIS.hash() + " here, not "
                        + next("a").blocks().get(0).hash()));

        assertThat(box.vote()).isEmpty();
    }

    @Test
    void agreesToWhatIsInItsChainAlreadyWithoutGivingUpItsVote() {
        Batch decided = next("a", "b");
        chain.adopt(decided.blocks());
        Batch open = next("c");
        acceptor.vote(new Command.Propose(FIRST, open));

        assertThat(acceptor.vote(new Command.Propose(FIRST, decided))).isEqualTo(Reply.ACK);

        assertThat(box.vote()).contains(new Vote(FIRST, open));
    }

    @Test
    void refusesAnotherBlockInPlaceOfOneInItsChain() {
        Batch rival = next("rival", "more");
        chain.append(chain.next(BlockData.of("a")));

        assertThat(acceptor.vote(new Command.Propose(FIRST, rival)))
                .isEqualTo(new Reply.Refusal("block 1 is " + chain.head().hash() + " here, not "
                        + rival.blocks().get(0).hash()));

        assertThat(box.vote()).isEmpty();
    }

    /** A page of blocks may end in the middle of a batch: the vote is still needed for the rest. */
    @Test
    void aVoteStaysOpenUntilTheWholeBatchIsInTheChain() {
        Batch batch = next("a", "b");
        acceptor.vote(new Command.Propose(FIRST, batch));

        chain.append(batch.blocks().get(0));
        assertThat(acceptor.promise(FIRST)).isEqualTo(new Reply.Promised(2, Optional.of(new Vote(FIRST, batch))));
        assertThat(acceptor.vote(new Command.Propose(FIRST, batch))).isEqualTo(Reply.ACK);

        chain.append(batch.blocks().get(1));
        assertThat(acceptor.promise(FIRST)).isEqualTo(new Reply.Promised(3, Optional.empty()));
        assertThat(acceptor.openVote()).isEmpty();
    }

    @Test
    void knowsTheBlocksOfADecisionOnlyByTheBallotThePlaceAndTheHash() {
        Batch batch = next("a", "b");
        List<Block> blocks = batch.blocks();
        acceptor.vote(new Command.Propose(FIRST, batch));

        assertThat(acceptor.votedFor(FIRST, 3, blocks.get(1).hash())).contains(batch);
        assertThat(acceptor.votedFor(FIRST, 2, blocks.get(0).hash())).contains(batch);
        assertThat(acceptor.votedFor(SECOND, 3, blocks.get(1).hash())).isEmpty();
        assertThat(acceptor.votedFor(FIRST, 3, blocks.get(0).hash())).isEmpty();
        assertThat(acceptor.votedFor(FIRST, 4, blocks.get(1).hash())).isEmpty();
        assertThat(acceptor.votedFor(FIRST, 1, Block.GENESIS.hash())).isEmpty();
    }

    @Test
    void remembersItsPromiseAndItsVoteWhenItStartsAnew() {
        acceptor.promise(FIRST);
        acceptor.vote(new Command.Propose(SECOND, next("a")));

        Acceptor again = new Acceptor(chain, box);

        assertThat(again.promise(SAME_ROUND)).isEqualTo(new Reply.Outbid(SECOND));
        assertThat(again.promise(SECOND)).isEqualTo(new Reply.Promised(1, Optional.of(new Vote(SECOND, next("a")))));
    }

    private Batch next(String... texts) {
        return new Batch(chain.length(), chain.head().hash(), additions(texts));
    }

    private static List<Addition> additions(String... texts) {
        return List.of(texts).stream()
                .map(text -> new Addition(AddKey.ofClient(text), BlockData.of(text)))
                .toList();
    }
}
