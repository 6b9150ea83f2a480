package org.naivechain.consensus.naive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Hash;
import org.naivechain.ledger.Contexts;
import org.naivechain.ledger.ForwardingBlocks;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.ledger.MemoryKeptBlocks;
import org.naivechain.ledger.MemoryMemberships;
import org.naivechain.ledger.MemoryReceipts;
import org.naivechain.ledger.Tip;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Network;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerStore;
import org.naivechain.protocol.PeerTable;
import org.naivechain.protocol.Reply;
import org.naivechain.simulation.VirtualTime;
import org.naivechain.sync.SyncReply;

class NaiveVoteTest {
    private static final Reply NO = new Reply.Refusal("no");
    private static final Outcome SILENCE = new Outcome.Silence("Connection refused");

    private record Asked(PeerAddress to, Command command, Consumer<Outcome> then) {}

    private final Queue<Asked> asked = new ArrayDeque<>();
    private final Network network = (to, command, then) -> asked.add(new Asked(to, command, then));
    private final KeptChain chain = KeptChain.over(new MemoryKeptBlocks());
    private final PeerTable peers = new PeerTable(peer("self", 15001), PeerStore.inMemory());
    private final List<AddOutcome> outcomes = new ArrayList<>();
    private final Queue<Runnable> whenCaughtUp = new ArrayDeque<>();
    private int timesBehind;

    private final NaiveVote engine = engine(2);
    private final Block next = chain.next(BlockData.of("next"));

    private NaiveVote engine(int minMembers) {
        LedgerContext context = Contexts.of(
                new Ledger(chain, new MemoryReceipts(), new MemoryMemberships()), peers, network, new VirtualTime());
        return new NaiveVote(context, this::fetcher, minMembers);
    }

    private void fetcher(Runnable then) {
        timesBehind++;
        whenCaughtUp.add(then);
    }

    @Test
    void aLoneNodeRefusesDataAndSaysWhy() {
        engine.add(BlockData.of("x"), Optional.empty(), outcomes::add);

        assertThat(outcomes)
                .containsExactly(
                        new AddOutcome.NotAdded("at least 2 nodes are needed to add data, and this node knows of 1,"
                                + " itself included: start another with --peer 127.0.0.1:15001"));
        assertThat(asked).isEmpty();
    }

    @Test
    void aNodeThatHasLostTheEndOfItsChainDoesNotVote() {
        KeptChain cut = KeptChain.over(new ForwardingBlocks(new MemoryKeptBlocks()) {
            @Override
            public Optional<Tip> tip() {
                return Optional.of(new Tip(9, next.hash()));
            }
        });
        NaiveVote behind = new NaiveVote(
                Contexts.of(
                        new Ledger(cut, new MemoryReceipts(), new MemoryMemberships()),
                        peers,
                        network,
                        new VirtualTime()),
                this::fetcher,
                2);

        assertThat(behind.vote(next))
                .hasToString("this node has lost the end of its chain, from block 1 on, and is fetching it");
        assertThat(engine.vote(next)).isEqualTo(Reply.ACK);
    }

    @Test
    void itsMembersAreThoseThatAreKnownAndItHasNoCommandsOfItsOwn() {
        assertThat(engine.amendments()).isEmpty();
        assertThat(engine.handlers()).isEmpty();
        assertThat(engine.name()).isEqualTo("naive");
    }

    @Test
    void aKeyIsRefusedAsItCouldNotBeKept() {
        NaiveVote lone = engine(1);

        lone.add(BlockData.of("x"), Optional.of(IdempotencyKey.ofClient("key")), outcomes::add);
        lone.stop("shutting down");
        lone.add(BlockData.of("x"), Optional.empty(), outcomes::add);

        assertThat(outcomes).hasSize(2).allMatch(outcome -> outcome instanceof AddOutcome.NotAdded);
        assertThat(outcomes.get(1)).asString().contains("shutting down");
        assertThat(chain.length()).isEqualTo(1);
    }

    @Test
    void aLoneNodeMayBeEnoughAndTakesManyAddsAtOnce() {
        NaiveVote lone = engine(1);

        for (int i = 0; i < 5_000; i++) {
            lone.add(BlockData.of("x" + i), Optional.empty(), outcomes::add);
        }

        assertThat(outcomes).hasSize(5_000).allMatch(outcome -> outcome instanceof AddOutcome.Added);
        assertThat(chain.length()).isEqualTo(5_001);
    }

    @Test
    void anAddThatFollowsFromAnotherDoesNotNestInIt() {
        addAnother(engine(1), 20_000);

        assertThat(outcomes).hasSize(20_000).allMatch(outcome -> outcome instanceof AddOutcome.Added);
    }

    private void addAnother(NaiveVote lone, int left) {
        if (left > 0) {
            lone.add(BlockData.of("x" + left), Optional.empty(), outcome -> {
                outcomes.add(outcome);
                addAnother(lone, left - 1);
            });
        }
    }

    @Test
    void aMajorityOfAllMembersCommitsTheBlockEverywhere() {
        members(2);
        engine.add(BlockData.of("x"), Optional.empty(), outcomes::add);
        Block block = chain.next(BlockData.of("x"));

        assertThat(answer(SILENCE)).isEqualTo(new PeerCommand.ValidateBlock(block));
        assertThat(chain.length()).isEqualTo(1);
        assertThat(answer(Reply.ACK)).isEqualTo(new PeerCommand.ValidateBlock(block));
        assertThat(chain.head()).isEqualTo(block);
        assertThat(outcomes).isEmpty();

        // Only who voted for the block is told to append it.
        assertThat(answer(Reply.ACK)).isEqualTo(new PeerCommand.AddBlock("x", Optional.of(block)));
        assertThat(outcomes).containsExactly(new AddOutcome.Added(block));
        assertThat(answer(Reply.ACK)).isEqualTo(new PeerCommand.ConfirmBlock(block));
        assertThat(asked).isEmpty();
    }

    @Test
    void halfOfTheMembersIsNoMajority() {
        members(3);
        engine.add(BlockData.of("x"), Optional.empty(), outcomes::add);

        answer(Reply.ACK);
        answer(NO);
        assertThat(outcomes).isEmpty();
        answer(SILENCE);
        assertThat(outcomes).isEmpty();
        whenCaughtUp.remove().run();

        assertThat(outcomes)
                .containsExactly(
                        new AddOutcome.NotAdded("the vote failed, 2 of 4 members agreed and 3 are needed (p1 at"
                                + " 127.0.0.1:16001: no; p2 at 127.0.0.1:16002: Connection refused); the data was not added,"
                                + " try again"));
        assertThat(chain.length()).isEqualTo(1);
    }

    @Test
    void namesTheFirstFiveWhoDisagreeAndCountsTheRest() {
        members(11);
        engine.add(BlockData.of("x"), Optional.empty(), outcomes::add);
        for (int i = 0; i < 6; i++) {
            answer(SILENCE);
        }

        assertThat(outcomes)
                .containsExactly(
                        new AddOutcome.NotAdded("the vote failed, 1 of 12 members agreed and 7 are needed (p0 at"
                                + " 127.0.0.1:16000: Connection refused; p1 at 127.0.0.1:16001: Connection refused; p2 at 127.0.0.1:16002: Connection refused; p3 at"
                                + " 127.0.0.1:16003: Connection refused; p4 at 127.0.0.1:16004: Connection refused; and 1 more); the data was not added,"
                                + " try again"));
    }

    @Test
    void onlyAnAcknowledgementIsAVote() {
        members(2);
        engine.add(BlockData.of("x"), Optional.empty(), outcomes::add);

        answer(new Reply.Pong(new PeerId("p0")));
        answer(new SyncReply.Blocks(new PeerId("p1"), List.of(), 1));

        assertThat(outcomes).hasSize(1).allMatch(outcome -> outcome instanceof AddOutcome.NotAdded);
    }

    @Test
    void aCommitThatNoMajorityConfirmsIsUnknown() {
        members(2);
        engine.add(BlockData.of("x"), Optional.empty(), outcomes::add);
        answer(Reply.ACK);
        answer(Reply.ACK);

        answer(SILENCE);
        answer(NO);

        assertThat(outcomes)
                .hasSize(1)
                .allSatisfy(outcome -> assertThat(((AddOutcome.Unknown) outcome).reason())
                        .startsWith("the commit failed, 1 of 3 members agreed and 2 are needed")
                        .endsWith("the data is in this node's chain, whether it stays is unknown"));
    }

    @Test
    void aMemberThatVotesLateIsToldToAppendThen() {
        members(2);
        engine.add(BlockData.of("x"), Optional.empty(), outcomes::add);
        Asked late = asked.remove();
        answer(Reply.ACK);
        answer(Reply.ACK);
        answer(Reply.ACK);
        assertThat(outcomes).hasSize(1);
        assertThat(asked).isEmpty();

        late.then().accept(Reply.ACK);

        assertThat(asked).hasSize(1).allSatisfy(each -> {
            assertThat(each.to()).isEqualTo(late.to());
            assertThat(each.command()).isInstanceOf(PeerCommand.AddBlock.class);
        });
    }

    @Test
    void aMemberThatRefusesIsNeverToldToAppend() {
        members(2);
        engine.add(BlockData.of("x"), Optional.empty(), outcomes::add);
        answer(NO);
        answer(Reply.ACK);

        assertThat(asked).hasSize(1);
        assertThat(asked.remove().to()).isEqualTo(new PeerAddress("127.0.0.1", 16001));
    }

    @Test
    void dataIsProposedOnceMoreWhenTheMembersHadABlockThatThisNodeMissed() {
        members(2);
        engine.add(BlockData.of("mine"), Optional.empty(), outcomes::add);
        answer(NO);
        answer(NO);
        assertThat(outcomes).isEmpty();
        chain.append(next);

        whenCaughtUp.remove().run();

        assertThat(answer(Reply.ACK)).isEqualTo(new PeerCommand.ValidateBlock(chain.head()));
        assertThat(chain.head()).isEqualTo(next.next(BlockData.of("mine")));
        answer(NO);
        answer(Reply.ACK);
        assertThat(outcomes).containsExactly(new AddOutcome.Added(chain.head()));
    }

    @Test
    void dataIsProposedAgainOnceAndNoMore() {
        members(2);
        engine.add(BlockData.of("mine"), Optional.empty(), outcomes::add);
        answer(NO);
        answer(NO);
        chain.append(next);
        whenCaughtUp.remove().run();
        answer(NO);
        answer(NO);

        assertThat(outcomes).hasSize(1).allMatch(outcome -> outcome instanceof AddOutcome.NotAdded);
        assertThat(whenCaughtUp).isEmpty();
    }

    @Test
    void aBlockThatCameFirstMakesTheProposalFail() {
        members(2);
        engine.add(BlockData.of("mine"), Optional.empty(), outcomes::add);
        engine.vote(next);
        engine.commit(new PeerCommand.AddBlock("next", Optional.of(next)));

        answer(Reply.ACK);

        assertThat(chain.head()).isEqualTo(next);
        assertThat(outcomes)
                .hasSize(1)
                .allSatisfy(outcome -> assertThat(((AddOutcome.NotAdded) outcome).reason())
                        .startsWith("another block was added meanwhile"));
    }

    @Test
    void addsBeyondTheLimitAreRefused() {
        members(2);
        for (int i = 0; i < 1_002; i++) {
            engine.add(BlockData.of("x" + i), Optional.empty(), outcomes::add);
        }

        assertThat(outcomes)
                .containsExactly(new AddOutcome.NotAdded("1000 adds are waiting at this node, try again later"));
    }

    @Test
    void stoppingEndsEveryAdd() {
        members(2);
        engine.add(BlockData.of("under way"), Optional.empty(), outcomes::add);
        engine.add(BlockData.of("waiting"), Optional.empty(), outcomes::add);

        engine.stop("shutting down");

        assertThat(outcomes)
                .hasSize(2)
                .allSatisfy(outcome ->
                        assertThat(((AddOutcome.NotAdded) outcome).reason()).startsWith("shutting down"));
        answer(Reply.ACK);
        answer(Reply.ACK);
        assertThat(asked).isEmpty();
        assertThat(chain.length()).isEqualTo(1);
    }

    @Test
    void stoppingBetweenTheRoundsLeavesTheOutcomeUnknown() {
        members(2);
        engine.add(BlockData.of("x"), Optional.empty(), outcomes::add);
        answer(Reply.ACK);

        engine.stop("shutting down");

        assertThat(outcomes).hasSize(1).allMatch(outcome -> outcome instanceof AddOutcome.Unknown);
    }

    @Test
    void votesOnlyForABlockThatCouldComeNext() {
        Block skipping = new Block(2, next.previousHash(), next.data(), next.hash());
        Block unlinked = new Block(1, Hash.ORIGIN, next.data(), Hash.of(Hash.ORIGIN, next.data()));

        assertThat(engine.vote(next)).isEqualTo(Reply.ACK);
        assertThat(engine.vote(skipping)).hasToString("block 1: index must follow 0: index=2");
        assertThat(engine.vote(unlinked)).isInstanceOf(Reply.Refusal.class);
        assertThat(engine.vote(next.tampered(BlockData.of("other")))).isInstanceOf(Reply.Refusal.class);
        assertThat(engine.vote(Block.GENESIS)).isInstanceOf(Reply.Refusal.class);
        assertThat(chain.length()).isEqualTo(1);
    }

    @Test
    void aBlockFromBeyondTheNextIndexShowsThatThisNodeIsBehind() {
        engine.vote(next);
        engine.vote(next.tampered(BlockData.of("other")));
        assertThat(timesBehind).isZero();

        engine.vote(next.next(BlockData.of("after")));

        assertThat(timesBehind).isEqualTo(1);
    }

    @Test
    void appendsABlockThatItVotedForOnce() {
        PeerCommand.AddBlock commit = new PeerCommand.AddBlock("next", Optional.of(next));
        engine.vote(next);

        assertThat(engine.commit(commit)).isEqualTo(Reply.ACK);
        assertThat(engine.commit(commit)).isEqualTo(Reply.ACK);
        assertThat(engine.confirm(next)).isEqualTo(Reply.ACK);
        assertThat(chain.length()).isEqualTo(2);
        assertThat(timesBehind).isZero();
    }

    @Test
    void aCommitOfTheOriginalNamesOnlyTheDataAndMeansTheBlockThatWasVotedFor() {
        PeerCommand.AddBlock commit = new PeerCommand.AddBlock("next", Optional.empty());
        engine.vote(chain.next(BlockData.of("rival")));
        engine.vote(next);

        assertThat(engine.commit(commit)).isEqualTo(Reply.ACK);
        // The original sends everything twice to a peer that it knows by two ids.
        assertThat(engine.commit(commit)).isEqualTo(Reply.ACK);

        assertThat(chain.head()).isEqualTo(next);
        assertThat(chain.length()).isEqualTo(2);
    }

    @Test
    void fetchesWhatItDidNotVoteForInsteadOfTakingAStrangersWord() {
        assertThat(engine.commit(new PeerCommand.AddBlock("next", Optional.of(next))))
                .hasToString("this node did not vote for block 1 " + next.hash());
        assertThat(engine.commit(new PeerCommand.AddBlock("next", Optional.empty())))
                .hasToString("this node voted for no block with the data \"next\"");
        assertThat(engine.confirm(next)).isInstanceOf(Reply.Refusal.class);

        assertThat(chain.length()).isEqualTo(1);
        assertThat(timesBehind).isEqualTo(3);
    }

    @Test
    void oldVotesCountNoMore() {
        engine.vote(chain.next(BlockData.of("rival")));
        engine.vote(next);
        engine.commit(new PeerCommand.AddBlock("next", Optional.of(next)));

        assertThat(engine.commit(new PeerCommand.AddBlock("rival", Optional.empty())))
                .isInstanceOf(Reply.Refusal.class);
        assertThat(chain.length()).isEqualTo(2);
    }

    @Test
    void aCommitOfTheOriginalMeansNoBlockOfThePast() {
        engine.vote(chain.next(BlockData.of("rival")));
        engine.vote(next);
        engine.commit(new PeerCommand.AddBlock("next", Optional.of(next)));
        Block again = chain.next(BlockData.of("rival"));
        engine.vote(again);

        assertThat(engine.commit(new PeerCommand.AddBlock("rival", Optional.empty())))
                .isEqualTo(Reply.ACK);
        assertThat(chain.head()).isEqualTo(again);
    }

    @Test
    void refusesABlockThatDiffersFromItsOwn() {
        Block rival = chain.next(BlockData.of("rival"));
        engine.vote(next);
        engine.commit(new PeerCommand.AddBlock("next", Optional.of(next)));

        assertThat(engine.confirm(rival)).hasToString("block 1 is " + next.hash() + " here, not " + rival.hash());
    }

    @Test
    void rememberedVotesAreBounded() {
        for (int i = 0; i < 100; i++) {
            assertThat(engine.vote(chain.next(BlockData.of("rival " + i)))).isEqualTo(Reply.ACK);
        }
        assertThat(engine.vote(next)).isEqualTo(Reply.ACK);

        // The oldest had to go; the youngest counts.
        assertThat(engine.commit(new PeerCommand.AddBlock("rival 0", Optional.empty())))
                .isInstanceOf(Reply.Refusal.class);
        assertThat(engine.commit(new PeerCommand.AddBlock("next", Optional.empty())))
                .isEqualTo(Reply.ACK);
    }

    private void members(int others) {
        for (int i = 0; i < others; i++) {
            peers.register(peer("p" + i, 16000 + i));
        }
    }

    private Command answer(Outcome outcome) {
        Asked question = asked.remove();
        question.then().accept(outcome);
        return question.command();
    }

    private static Peer peer(String id, int port) {
        return new Peer(new PeerId(id), new PeerAddress("127.0.0.1", port));
    }
}
