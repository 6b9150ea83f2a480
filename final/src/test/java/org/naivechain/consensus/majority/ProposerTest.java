package org.naivechain.consensus.majority;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.BlockData;
import org.naivechain.ledger.Batch;
import org.naivechain.ledger.Change;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.Reply;

/** What a proposer is asked for, and how a member asks another one that is the proposer. */
class ProposerTest extends OneOfThree {
    private static final Peer NEW = peer("new", 16003);
    /** Longer than a message is waited for, and shorter than a proposer. */
    private static final Duration SOON = Duration.ofMillis(300);

    private final List<Reply> replies = new ArrayList<>();

    private void elect() {
        becomeProposer(new BallotReply.Promised(new Position(1, 1), Optional.empty()));
    }

    private void hearOf(long round, Peer proposer) {
        ask(decision(ballot(round, proposer)));
    }

    private void add(String text) {
        engine.add(BlockData.of(text), Optional.of(ONE), outcomes::add);
        time.advance(Duration.ofMillis(1));
    }

    /** Takes what was asked since the last time, of one kind. */
    private <C extends Command> List<Asked> taken(Class<C> kind) {
        List<Asked> taken =
                asked.stream().filter(each -> kind.isInstance(each.command())).toList();
        asked.clear();
        return taken;
    }

    @Test
    void whatTheProposerDoesNotTakeIsHandedToItAgain() {
        hearOf(1, P1);
        add("a");
        Asked first = taken(BallotCommand.Submit.class).get(0);
        assertThat(first.to()).isEqualTo(P1.address());

        first.then().accept(new Reply.Refusal("too much is waiting"));
        assertThat(asked).isEmpty();
        time.advance(SOON);

        assertThat(taken(BallotCommand.Submit.class)).extracting(Asked::command).containsExactly(first.command());
        assertThat(outcomes).isEmpty();
    }

    @Test
    void whatIsNotAnsweredForASecondIsHandedOverAgain() {
        hearOf(1, P1);
        add("a");
        taken(BallotCommand.Submit.class);
        time.advance(Duration.ofMillis(900));
        hearOf(1, P1);
        assertThat(taken(BallotCommand.Submit.class)).isEmpty();

        time.advance(SOON);

        assertThat(taken(BallotCommand.Submit.class)).hasSize(1);
    }

    @Test
    void whatTheProposerHasTakenIsNotHandedToItAgain() {
        hearOf(1, P1);
        add("a");
        taken(BallotCommand.Submit.class).get(0).then().accept(Reply.ACK);
        time.advance(Duration.ofMillis(900));
        hearOf(1, P1);

        time.advance(SOON);

        assertThat(taken(BallotCommand.Submit.class)).isEmpty();
    }

    @Test
    void whatIsAddedBeforeTheAnswerGathersForTheNextMessage() {
        hearOf(1, P1);
        add("a");
        Asked first = taken(BallotCommand.Submit.class).get(0);
        engine.add(BlockData.of("b"), Optional.of(TWO), outcomes::add);
        time.advance(Duration.ofMillis(1));
        assertThat(taken(BallotCommand.Submit.class)).isEmpty();

        first.then().accept(Reply.ACK);
        time.advance(Duration.ofMillis(1));

        assertThat(taken(BallotCommand.Submit.class))
                .extracting(Asked::command)
                .containsExactly(new BallotCommand.Submit(List.of(wish(TWO, "b"))));
    }

    @Test
    void aNewProposerIsToldEverythingThatWaits() {
        hearOf(1, P1);
        add("a");
        Asked first = taken(BallotCommand.Submit.class).get(0);

        hearOf(2, P2);
        time.advance(Duration.ofMillis(1));

        assertThat(taken(BallotCommand.Submit.class)).singleElement().satisfies(again -> {
            assertThat(again.to()).isEqualTo(P2.address());
            assertThat(again.command()).isEqualTo(first.command());
        });
    }

    @Test
    void whoIsNotTheProposerTakesNothing() {
        Reply no = new Reply.Refusal("this node is not the proposer");

        assertThat(ask(new BallotCommand.Submit(List.of(wish(ONE, "a"))))).isEqualTo(no);
        ask(new BallotCommand.Amend(Change.add(NEW)), replies::add);

        assertThat(replies).containsExactly(no);
        assertThat(engine.proposer()).isEmpty();
        hearOf(1, P1);
        assertThat(engine.proposer()).contains(P1.id());
    }

    @Test
    void whatIsHandedOverTwiceIsProposedOnce() {
        elect();
        assertThat(engine.proposer()).contains(self(1).proposer());
        asked.clear();
        var submission = new BallotCommand.Submit(List.of(wish(ONE, "a")));
        assertThat(ask(submission)).isEqualTo(Reply.ACK);
        List<Asked> votes = taken(BallotCommand.Propose.class);
        assertThat(votes).hasSize(2);
        assertThat(ask(submission)).isEqualTo(Reply.ACK);

        votes.get(0).then().accept(Reply.ACK);

        assertThat(chain.length()).isEqualTo(2);
        assertThat(taken(BallotCommand.Propose.class)).isEmpty();
    }

    @Test
    void aProposerThatHearsOfAHigherBallotIsNoneAnyMore() {
        elect();

        hearOf(9, P1);

        assertThat(trace.lines())
                .anyMatch(line -> line.contains("This node is not the proposer any more: 9 of p1 is higher"));
        assertThat(engine.proposer()).contains(P1.id());
    }

    @Test
    void aProposerThatIsToldOfAHigherPromiseIsNoneAnyMore() {
        elect();

        taken(BallotCommand.Decide.class).get(0).then().accept(new BallotReply.Outbid(ballot(9, P2)));

        assertThat(trace.lines()).anyMatch(line -> line.contains("a member has promised the ballot 9 of p2"));
        assertThat(engine.proposer()).isEmpty();
    }

    @Test
    void aProposerThatIsBehindFetchesWhatItMisses() {
        elect();

        taken(BallotCommand.Decide.class).get(0).then().accept(new BallotReply.Ahead(new Position(7, 1)));

        assertThat(whenCaughtUp).hasSize(1);
    }

    /** Who has gone meanwhile must not become a member. */
    @Test
    void aMemberIsAdmittedWhenItAnswers() {
        elect();
        engine.amend(Change.add(NEW), replies::add);
        Asked ping = taken(PeerCommand.Ping.class).get(0);
        assertThat(ping.to()).isEqualTo(NEW.address());

        ping.then().accept(new Reply.Pong(P2.id()));
        assertThat(taken(BallotCommand.Propose.class)).isEmpty();
        ping.then().accept(new Reply.Pong(NEW.id()));
        List<Asked> votes = taken(BallotCommand.Propose.class);
        assertThat(votes).hasSize(2);
        assertThat(replies).isEmpty();
        votes.get(1).then().accept(Reply.ACK);

        assertThat(replies).containsExactly(Reply.ACK);
        assertThat(ledger.membership().contains(NEW)).isTrue();
        assertThat(ledger.membership().version()).isEqualTo(2);
    }

    @Test
    void whatIsSoAlreadyIsNotProposed() {
        elect();
        asked.clear();

        engine.amend(Change.add(P1), replies::add);

        assertThat(replies).containsExactly(Reply.ACK);
        assertThat(asked).isEmpty();
    }

    @Test
    void aChangeIsHandedToTheProposerUntilTheLedgerShowsIt() {
        hearOf(1, P1);
        engine.amend(Change.remove(P2), replies::add);
        Asked first = taken(BallotCommand.Amend.class).get(0);
        assertThat(first.to()).isEqualTo(P1.address());
        assertThat(first.command()).isEqualTo(new BallotCommand.Amend(Change.remove(P2)));

        first.then().accept(new Reply.Refusal("not now"));
        time.advance(SOON);
        assertThat(taken(BallotCommand.Amend.class)).hasSize(1);
        assertThat(replies).isEmpty();
        ledger.append(new Batch(
                chain.head().hash(),
                ledger.membership().after(Change.remove(P2), chain.length()).orElseThrow()));

        assertThat(replies).containsExactly(Reply.ACK);
    }

    @Test
    void aChangeThatNobodyProposesIsGivenUpAfterEightSeconds() {
        engine.amend(Change.remove(P2), replies::add);

        time.advance(Duration.ofMillis(7_900));
        assertThat(replies).isEmpty();
        time.advance(SOON);

        assertThat(replies)
                .containsExactly(new Reply.Refusal("no quorum: to remove " + P2 + " was not agreed on within 8 s"
                        + " (no majority of the members could be reached); try again later"));
    }

    @Test
    void whoIsStoppedOrNoMemberChangesAndAddsNothing() {
        engine.stop("shutting down");
        engine.amend(Change.remove(P2), replies::add);

        assertThat(replies).containsExactly(new Reply.Refusal("shutting down"));
        add("a");
        assertThat(outcomes).containsExactly(new AddOutcome.NotAdded("shutting down"));
    }

    @Test
    void aProposerThatIsRemovedIsNoneAnyMore() {
        elect();
        Peer self = peers.self();

        ledger.append(new Batch(
                chain.head().hash(),
                ledger.membership().after(Change.remove(self), chain.length()).orElseThrow()));

        assertThat(trace.lines())
                .anyMatch(line -> line.contains("This node is not a member any more"))
                .anyMatch(line -> line.contains("This node is not the proposer any more: it is no member"));
        engine.amend(Change.remove(P2), replies::add);
        assertThat(replies).containsExactly(new Reply.Refusal("this node is no member itself"));
        add("a");
        assertThat(outcomes).singleElement().asString().contains("this node is not a member of a network");
    }

    @Test
    void whoLeavesAsTheProposerIsToldWhenAQuorumOfTheOthersKnows() {
        elect();
        asked.clear();
        engine.amend(Change.remove(peers.self()), replies::add);
        taken(BallotCommand.Propose.class).get(0).then().accept(Reply.ACK);
        assertThat(ledger.membership().members()).containsExactlyInAnyOrder(P1, P2);
        List<Asked> farewells = taken(BallotCommand.Decide.class);
        assertThat(replies).isEmpty();

        farewells.stream()
                .filter(each -> each.to().equals(P1.address()))
                .forEach(each -> each.then().accept(Reply.ACK));
        assertThat(replies).isEmpty();
        farewells.stream()
                .filter(each -> each.to().equals(P2.address()))
                .forEach(each -> each.then().accept(Reply.ACK));

        assertThat(replies).containsExactly(Reply.ACK);
    }

    @Test
    void theVotesOfTheOlderSystemHaveNoPlaceHere() {
        Reply no = engine.vote(chain.next(BlockData.of("a")));

        assertThat(no).asString().contains("this node votes by ballots");
        assertThat(engine.confirm(chain.head())).isEqualTo(no);
        assertThat(engine.commit(new PeerCommand.AddBlock("a", Optional.empty())))
                .isEqualTo(no);
        assertThat(engine.canFork()).isFalse();
        assertThat(engine.name()).isEqualTo("majority");
        assertThat(ledger.receipts().between(0, 9)).isEqualTo(Map.of());
    }

    private static BallotCommand.Submit wishes(int from, int count, String text) {
        return new BallotCommand.Submit(IntStream.range(from, from + count)
                .mapToObj(i -> wish(IdempotencyKey.ofClient("key-" + i), text))
                .toList());
    }

    private void agree() {
        taken(BallotCommand.Propose.class).get(0).then().accept(Reply.ACK);
    }

    @Test
    void aBatchHasAThousandBlocksAtTheMost() {
        elect();
        ask(wishes(0, 1, "first"));
        ask(wishes(1, 900, "a"));
        ask(wishes(901, 500, "b"));

        agree();
        assertThat(proposals().get(0).batch().additions()).hasSize(1_000);
        agree();
        assertThat(proposals().get(0).batch().additions()).hasSize(400);
        agree();

        assertThat(proposals()).isEmpty();
        assertThat(chain.length()).isEqualTo(1_402);
    }

    @Test
    void aBatchHasHalfAMebibyteAtTheMostOrOneBlock() {
        elect();
        ask(wishes(0, 1, "first"));
        ask(wishes(1, 3, "x".repeat(200_000)));
        ask(wishes(4, 1, "x".repeat(900_000)));

        agree();
        assertThat(proposals().get(0).batch().additions()).hasSize(2);
        agree();
        assertThat(proposals().get(0).batch().additions()).hasSize(1);
        agree();
        assertThat(proposals().get(0).batch().additions()).hasSize(1);
    }

    @Test
    void whatIsTooMuchIsRefusedUntilSomeIsDecided() {
        elect();
        ask(wishes(0, 1, "first"));
        for (int i = 0; i < 50; i++) {
            assertThat(ask(wishes(1 + 1_000 * i, 1_000, "a"))).isEqualTo(Reply.ACK);
        }
        assertThat(ask(wishes(60_000, 1, "b")))
                .isEqualTo(new Reply.Refusal("too much is waiting at the proposer, try again later"));

        agree();

        assertThat(ask(wishes(60_000, 1, "b"))).isEqualTo(Reply.ACK);
    }

    /** What another was given may still become a block. */
    @Test
    void whoHasHandedDataOverCannotKnowWhatBecomesOfIt() {
        hearOf(1, P1);
        add("a");

        time.advance(Duration.ofSeconds(11));

        assertThat(outcomes).singleElement().isInstanceOf(AddOutcome.Unknown.class);
    }

    @Test
    void aProposerWithoutVotesCannotKnowEither() {
        elect();
        add("a");

        time.advance(Duration.ofSeconds(11));

        assertThat(outcomes).singleElement().isInstanceOf(AddOutcome.Unknown.class);
    }

    @Test
    void changesThatWaitAreRefusedWhenTheProposerIsNoneAnyMore() {
        elect();
        ask(new BallotCommand.Amend(Change.remove(P2)), replies::add);
        ask(new BallotCommand.Amend(Change.add(NEW)), replies::add);

        hearOf(9, P1);

        Reply no = new Reply.Refusal("this node is not the proposer");
        assertThat(replies).containsExactly(no, no);
    }

    @Test
    void changesThatWaitAreRefusedWhenTheNodeStops() {
        engine.amend(Change.remove(P2), replies::add);

        engine.stop("shutting down");

        assertThat(replies).containsExactly(new Reply.Refusal("shutting down"));
    }

    @Test
    void whoWasRemovedIsToldSo() {
        elect();
        ask(new BallotCommand.Amend(Change.remove(P2)), replies::add);

        taken(BallotCommand.Propose.class).get(0).then().accept(Reply.ACK);

        assertThat(replies).containsExactly(Reply.ACK);
        assertThat(taken(BallotCommand.Decide.class)).extracting(Asked::to).contains(P2.address());
    }

    @Test
    void aFarewellIsSaidAgainToThoseWhoHaveNotHeardIt() {
        elect();
        engine.amend(Change.remove(peers.self()), replies::add);
        taken(BallotCommand.Propose.class).get(0).then().accept(Reply.ACK);
        asked.clear();

        time.advance(SOON);
        for (Asked farewell : taken(BallotCommand.Decide.class)) {
            farewell.then().accept(new BallotReply.Ahead(new Position(9, 9)));
        }

        assertThat(replies).containsExactly(Reply.ACK);
    }

    @Test
    void aLowerProposerIsToldOfTheHigherPromise() {
        ask(new BallotCommand.Propose(ballot(5, P2), next(wish(ONE, "a"))));

        assertThat(ask(decision(ballot(1, P1)))).isEqualTo(new BallotReply.Outbid(ballot(5, P2)));
        assertThat(engine.proposer()).contains(P2.id());
    }

    @Test
    void addsWithoutAKeyAreDifferentWishes() {
        hearOf(1, P1);
        assertThat(engine.hasTakenPart()).isTrue();
        engine.add(BlockData.of("a"), Optional.empty(), outcomes::add);
        engine.add(BlockData.of("a"), Optional.empty(), outcomes::add);
        time.advance(Duration.ofMillis(1));

        BallotCommand.Submit submit =
                (BallotCommand.Submit) taken(BallotCommand.Submit.class).get(0).command();
        assertThat(submit.additions()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void whoHasHeardOfNobodyHasTakenNoPart() {
        assertThat(engine.hasTakenPart()).isFalse();
    }

    @Test
    void aVoteOnTheBatchBeforeDecidesNothingAnyMore() {
        elect();
        add("a");
        List<Asked> first = taken(BallotCommand.Propose.class);
        first.get(0).then().accept(Reply.ACK);
        ask(new BallotCommand.Submit(List.of(wish(TWO, "b"))));
        assertThat(taken(BallotCommand.Propose.class)).hasSize(2);

        first.get(1).then().accept(Reply.ACK);

        assertThat(chain.length()).isEqualTo(2);
    }

    /** What spoke against a promise is looked at again when the candidate has answered. */
    @Test
    void whoHearsOfAProposerWhileItCallsACandidateBackPromisesNothing() {
        identitiesAreLate = true;
        ask(prepare(2, P2, RUN), replies::add);
        Asked call = taken(BallotCommand.Identify.class).get(0);
        hearOf(1, P1);

        call.then().accept(new BallotReply.Identified(P2.id(), RUN, Position.START));

        assertThat(replies).containsExactly(new Reply.Refusal("there is a proposer: p1"));
    }

    @Test
    void aCandidateThatHearsOfAHigherProposerWhileItCatchesUpIsNone() {
        becomeProposer(new BallotReply.Promised(new Position(2, 1), Optional.empty()));
        hearOf(9, P1);
        ledger.adopt(next(wish(ONE, "missed")).blocks(), Map.of(1L, ONE));

        whenCaughtUp.remove().run();

        assertThat(engine.proposer()).contains(P1.id());
        assertThat(taken(BallotCommand.Decide.class)).isEmpty();
    }

    @Test
    void aStrangerThatKnowsLaterMembersIsAskedForBlocksAndHasNoVote() {
        var prepare = new BallotCommand.Prepare(ballot(1, NEW), new Position(1, 2));

        assertThat(ask(prepare)).isEqualTo(new Reply.Refusal("new is no member here"));

        assertThat(whenCaughtUp).hasSize(1);
    }

    private BallotCommand.Decide whatIsDecided() {
        return new BallotCommand.Decide(
                box.promised(), ledger.position(), chain.head().hash());
    }

    @Test
    void whatIsDecidedIsToldAtOnceIfNothingFollows() {
        elect();
        add("a");

        agree();

        assertThat(taken(BallotCommand.Decide.class)).extracting(Asked::command).containsOnly(whatIsDecided());
        assertThat(chain.length()).isEqualTo(2);
    }

    @Test
    void whatFollowsSaysThatTheBatchBeforeIsDecided() {
        elect();
        add("a");
        ask(new BallotCommand.Submit(List.of(wish(TWO, "b"))));

        agree();

        assertThat(asked).isNotEmpty().allMatch(each -> each.command() instanceof BallotCommand.Propose);
    }

    @Test
    void aLateVoteOnTheBatchBeforeDecidesNotTheOpenOne() {
        elect();
        add("a");
        ask(new BallotCommand.Submit(List.of(wish(TWO, "b"))));
        List<Asked> first = taken(BallotCommand.Propose.class);
        first.get(0).then().accept(Reply.ACK);
        assertThat(chain.length()).isEqualTo(2);

        first.get(1).then().accept(Reply.ACK);

        assertThat(trace.lines()).noneMatch(line -> line.contains("not the one that was decided"));
        assertThat(chain.length()).isEqualTo(2);
        agree();
        assertThat(chain.length()).isEqualTo(3);
    }

    @Test
    void whoHasVotedIsNotAskedAgain() {
        elect();
        Asked first = lastPropose();
        time.advance(Duration.ofMillis(600));

        assertThat(taken(BallotCommand.Propose.class)).extracting(Asked::to).contains(P1.address(), P2.address());
        first.then().accept(new Reply.Refusal("not now"));
        assertThat(chain.length()).isEqualTo(1);
    }

    private Asked lastPropose() {
        add("a");
        return taken(BallotCommand.Propose.class).get(0);
    }

    @Test
    void aHundredChangesWaitAtTheMost() {
        elect();
        lastPropose();
        for (int i = 0; i < 100; i++) {
            ask(new BallotCommand.Amend(Change.remove(P2)), replies::add);
        }
        assertThat(replies).isEmpty();

        ask(new BallotCommand.Amend(Change.remove(P2)), replies::add);

        assertThat(replies)
                .containsExactly(new Reply.Refusal("100 changes of the members are waiting, try again later"));
    }

    @Test
    void aHundredAreWaitedForAtTheMost() {
        for (int i = 0; i < 100; i++) {
            engine.amend(Change.remove(P2), replies::add);
        }
        assertThat(replies).isEmpty();

        engine.amend(Change.remove(P2), replies::add);

        assertThat(replies)
                .containsExactly(new Reply.Refusal("100 changes of the members are waiting, try again later"));
    }

    @Test
    void whoIsRemovedByAnotherProposerIsToldThatItHasLeft() {
        elect();
        ask(new BallotCommand.Amend(Change.remove(peers.self())), replies::add);
        Batch change = proposals().get(0).batch();

        ledger.append(change);

        assertThat(replies).containsExactly(Reply.ACK);
    }

    @Test
    void whatIsTooLargeTogetherIsRefusedUntilSomeIsDecided() {
        elect();
        ask(wishes(0, 1, "first"));
        for (int i = 0; i < 65; i++) {
            assertThat(ask(wishes(1 + i, 1, "x".repeat(1_040_000)))).isEqualTo(Reply.ACK);
        }
        assertThat(ask(wishes(100, 1, "b"))).isInstanceOf(Reply.Refusal.class);

        agree();
        assertThat(ask(wishes(100, 1, "b"))).isEqualTo(Reply.ACK);
        assertThat(ask(wishes(101, 1, "x".repeat(1_040_000)))).isEqualTo(Reply.ACK);
        assertThat(ask(wishes(102, 1, "b"))).isInstanceOf(Reply.Refusal.class);
    }

    /** Its user was told that it is not added. */
    @Test
    void whatWaitsInVainForFiveSecondsIsNotProposedAfterwards() {
        elect();
        Asked vote = lastPropose();
        engine.add(BlockData.of("b"), Optional.of(TWO), outcomes::add);
        for (int i = 0; i < 24; i++) {
            time.advance(Proposer.HEARTBEAT);
            taken(BallotCommand.Decide.class).forEach(each -> each.then().accept(Reply.ACK));
        }
        assertThat(outcomes).singleElement().isInstanceOf(AddOutcome.NotAdded.class);
        asked.clear();

        vote.then().accept(Reply.ACK);

        assertThat(chain.length()).isEqualTo(2);
        assertThat(proposals()).isEmpty();
    }
}
