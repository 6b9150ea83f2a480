package org.naivechain.consensus.majority;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.ledger.Batch;
import org.naivechain.ledger.Membership;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;

/** What one of three members says to what the other two say. */
class MajorityVoteTest extends OneOfThree {
    @Test
    void appendsWhatItVotedForWhenTheProposerCallsItDecided() {
        Batch batch = next(wish(ONE, "a"), wish(TWO, "b"));
        assertThat(ask(new BallotCommand.Propose(ballot(1, P1), batch))).isEqualTo(Reply.ACK);

        assertThat(ask(decided(ballot(1, P1), batch))).isEqualTo(Reply.ACK);

        assertThat(chain.head()).isEqualTo(batch.blocks().get(1));
        assertThat(ledger.receipts().between(0, 9)).isEqualTo(Map.of(1L, ONE, 2L, TWO));
        assertThat(whenCaughtUp).isEmpty();
    }

    /**
     * Two users add the same text. The block of the one, voted for under a lower ballot, has the hash of the block of the
     * other, which was decided: a hash says nothing about whose request the block was.
     */
    @Test
    void takesTheSameTextOfAnotherUserForAnotherBlockThoughTheHashIsTheSame() {
        engine.add(BlockData.of("a"), Optional.of(ONE), outcomes::add);
        Batch mine = next(wish(ONE, "a"));
        Batch decided = next(wish(TWO, "a"));
        ask(new BallotCommand.Propose(ballot(1, P1), mine));

        Reply reply = ask(decided(ballot(2, P2), decided));

        assertThat(outcomes).isEmpty();
        assertThat(reply).hasToString("this node has 1 blocks and fetches the rest");
        assertThat(whenCaughtUp).hasSize(1);
        ledger.adopt(decided.blocks(), Map.of(1L, TWO));
        assertThat(outcomes).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(asked).hasSize(1).allSatisfy(each -> {
            assertThat(each.to()).isEqualTo(P2.address());
            assertThat(each.command()).isEqualTo(new BallotCommand.Submit(List.of(wish(ONE, "a"))));
        });
    }

    /** As when blocks came from elsewhere. Nothing is amiss that only comes late. */
    @Test
    void aDecisionOnOtherBlocksThanThoseHereIsRefusedAndLoggedOnce() {
        Batch decided = next(wish(ONE, "a"));
        ledger.adopt(next(wish(TWO, "b")).blocks(), Map.of());
        String ours = chain.head().hash().toString();

        for (int i = 0; i < 3; i++) {
            assertThat(ask(decided(ballot(1, P1), decided)))
                    .hasToString("block 1 is " + ours + " here, not "
                            + decided.blocks().get(0).hash());
        }

        assertThat(trace.lines())
                .filteredOn(line -> line.contains("[ERROR]"))
                .singleElement()
                .asString()
                .contains("block 1 is " + ours + " here", "for the proposer p1", "with an empty --data-dir");
        assertThat(ask(new BallotCommand.Decide(ballot(1, P1), new Position(1, 1), Block.GENESIS.hash())))
                .isEqualTo(Reply.ACK);
    }

    /** The vote that is inherited begins with a block that equals the decided one, but is another user's. */
    @Test
    void proposesNoWishAgainThatIsABlockAlready() {
        ask(new BallotCommand.Propose(ballot(1, P1), next(wish(ONE, "a"), wish(TWO, "a"))));
        Batch decided = next(wish(TWO, "a"));
        ledger.adopt(decided.blocks(), Map.of(1L, TWO));

        becomeProposer(new BallotReply.Promised(new Position(2, 1), Optional.of(new Vote(ballot(2, P2), decided))));

        assertThat(asked).isNotEmpty().noneMatch(each -> each.command() instanceof BallotCommand.Propose);
    }

    @Test
    void proposesFirstWhatMayHaveBeenDecided() {
        Batch batch = next(wish(ONE, "a"), wish(TWO, "b"));

        becomeProposer(new BallotReply.Promised(new Position(1, 1), Optional.of(new Vote(ballot(1, P2), batch))));

        assertThat(proposals()).isNotEmpty().allMatch(each -> each.batch().equals(batch));
    }

    @ParameterizedTest
    @CsvSource({"2, 1, theirs", "1, 2, ours"})
    void ofTwoVotesTheOneUnderTheHigherBallotIsProposed(long theirRound, long ownRound, String which) {
        ask(new BallotCommand.Propose(ballot(ownRound, P1), next(wish(ONE, "ours"))));
        var theirs = new Vote(ballot(theirRound, P2), next(wish(TWO, "theirs"), wish(ONE, "longer")));

        becomeProposer(new BallotReply.Promised(new Position(1, 1), Optional.of(theirs)));

        assertThat(proposals())
                .isNotEmpty()
                .allMatch(each -> each.batch().additions().get(0).data().text().equals(which));
    }

    /** The other has voted for the first of two batches, and does not know that it is decided. */
    @Test
    void ofTwoVotesUnderOneBallotTheLaterIsProposed() {
        Batch first = next(wish(ONE, "a"));
        ask(new BallotCommand.Propose(ballot(1, P1), first));
        Batch second = new Batch(new Position(2, 1), first.blocks().get(0).hash(), List.of(wish(TWO, "b")));
        ask(new BallotCommand.Propose(ballot(1, P1), second));

        becomeProposer(new BallotReply.Promised(new Position(1, 1), Optional.of(new Vote(ballot(1, P1), first))));

        assertThat(proposals()).isNotEmpty().allMatch(each -> each.batch().equals(second));
    }

    /** Its beginning was not decided, so that its end was not either. */
    @Test
    void aVoteOnWhatFollowsOtherBlocksIsNotProposed() {
        Batch other = next(wish(ONE, "a"), wish(TWO, "b"));
        ledger.adopt(next(wish(ONE, "another")).blocks(), Map.of());

        becomeProposer(new BallotReply.Promised(new Position(2, 1), Optional.of(new Vote(ballot(1, P1), other))));

        assertThat(asked).isNotEmpty();
        assertThat(proposals()).isEmpty();
    }

    @Test
    void aCandidateThatIsOutbidStandsHigherTheNextTime() {
        becomeProposer(new BallotReply.Outbid(ballot(9, P2)));
        assertThat(asked).isEmpty();

        time.advance(SILENCE);

        assertThat(asked.element().command())
                .isInstanceOfSatisfying(
                        BallotCommand.Prepare.class,
                        prepare -> assertThat(prepare.ballot()).isEqualTo(self(10)));
    }

    @Test
    void aCandidateThatIsBehindFetchesWhatItMisses() {
        becomeProposer(new BallotReply.Ahead(new Position(7, 1)));

        assertThat(whenCaughtUp).hasSize(1);
    }

    @Test
    void whyAMemberDoesNotPromiseIsSaid() {
        becomeProposer(new Reply.Refusal("it has a cold"));

        assertThat(trace.lines()).anyMatch(line -> line.contains("does not promise: it has a cold"));
    }

    /** As when another candidate got its promise in the meantime. */
    @Test
    void aProposerThatHasPromisedAHigherBallotIsNoneAnyMore() {
        becomeProposer(new BallotReply.Promised(new Position(1, 1), Optional.empty()));
        asked.clear();
        box.promise(ballot(9, P2));
        engine.add(BlockData.of("a"), Optional.of(ONE), outcomes::add);

        time.advance(Duration.ofMillis(1));

        assertThat(box.vote()).isEmpty();
        assertThat(trace.lines())
                .anyMatch(line -> line.contains("This node is not the proposer any more: a member has"));
    }

    /** The chain may grow by other ways than by this proposer's rounds: those who voted in its round must not take that for it. */
    @Test
    void doesNotCallItsBatchDecidedWhenTheSameTextOfAnotherUserIs() {
        becomeProposer(new BallotReply.Promised(new Position(1, 1), Optional.empty()));
        asked.clear();
        engine.add(BlockData.of("a"), Optional.of(ONE), outcomes::add);
        time.advance(Duration.ofMillis(1));
        assertThat(proposals()).hasSize(2);
        Batch rival = next(wish(TWO, "a"));
        BallotCommand.Decide wrong = decided(box.promised(), rival);
        ledger.adopt(rival.blocks(), Map.of(1L, TWO));
        asked.clear();

        time.advance(Proposer.HEARTBEAT);

        assertThat(asked).isNotEmpty().noneMatch(each -> each.command().equals(wrong));
    }

    @Test
    void aProposerThatGoesOnSaysTherebyThatTheBatchBeforeIsDecided() {
        Batch first = next(wish(ONE, "a"));
        ask(new BallotCommand.Propose(ballot(1, P1), first));
        Batch second = new Batch(new Position(2, 1), first.blocks().get(0).hash(), List.of(wish(TWO, "b")));

        assertThat(ask(new BallotCommand.Propose(ballot(1, P1), second))).isEqualTo(Reply.ACK);

        assertThat(chain.length()).isEqualTo(2);
        assertThat(box.vote()).contains(new Vote(ballot(1, P1), second));
    }

    @Test
    void anotherProposerThatGoesOnSaysNothingAboutAVoteUnderALowerBallot() {
        Batch first = next(wish(ONE, "a"));
        ask(new BallotCommand.Propose(ballot(1, P1), first));
        Batch second = new Batch(new Position(2, 1), first.blocks().get(0).hash(), List.of(wish(TWO, "b")));

        assertThat(ask(new BallotCommand.Propose(ballot(2, P2), second)))
                .asString()
                .startsWith("the next decision here is 1 under membership 1, after");

        assertThat(chain.length()).isEqualTo(1);
        assertThat(whenCaughtUp).hasSize(1);
        assertThat(box.vote()).contains(new Vote(ballot(1, P1), first));
    }

    @Test
    void aProposerWithoutAQuorumIsNoneAfterTwoSeconds() {
        becomeProposer(new BallotReply.Promised(new Position(1, 1), Optional.empty()));
        var prepare = new BallotCommand.Prepare(box.promised().next(P2.id()), new Position(1, 1));
        Reply busy = new Reply.Refusal("there is a proposer: self");

        time.advance(Duration.ofMillis(1_999));
        assertThat(ask(prepare)).isEqualTo(busy);
        time.advance(Duration.ofMillis(1));

        assertThat(ask(prepare)).isEqualTo(new BallotReply.Promised(new Position(1, 1), Optional.empty()));
    }

    @Test
    void whoHearsOfAProposerPromisesNothingToOthersForASecond() {
        ask(new BallotCommand.Decide(
                ballot(1, P1), new Position(1, 1), chain.head().hash()));
        var prepare = new BallotCommand.Prepare(ballot(2, P2), new Position(1, 1));

        time.advance(Duration.ofMillis(999));
        assertThat(ask(prepare)).isEqualTo(new Reply.Refusal("there is a proposer: p1"));
        assertThat(ask(new BallotCommand.Prepare(ballot(2, P1), new Position(1, 1))))
                .isEqualTo(new BallotReply.Promised(new Position(1, 1), Optional.empty()));
        time.advance(Duration.ofMillis(1));

        assertThat(ask(prepare)).isEqualTo(new BallotReply.Promised(new Position(1, 1), Optional.empty()));
    }

    /** A ballot that was asked for before a crash may be asked for again: nothing was proposed under it. */
    @Test
    void makesItsOwnPromiseOnlyWhenItHasThoseOfAQuorum() {
        time.advance(Duration.ofMillis(200));
        assertThat(asked)
                .hasSize(2)
                .allMatch(each -> each.command() instanceof BallotCommand.Prepare prepare
                        && prepare.ballot().equals(self(1))
                        && prepare.position().equals(new Position(1, 1)));
        assertThat(box.promised()).isEqualTo(Ballot.NONE);

        asked.remove().then().accept(new BallotReply.Promised(new Position(1, 1), Optional.empty()));

        assertThat(box.promised()).isEqualTo(self(1));
    }

    @Test
    void doesNotProposeBeforeItHasAllBlocksOfThoseThatPromised() {
        Batch missed = next(wish(ONE, "a"));
        time.advance(Duration.ofMillis(200));
        asked.remove().then().accept(new BallotReply.Promised(new Position(2, 1), Optional.empty()));
        asked.clear();
        assertThat(whenCaughtUp).hasSize(1);

        ledger.adopt(missed.blocks(), Map.of(1L, ONE));
        whenCaughtUp.remove().run();

        assertThat(asked).hasSize(2).allMatch(each -> each.command().equals(decided(self(1), missed)));
    }

    @Test
    void aStoppedMemberSaysNothingMore() {
        becomeProposer(new BallotReply.Promised(new Position(1, 1), Optional.empty()));
        engine.add(BlockData.of("a"), Optional.of(ONE), outcomes::add);
        asked.clear();

        engine.stop("shutting down");
        time.advance(Duration.ofMinutes(1));

        assertThat(asked).isEmpty();
        assertThat(outcomes)
                .containsExactly(new AddOutcome.NotAdded("shutting down; the data was not added, try again"));
        assertThat(ask(new BallotCommand.Propose(ballot(9, P1), next(wish(TWO, "b")))))
                .isEqualTo(new Reply.Refusal("shutting down"));
        assertThat(box.vote()).isEmpty();
    }

    /** Whose votes are missing is asked again more and more seldom; but at once when it shows that it is there. */
    @Test
    void aMemberThatIsThereAgainIsAskedForItsVoteAtOnce() {
        becomeProposer(new BallotReply.Promised(new Position(1, 1), Optional.empty()));
        engine.add(BlockData.of("a"), Optional.of(ONE), outcomes::add);
        time.advance(Proposer.HEARTBEAT.multipliedBy(5));
        asked.clear();
        time.advance(Proposer.HEARTBEAT);
        assertThat(proposals()).isEmpty();
        Asked heartbeat = asked.remove();
        assertThat(heartbeat.command()).isInstanceOf(BallotCommand.Decide.class);
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
        asked.remove().then().accept(new BallotReply.Promised(new Position(1, 1), Optional.empty()));

        assertThat(box.promised()).isEqualTo(self(1));
    }

    /** A newcomer cannot know where the network's rounds are; that it asked for votes itself tells it nothing. */
    @Test
    void aLeapOfRoundsIsBelievedOnlyAsLongAsNothingIsKnownOfTheOthers() {
        long far = 5_000_000;
        long further = far + 1_000_001;
        time.advance(SILENCE);

        assertThat(ask(decision(ballot(far, P1)))).isEqualTo(Reply.ACK);
        assertThat(ask(decision(ballot(further, P1))))
                .hasToString("the round " + further + " is too far beyond " + far + ", the highest that was heard of");
        assertThat(ask(decision(ballot(further - 1, P1)))).isEqualTo(Reply.ACK);
    }

    @Test
    void whoHasBeenElectedBelievesInNoLeap() {
        becomeProposer(new BallotReply.Promised(new Position(1, 1), Optional.empty()));

        assertThat(ask(decision(ballot(5_000_000, P1))).toString()).contains("too far beyond");
    }

    @Test
    void whoHasPromisedSomethingToAnotherBelievesInNoLeapWhenItStartsAgain() {
        box.promise(ballot(3, P2));

        assertThat(ask(engine(), decision(ballot(5_000_000, P1))).toString()).contains("too far beyond 3");
    }

    @Test
    void aCandidateThatCannotBeCalledGetsNoPromise() {
        identities.remove(P1.address());

        assertThat(ask(prepare(1, P1, RUN)))
                .isEqualTo(new Reply.Refusal(
                        "p1 at 127.0.0.1:16001 cannot be called there (Connection refused), as a proposer must be"));

        assertThat(box.promised()).isEqualTo(Ballot.NONE);
        assertThat(ask(prepare(1, P2, RUN))).isInstanceOf(BallotReply.Promised.class);
    }

    /** As when the data directory of a member was copied, and both run: only one is called where the members call it. */
    @Test
    void aCandidateForWhichAnotherRunAnswersGetsNoPromise() {
        assertThat(ask(prepare(1, P1, RUN + 1)))
                .hasToString(
                        "another node with the id p1 answers at 127.0.0.1:16001, and an id belongs to one node: start"
                                + " the one that asks with an empty --data-dir");
        identities.put(P1.address(), new BallotReply.Identified(P2.id(), RUN, Position.START));
        assertThat(ask(prepare(1, P1, RUN + 1)))
                .asString()
                .startsWith("another node with the id p2 answers at 127.0.0.1:16001");

        assertThat(box.promised()).isEqualTo(Ballot.NONE);
    }

    @Test
    void aProposerThatCannotBeCalledForFourSecondsIsLookedForElsewhere() {
        BallotCommand.Decide heartbeat = new BallotCommand.Decide(
                ballot(1, P1), new Position(1, 1), chain.head().hash());
        ask(heartbeat);
        identities.remove(P1.address());
        for (int i = 0; i < 15; i++) {
            time.advance(Proposer.HEARTBEAT);
            ask(heartbeat);
        }
        assertThat(ask(prepare(2, P2, RUN))).isEqualTo(new Reply.Refusal("there is a proposer: p1"));

        for (int i = 0; i < 6; i++) {
            time.advance(Proposer.HEARTBEAT);
            ask(heartbeat);
        }

        assertThat(trace.lines())
                .filteredOn(line -> line.contains("[WARN]"))
                .singleElement()
                .asString()
                .contains("The proposer p1 at 127.0.0.1:16001 cannot be called there");
        assertThat(ask(prepare(2, P2, RUN))).isInstanceOf(BallotReply.Promised.class);
    }

    @Test
    void aProposerThatCanBeCalledAgainIsHeardOfAgain() {
        BallotCommand.Decide heartbeat = new BallotCommand.Decide(
                ballot(1, P1), new Position(1, 1), chain.head().hash());
        ask(heartbeat);
        Outcome p1 = identities.remove(P1.address());
        for (int i = 0; i < 21; i++) {
            time.advance(Proposer.HEARTBEAT);
            ask(heartbeat);
        }
        identities.put(P1.address(), p1);

        time.advance(Duration.ofSeconds(1));
        ask(heartbeat);
        ask(heartbeat);

        assertThat(ask(prepare(20, P2, RUN))).isEqualTo(new Reply.Refusal("there is a proposer: p1"));
    }

    /** Two others must have answered, or one: it and one of three are a quorum. */
    @Test
    void aMemberThatHasStartedVotesWhenAQuorumHasToldHowFarItWas() {
        Map<PeerAddress, Outcome> answers = Map.copyOf(identities);
        identities.clear();
        engine.stop("another is looked at");
        MajorityVote started = engine();
        Reply asks = new Reply.Refusal(
                "this node has just started, and asks the others first how far they know it to have been");

        time.advance(SILENCE);
        assertThat(asked).as("it does not stand").isEmpty();
        assertThat(started.hasResumed()).isFalse();
        assertThat(ask(started, new BallotCommand.Prepare(ballot(1, P1), new Position(1, 1))))
                .isEqualTo(asks);
        assertThat(ask(started, new BallotCommand.Propose(ballot(1, P1), next(wish(ONE, "a")))))
                .isEqualTo(asks);
        assertThat(ask(started, decision(ballot(1, P1))))
                .as("it may hear of decisions")
                .isEqualTo(Reply.ACK);
        assertThat(box.promised()).isEqualTo(Ballot.NONE);

        identities.put(P2.address(), answers.get(P2.address()));
        time.advance(SILENCE);

        assertThat(started.hasResumed()).isTrue();
        assertThat(ask(started, new BallotCommand.Propose(ballot(9, P1), next(wish(ONE, "a")))))
                .isEqualTo(Reply.ACK);
    }

    @Test
    void anAnswerOfAnotherNodeThanTheMemberThatIsAskedSaysNothing() {
        identities.clear();
        MajorityVote started = engine();
        identities.put(P1.address(), new BallotReply.Identified(new PeerId("stranger"), RUN, Position.START));

        time.advance(SILENCE);

        assertThat(started.hasResumed()).isFalse();
    }

    /** Yesterday's copy of its data directory was put back. */
    @Test
    void aMemberThatWasFurtherThanItsStoreSaysNeverVotesAgain() {
        identities.put(P1.address(), new BallotReply.Identified(P1.id(), RUN, Position.START));
        identities.put(P2.address(), new BallotReply.Identified(P2.id(), RUN, new Position(3, 1)));
        List<String> told = new ArrayList<>();
        Outcome p1 = identities.remove(P1.address());
        Outcome p2 = identities.remove(P2.address());
        MajorityVote started = engine();
        started.whenOutdated(told::add);
        identities.put(P2.address(), p2);

        time.advance(Duration.ofMillis(500));
        identities.put(P1.address(), p1);
        time.advance(SILENCE);

        assertThat(told)
                .containsExactly("its store is an old copy: it ends at 1 under membership 1, and p2 at 127.0.0.1:16002"
                        + " knows this node to have been at 3 under membership 1");
        assertThat(ask(started, new BallotCommand.Propose(ballot(9, P1), next(wish(ONE, "a")))))
                .hasToString(told.get(0));
        assertThat(box.vote()).isEmpty();
    }

    /** What it fetches while it asks says nothing of the votes that its store lacks. */
    @Test
    void blocksThatAreFetchedMeanwhileDoNotHideThatTheStoreIsOld() {
        List<String> told = new ArrayList<>();
        identities.clear();
        MajorityVote started = engine();
        started.whenOutdated(told::add);
        Batch fetched = next(wish(ONE, "a"), wish(TWO, "b"));
        ledger.adopt(fetched.blocks(), Map.of(1L, ONE, 2L, TWO));
        identities.put(P2.address(), new BallotReply.Identified(P2.id(), RUN, new Position(3, 1)));

        time.advance(SILENCE);

        assertThat(told).hasSize(1);
    }

    @Test
    void tellsHowFarAMemberWasWhereItAnsweredToItsAgreedAddress() {
        engine.see(P1, new Position(5, 1));
        engine.see(P1, new Position(4, 2));
        engine.see(P1, new Position(3, 1));
        engine.see(new Peer(P2.id(), new PeerAddress("127.0.0.1", 16009)), new Position(9, 9));

        assertThat(ask(new BallotCommand.Identify(P1.id())))
                .isInstanceOfSatisfying(
                        BallotReply.Identified.class,
                        said -> assertThat(said.known()).isEqualTo(new Position(5, 2)));
        assertThat(ask(new BallotCommand.Identify(P2.id())))
                .isInstanceOfSatisfying(
                        BallotReply.Identified.class,
                        said -> assertThat(said.known()).isEqualTo(Position.START));
    }

    /** A copy of this member's data directory runs elsewhere, and has used the ballot that this one would use next. */
    @Test
    void aBallotOfThisMembersOwnIdFromElsewhereIsRefusedAndSaid() {
        Reply refused = new Reply.Refusal("the member self at 127.0.0.1:15001 answers here and has not asked: start the"
                + " node that has with an empty --data-dir");

        assertThat(ask(new BallotCommand.Prepare(self(1), new Position(1, 1)))).isEqualTo(refused);
        assertThat(ask(new BallotCommand.Propose(self(1), next(wish(ONE, "a")))))
                .isEqualTo(refused);
        assertThat(ask(decision(self(1)))).isEqualTo(refused);

        assertThat(trace.lines())
                .anyMatch(line -> line.contains("Another node with the id self proposes under the ballot 1 of self"));
    }

    @Test
    void whatTheMembersCallElsewhereIsNoMember() {
        Peer elsewhere = new Peer(new PeerId("self"), new PeerAddress("127.0.0.1", 15999));
        ledger.append(new Batch(chain.head().hash(), new Membership(2, 1, List.of(P1, P2, elsewhere))));
        asked.clear();

        time.advance(SILENCE);

        assertThat(asked).as("it does not stand").isEmpty();
        assertThat(ask(new BallotCommand.Propose(ballot(1, P1), next(wish(ONE, "a")))))
                .isInstanceOf(BallotReply.Ahead.class);
        assertThat(ask(new BallotCommand.Prepare(ballot(1, P1), new Position(1, 2))))
                .isInstanceOf(BallotReply.Ahead.class);
    }

    /** They were taken when there were more members. */
    @Test
    void addsWaitWhenTooFewMembersAreLeft() {
        becomeProposer(new BallotReply.Promised(new Position(1, 1), Optional.empty()));
        Peer self = peers.self();
        ledger.append(new Batch(chain.head().hash(), new Membership(2, 1, List.of(self, P1))));
        engine.add(BlockData.of("a"), Optional.of(ONE), outcomes::add);
        ledger.append(new Batch(chain.head().hash(), new Membership(3, 1, List.of(self))));

        time.advance(Duration.ofMillis(100));

        assertThat(chain.length()).isEqualTo(1);
    }
}
