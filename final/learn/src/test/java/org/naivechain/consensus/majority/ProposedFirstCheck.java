package org.naivechain.consensus.majority;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.learn.Explain;
import org.naivechain.ledger.Batch;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.Reply;

/** A candidate of five members hears two promises, which are a quorum with its own. What does it propose first? */
class ProposedFirstCheck {
    private static final Ballot LOW = OneMember.ballot(1, "p1");
    private static final Ballot HIGH = OneMember.ballot(2, "p2");

    private final OneMember candidate = new OneMember(5);

    /** The texts that it proposes first, when two others have promised. */
    private Optional<List<String>> proposedAfter(BallotReply first, BallotReply second) {
        List<OneMember.Asked> promises = candidate.stand();
        promises.get(0).then().accept(first);
        promises.get(1).then().accept(second);
        return candidate.proposed().map(OneMember::texts);
    }

    @Test
    @DisplayName("If nobody has voted, nothing has to be proposed first.")
    void nothing() {
        Explain.same(
                Optional.empty(),
                proposedAfter(candidate.promise(), candidate.promise()),
                "Three of five have voted for nothing. What is proposed first?",
                "The other two are no quorum: nothing was decided, and the new proposer is free.");
    }

    @Test
    @DisplayName("A candidate fetches what is decided before it proposes, a change of the members included.")
    void fetchesAChangeOfTheMembers() {
        Position here = candidate.ledger.position();
        for (boolean first : List.of(true, false)) {
            OneMember one = new OneMember(5);
            BallotReply further =
                    new BallotReply.Promised(new Position(here.length(), here.version() + 1), Optional.empty());
            List<OneMember.Asked> promises = one.stand();
            promises.get(0).then().accept(first ? further : one.promise());
            promises.get(1).then().accept(first ? one.promise() : further);
            Explain.same(
                    1,
                    one.whenCaughtUp.size(),
                    "Of two members that promise, one has decided a change of the members that is not known here. How often is"
                            + " something fetched before the first proposal?",
                    "A position is how many blocks there are, and which version the members have. `Position` is"
                            + " `Comparable`, and looks at both.");
        }
    }

    @Test
    @DisplayName("A single earlier vote is adopted, because the members that are silent may have voted, too.")
    void oneVote() {
        Explain.same(
                Optional.of(List.of("Alice pays Bob 5")),
                proposedAfter(candidate.promise(), candidate.promise(LOW, candidate.next("Alice pays Bob 5"))),
                "One of the three that promise has voted for \"Alice pays Bob 5\". What is proposed first?",
                "The two that are silent may have voted for it as well: then three of five have, and it is decided.");
    }

    @Test
    @DisplayName("Of two earlier votes, the one under the higher ballot is adopted.")
    void theHigherBallot() {
        Explain.same(
                Optional.of(List.of("under the higher ballot")),
                proposedAfter(
                        candidate.promise(LOW, candidate.next("under the lower ballot", "and longer")),
                        candidate.promise(HIGH, candidate.next("under the higher ballot"))),
                "One has voted under \"" + LOW + "\" for two blocks, one under \"" + HIGH
                        + "\" for one. What is proposed first?",
                "Whoever proposed under the higher ballot had asked a quorum first: the lower one was not decided then, and"
                        + " cannot be any more. The number of blocks says nothing.");
    }

    @Test
    @DisplayName("The candidate's own vote counts as those of others do.")
    void itsOwnVote() {
        candidate.receive(new BallotCommand.Propose(HIGH, candidate.next("voted for here")), reply -> {});
        Explain.same(
                Optional.of(List.of("voted for here")),
                proposedAfter(candidate.promise(), candidate.promise(LOW, candidate.next("voted for there"))),
                "The candidate itself has voted under \"" + HIGH + "\", another member under \"" + LOW
                        + "\". What is proposed first?",
                "The candidate is a member of the quorum, too. Its own vote is `member.acceptor().vote()`.");
    }

    @Test
    @DisplayName("What is in the chain already is not proposed again.")
    void whatIsDecided() {
        Batch decided = candidate.next("decided");
        candidate.ledger.append(decided);
        Explain.same(
                Optional.empty(),
                proposedAfter(candidate.promise(), candidate.promise(LOW, decided)),
                "A member tells that it voted for block 1, and that block is in the candidate's chain. What is proposed first?",
                "Nothing: it is decided. Acceptor.beyond tells what of a batch goes beyond the chain.");
    }

    @Test
    @DisplayName(
            "If the highest vote is in the chain already, nothing is adopted, no older vote either: first choose, then cut.")
    void firstChooseThenCut() {
        Batch older = candidate.next("decided", "never decided");
        Batch decided = candidate.next("decided");
        candidate.ledger.append(decided);
        Explain.same(
                Optional.empty(),
                proposedAfter(candidate.promise(LOW, older), candidate.promise(HIGH, decided)),
                "One has voted under \"" + LOW
                        + "\" for block 1 \"decided\" and block 2 \"never decided\", one under \"" + HIGH
                        + "\" for block 1 \"decided\" alone. That block 1 is in the candidate's chain. What is proposed first?",
                "First choose the vote under the highest ballot, then cut off what is in the chain. If you cut first, only the"
                        + " outdated vote is left, which no quorum gave.");
    }

    @Test
    @DisplayName("Of two batches under one ballot the later one is adopted, because the earlier one is decided.")
    void theLaterBatch() {
        Batch first = candidate.next("first");
        candidate.ledger.append(first);
        Batch second = candidate.next("second");
        expectTheLater(proposedAfter(candidate.promise(LOW, second), candidate.promise(LOW, first)));
    }

    @Test
    @DisplayName("It is the later one also if its promise came later.")
    void theLaterBatchComesLater() {
        Batch first = candidate.next("first");
        candidate.ledger.append(first);
        Batch second = candidate.next("second");
        expectTheLater(proposedAfter(candidate.promise(LOW, first), candidate.promise(LOW, second)));
    }

    private static void expectTheLater(Optional<List<String>> proposed) {
        Explain.same(
                Optional.of(List.of("second")),
                proposed,
                "Under one ballot one member has voted for block 1 and another for block 2; block 1 is in the chain. What is"
                        + " proposed first?",
                "A proposer goes on to the next batch only when the one before is decided. Compare the ends of the batches.");
    }

    @Test
    @DisplayName("A batch that is adopted is voted on under the new ballot, and decided by a quorum.")
    void decidedAnew() {
        List<OneMember.Asked> promises = candidate.stand();
        promises.get(0).then().accept(candidate.promise());
        promises.get(1).then().accept(candidate.promise(LOW, candidate.next("Alice pays Bob 5")));
        List<OneMember.Asked> votes = candidate.taken(BallotCommand.Propose.class);
        votes.stream().limit(2).forEach(vote -> vote.then().accept(Reply.ACK));
        Explain.same(
                List.of("Alice pays Bob 5"),
                candidate.texts(),
                "It proposed \"Alice pays Bob 5\" first, and two others voted for it. Which blocks are in its chain?",
                "With its own vote three of five have voted under the new ballot.");
    }
}
