package org.naivechain.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Chain;
import org.naivechain.chain.MemoryBlockStore;
import org.naivechain.protocol.AddKey;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.Addition;
import org.naivechain.protocol.Ballot;
import org.naivechain.protocol.Batch;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.Durability;
import org.naivechain.protocol.Ledger;
import org.naivechain.protocol.MemoryMemberships;
import org.naivechain.protocol.MemoryReceipts;
import org.naivechain.protocol.Network;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerStore;
import org.naivechain.protocol.PeerTable;
import org.naivechain.protocol.Position;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Surroundings;
import org.naivechain.protocol.Vote;
import org.naivechain.simulation.Trace;
import org.naivechain.simulation.VirtualTime;

/** One of three members, and what it says to what the other two say. */
class MajorityVoteTest {
    private static final AddKey ONE = AddKey.ofClient("one");
    private static final AddKey TWO = AddKey.ofClient("two");
    private static final Peer P1 = peer("p1", 16001);
    private static final Peer P2 = peer("p2", 16002);
    /** Longer than a member waits for a proposer. */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private record Asked(PeerAddress to, Command command, Consumer<Outcome> then) {}

    private final Queue<Asked> asked = new ArrayDeque<>();
    private final Network network = (to, command, then) -> asked.add(new Asked(to, command, then));
    private final VirtualTime time = new VirtualTime();
    private final Trace trace = new Trace(time, true);
    private final Ledger ledger =
            new Ledger(Chain.over(new MemoryBlockStore()), new MemoryReceipts(), new MemoryMemberships());
    private final Chain chain = ledger.chain();
    private final PeerTable peers = new PeerTable(peer("self", 15001), PeerStore.inMemory());
    private final MemoryBallotBox box = new MemoryBallotBox();
    private final Queue<Runnable> whenCaughtUp = new ArrayDeque<>();
    private final List<AddOutcome> outcomes = new ArrayList<>();
    private final MajorityVote engine = engine();

    private MajorityVote engine() {
        peers.register(P1);
        peers.register(P2);
        Surroundings surroundings =
                new Surroundings(ledger, peers, network, time, new Random(1), Durability.NONE, trace.logger("self"));
        return new MajorityVote(surroundings, whenCaughtUp::add, box, 2);
    }

    @Test
    void appendsWhatItVotedForWhenTheProposerCallsItDecided() {
        Batch batch = next(wish(ONE, "a"), wish(TWO, "b"));
        assertThat(engine.vote(new Command.Propose(ballot(1, P1), batch))).isEqualTo(Reply.ACK);

        assertThat(engine.learn(decided(ballot(1, P1), batch))).isEqualTo(Reply.ACK);

        assertThat(chain.head()).isEqualTo(batch.blocks().get(1));
        assertThat(ledger.receipts().between(0, 9)).isEqualTo(Map.of(1L, ONE, 2L, TWO));
        assertThat(whenCaughtUp).isEmpty();
    }

    /**
     * Two users add the same text. The block of the one, voted for under a lower ballot, has the hash of the block of the
     * other, which was decided: a hash says nothing about whose wish the block was.
     */
    @Test
    void takesTheSameTextOfAnotherUserForAnotherBlockThoughTheHashIsTheSame() {
        engine.add(BlockData.of("a"), Optional.of(ONE), outcomes::add);
        Batch mine = next(wish(ONE, "a"));
        Batch decided = next(wish(TWO, "a"));
        engine.vote(new Command.Propose(ballot(1, P1), mine));

        Reply reply = engine.learn(decided(ballot(2, P2), decided));

        assertThat(outcomes).isEmpty();
        assertThat(reply).hasToString("this node has 1 blocks and fetches the rest");
        assertThat(whenCaughtUp).hasSize(1);
        ledger.adopt(decided.blocks(), Map.of(1L, TWO));
        assertThat(outcomes).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(asked).hasSize(1).allSatisfy(each -> {
            assertThat(each.to()).isEqualTo(P2.address());
            assertThat(each.command()).isEqualTo(new Command.Submit(List.of(wish(ONE, "a"))));
        });
    }

    /** As when blocks came from elsewhere. Nothing is amiss that only comes late. */
    @Test
    void aDecisionOnOtherBlocksThanThoseHereIsRefusedAndLoggedOnce() {
        Batch decided = next(wish(ONE, "a"));
        ledger.adopt(next(wish(TWO, "b")).blocks(), Map.of());
        String ours = chain.head().hash().toString();

        for (int i = 0; i < 3; i++) {
            assertThat(engine.learn(decided(ballot(1, P1), decided)))
                    .hasToString("block 1 is " + ours + " here, not "
                            + decided.blocks().get(0).hash());
        }

        assertThat(trace.lines())
                .filteredOn(line -> line.contains("[ERROR]"))
                .singleElement()
                .asString()
                .contains("block 1 is " + ours + " here", "for the proposer p1", "with an empty --data-dir");
        assertThat(engine.learn(new Command.Decide(ballot(1, P1), new Position(1, 1), Block.GENESIS.hash())))
                .isEqualTo(Reply.ACK);
    }

    /** The vote that is inherited begins with a block that equals the decided one, but is another user's. */
    @Test
    void proposesNoWishAgainThatIsABlockAlready() {
        engine.vote(new Command.Propose(ballot(1, P1), next(wish(ONE, "a"), wish(TWO, "a"))));
        Batch decided = next(wish(TWO, "a"));
        ledger.adopt(decided.blocks(), Map.of(1L, TWO));

        becomeProposer(new Reply.Promised(new Position(2, 1), Optional.empty()));

        assertThat(asked).isNotEmpty().noneMatch(each -> each.command() instanceof Command.Propose);
    }

    @Test
    void proposesFirstWhatMayHaveBeenDecided() {
        Batch batch = next(wish(ONE, "a"), wish(TWO, "b"));

        becomeProposer(new Reply.Promised(new Position(1, 1), Optional.of(new Vote(ballot(1, P2), batch))));

        assertThat(proposals()).isNotEmpty().allMatch(each -> each.batch().equals(batch));
    }

    /** The chain may grow by other ways than by this proposer's rounds: those who voted in its round must not take that for it. */
    @Test
    void doesNotCallItsBatchDecidedWhenTheSameTextOfAnotherUserIs() {
        becomeProposer(new Reply.Promised(new Position(1, 1), Optional.empty()));
        asked.clear();
        engine.add(BlockData.of("a"), Optional.of(ONE), outcomes::add);
        time.advance(Duration.ofMillis(1));
        assertThat(proposals()).hasSize(2);
        Batch rival = next(wish(TWO, "a"));
        Command.Decide wrong = decided(box.promised(), rival);
        ledger.adopt(rival.blocks(), Map.of(1L, TWO));
        asked.clear();

        time.advance(Tenure.HEARTBEAT);

        assertThat(asked).isNotEmpty().noneMatch(each -> each.command().equals(wrong));
    }

    @Test
    void aProposerThatGoesOnSaysTherebyThatTheBatchBeforeIsDecided() {
        Batch first = next(wish(ONE, "a"));
        engine.vote(new Command.Propose(ballot(1, P1), first));
        Batch second = new Batch(new Position(2, 1), first.blocks().get(0).hash(), List.of(wish(TWO, "b")));

        assertThat(engine.vote(new Command.Propose(ballot(1, P1), second))).isEqualTo(Reply.ACK);

        assertThat(chain.length()).isEqualTo(2);
        assertThat(box.vote()).contains(new Vote(ballot(1, P1), second));
    }

    @Test
    void anotherProposerThatGoesOnSaysNothingAboutAVoteUnderALowerBallot() {
        Batch first = next(wish(ONE, "a"));
        engine.vote(new Command.Propose(ballot(1, P1), first));
        Batch second = new Batch(new Position(2, 1), first.blocks().get(0).hash(), List.of(wish(TWO, "b")));

        assertThat(engine.vote(new Command.Propose(ballot(2, P2), second)))
                .isEqualTo(
                        new Reply.Refusal("the next decision here is 1 under membership 1, not 2 under membership 1"));

        assertThat(chain.length()).isEqualTo(1);
        assertThat(whenCaughtUp).hasSize(1);
        assertThat(box.vote()).contains(new Vote(ballot(1, P1), first));
    }

    @Test
    void aProposerWithoutAQuorumIsNoneAfterTwoSeconds() {
        becomeProposer(new Reply.Promised(new Position(1, 1), Optional.empty()));
        var prepare = new Command.Prepare(box.promised().next(P2.id()), new Position(1, 1));
        Reply busy = new Reply.Refusal("there is a proposer: self");

        time.advance(Duration.ofMillis(1_999));
        assertThat(engine.promise(prepare)).isEqualTo(busy);
        time.advance(Duration.ofMillis(1));

        assertThat(engine.promise(prepare)).isEqualTo(new Reply.Promised(new Position(1, 1), Optional.empty()));
    }

    @Test
    void whoHearsOfAProposerPromisesNothingToOthersForASecond() {
        engine.learn(new Command.Decide(
                ballot(1, P1), new Position(1, 1), chain.head().hash()));
        var prepare = new Command.Prepare(ballot(2, P2), new Position(1, 1));

        time.advance(Duration.ofMillis(999));
        assertThat(engine.promise(prepare)).isEqualTo(new Reply.Refusal("there is a proposer: p1"));
        assertThat(engine.promise(new Command.Prepare(ballot(2, P1), new Position(1, 1))))
                .isEqualTo(new Reply.Promised(new Position(1, 1), Optional.empty()));
        time.advance(Duration.ofMillis(1));

        assertThat(engine.promise(prepare)).isEqualTo(new Reply.Promised(new Position(1, 1), Optional.empty()));
    }

    /** A ballot that was asked for before a crash may be asked for again: nothing was proposed under it. */
    @Test
    void makesItsOwnPromiseOnlyWhenItHasThoseOfAQuorum() {
        time.advance(Duration.ofMillis(200));
        assertThat(asked)
                .hasSize(2)
                .allMatch(each -> each.command().equals(new Command.Prepare(self(1), new Position(1, 1))));
        assertThat(box.promised()).isEqualTo(Ballot.NONE);

        asked.remove().then().accept(new Reply.Promised(new Position(1, 1), Optional.empty()));

        assertThat(box.promised()).isEqualTo(self(1));
    }

    @Test
    void doesNotProposeBeforeItHasAllBlocksOfThoseThatPromised() {
        Batch missed = next(wish(ONE, "a"));
        time.advance(Duration.ofMillis(200));
        asked.remove().then().accept(new Reply.Promised(new Position(2, 1), Optional.empty()));
        asked.clear();
        assertThat(whenCaughtUp).hasSize(1);

        ledger.adopt(missed.blocks(), Map.of(1L, ONE));
        whenCaughtUp.remove().run();

        assertThat(asked).hasSize(2).allMatch(each -> each.command().equals(decided(self(1), missed)));
    }

    @Test
    void aStoppedMemberSaysNothingMore() {
        becomeProposer(new Reply.Promised(new Position(1, 1), Optional.empty()));
        engine.add(BlockData.of("a"), Optional.of(ONE), outcomes::add);
        asked.clear();

        engine.stop("shutting down");
        time.advance(Duration.ofMinutes(1));

        assertThat(asked).isEmpty();
        assertThat(outcomes)
                .containsExactly(new AddOutcome.NotAdded("shutting down; the data was not added, try again"));
        assertThat(engine.vote(new Command.Propose(ballot(9, P1), next(wish(TWO, "b")))))
                .isEqualTo(new Reply.Refusal("shutting down"));
        assertThat(box.vote()).isEmpty();
    }

    /** Whose votes are missing is asked again more and more seldom; but at once when it shows that it is there. */
    @Test
    void aMemberThatIsThereAgainIsAskedForItsVoteAtOnce() {
        becomeProposer(new Reply.Promised(new Position(1, 1), Optional.empty()));
        engine.add(BlockData.of("a"), Optional.of(ONE), outcomes::add);
        time.advance(Tenure.HEARTBEAT.multipliedBy(5));
        asked.clear();
        time.advance(Tenure.HEARTBEAT);
        assertThat(proposals()).isEmpty();
        Asked heartbeat = asked.remove();
        assertThat(heartbeat.command()).isInstanceOf(Command.Decide.class);
        asked.clear();

        heartbeat.then().accept(Reply.ACK);

        assertThat(asked).hasSize(1).allMatch(each -> each.to().equals(heartbeat.to()));
        assertThat(proposals()).hasSize(1);
        asked.remove().then().accept(Reply.ACK);
        assertThat(outcomes).containsExactly(new AddOutcome.Added(chain.head()));
    }

    @Test
    void nodesOfTheOriginalAreNeitherAskedNorCounted() {
        for (int i = 0; i < 5; i++) {
            peers.register(
                    new Peer(new PeerId("original" + i), new PeerAddress("127.0.0.1", 17_001 + i), Peer.Kind.ORIGINAL));
        }

        time.advance(Duration.ofMillis(200));
        assertThat(asked).extracting(Asked::to).containsExactly(P1.address(), P2.address());
        asked.remove().then().accept(new Reply.Promised(new Position(1, 1), Optional.empty()));

        assertThat(box.promised()).isEqualTo(self(1));
    }

    /** A newcomer cannot know where the network's rounds are; that it asked for votes itself tells it nothing. */
    @Test
    void aLeapOfRoundsIsBelievedOnlyAsLongAsNothingIsKnownOfTheOthers() {
        long far = 5_000_000;
        long further = far + 1_000_001;
        time.advance(SILENCE);

        assertThat(engine.learn(decision(ballot(far, P1)))).isEqualTo(Reply.ACK);
        assertThat(engine.learn(decision(ballot(further, P1))))
                .hasToString("the round " + further + " is too far beyond " + far + ", the highest that was heard of");
        assertThat(engine.learn(decision(ballot(further - 1, P1)))).isEqualTo(Reply.ACK);
    }

    @Test
    void whoHasBeenElectedBelievesInNoLeap() {
        becomeProposer(new Reply.Promised(new Position(1, 1), Optional.empty()));

        assertThat(engine.learn(decision(ballot(5_000_000, P1))).toString()).contains("too far beyond");
    }

    @Test
    void whoHasPromisedSomethingToAnotherBelievesInNoLeapWhenItStartsAgain() {
        box.promise(ballot(3, P2));

        assertThat(engine().learn(decision(ballot(5_000_000, P1))).toString()).contains("too far beyond 3");
    }

    private static Command.Decide decision(Ballot ballot) {
        return new Command.Decide(ballot, new Position(1, 1), Block.GENESIS.hash());
    }

    private static Ballot self(long round) {
        return new Ballot(round, new PeerId("self"));
    }

    private void becomeProposer(Reply promise) {
        time.advance(SILENCE);
        Asked prepare = asked.stream()
                .filter(each -> each.command() instanceof Command.Prepare)
                .reduce((earlier, later) -> later)
                .orElseThrow();
        asked.clear();
        prepare.then().accept(promise);
    }

    private List<Command.Propose> proposals() {
        return asked.stream()
                .map(Asked::command)
                .filter(Command.Propose.class::isInstance)
                .map(Command.Propose.class::cast)
                .toList();
    }

    private Batch next(Addition... additions) {
        return new Batch(new Position(chain.length(), 1), chain.head().hash(), List.of(additions));
    }

    private static Command.Decide decided(Ballot ballot, Batch batch) {
        List<Block> blocks = batch.blocks();
        return new Command.Decide(
                ballot, batch.end(), blocks.get(blocks.size() - 1).hash());
    }

    private static Addition wish(AddKey key, String text) {
        return new Addition(key, BlockData.of(text));
    }

    private static Ballot ballot(long round, Peer proposer) {
        return new Ballot(round, proposer.id());
    }

    private static Peer peer(String id, int port) {
        return new Peer(new PeerId(id), new PeerAddress("127.0.0.1", port));
    }
}
