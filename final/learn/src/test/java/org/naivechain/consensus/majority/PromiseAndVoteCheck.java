package org.naivechain.consensus.majority;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.learn.Explain;
import org.naivechain.ledger.Batch;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.MemoryKeptBlocks;
import org.naivechain.ledger.MemoryMemberships;
import org.naivechain.ledger.MemoryReceipts;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.Reply;

class PromiseAndVoteCheck {
    private static final Ballot LOW = OneMember.ballot(1, "b");
    private static final Ballot MIDDLE = OneMember.ballot(1, "c");
    private static final Ballot HIGH = OneMember.ballot(2, "a");

    private final KeptChain chain = KeptChain.over(new MemoryKeptBlocks());
    private final Ledger ledger = new Ledger(chain, new MemoryReceipts(), new MemoryMemberships());
    private final MemoryBallotBox box = new MemoryBallotBox();
    private final Acceptor acceptor = new Acceptor(ledger, box);

    PromiseAndVoteCheck() {
        ledger.agreeOnMembers(List.of(OneMember.peer("self", 15001)));
    }

    private Batch next(String text) {
        return new Batch(ledger.position(), chain.head().hash(), List.of(OneMember.addition(text, text)));
    }

    private Reply vote(Ballot ballot, Batch batch) {
        return acceptor.vote(new BallotCommand.Propose(ballot, batch));
    }

    @Test
    @DisplayName("Of two ballots a member promises the higher one, and tells the lower one that it is outbid.")
    void promisesTheHigher() {
        Reply first = acceptor.promise(MIDDLE);
        Explain.same(
                new BallotReply.Promised(ledger.position(), Optional.empty()),
                first,
                "A member that has promised nothing is asked for the ballot \"" + MIDDLE + "\".",
                "It has no reason to refuse: every ballot is higher than Ballot.NONE.");
        Explain.same(
                new BallotReply.Outbid(MIDDLE),
                acceptor.promise(LOW),
                "It has promised \"" + MIDDLE + "\" and is asked for the lower \"" + LOW + "\".",
                "A promise means: no more votes below it. Two promises that contradict each other are none.");
        acceptor.promise(HIGH);
        Explain.same(
                HIGH,
                box.promised(),
                "It was asked for \"" + HIGH + "\" after \"" + MIDDLE
                        + "\". The ballot box should keep the higher one.",
                "What is not in the box is forgotten at the next start.");
    }

    @Test
    @DisplayName("A member gives the same promise again, because the first answer may have been lost.")
    void promisesAgain() {
        acceptor.promise(MIDDLE);
        Explain.same(
                new BallotReply.Promised(ledger.position(), Optional.empty()),
                acceptor.promise(MIDDLE),
                "It is asked twice for the same ballot, \"" + MIDDLE + "\".",
                "Is an equal ballot outbid? See Ballot.outbids. A candidate whose first answer was lost asks again.");
    }

    @Test
    @DisplayName("A promise tells the last vote.")
    void tellsItsVote() {
        Batch batch = next("a");
        vote(LOW, batch);
        Explain.same(
                new BallotReply.Promised(ledger.position(), Optional.of(new Vote(LOW, batch))),
                acceptor.promise(HIGH),
                "It has voted for block 1 \"a\" under \"" + LOW + "\", and is asked for the ballot \"" + HIGH + "\".",
                "The candidate must hear of the vote: \"a\" may have been decided, and then nothing else may be.");
    }

    @Test
    @DisplayName("A promise tells the last vote also if what it was for is in the chain here already.")
    void tellsItsVoteForWhatIsDecided() {
        Batch batch = next("a");
        vote(LOW, batch);
        ledger.append(batch);
        Explain.same(
                new BallotReply.Promised(ledger.position(), Optional.of(new Vote(LOW, batch))),
                acceptor.promise(HIGH),
                "It has voted for block 1 \"a\" under \"" + LOW
                        + "\", and \"a\" is in its chain by now. It is asked for the" + " ballot \"" + HIGH + "\".",
                "The candidate takes the vote under the highest ballot that it hears of. If this one is left out, it may take"
                        + " an older one of another member, which never had a quorum.");
    }

    @Test
    @DisplayName("A member does not vote below what it has promised.")
    void keepsItsPromise() {
        acceptor.promise(HIGH);
        Explain.same(
                new BallotReply.Outbid(HIGH),
                vote(LOW, next("a")),
                "It has promised \"" + HIGH + "\", and is asked to vote under \"" + LOW + "\".",
                "The candidate of the higher ballot was told of no vote. With this one, \"a\" could be decided behind its back.");
        Explain.same(
                Optional.empty(),
                box.vote(),
                "It refused, but what is in the ballot box?",
                "A refusal leaves no vote.");
    }

    @Test
    @DisplayName("A vote is also a promise, and is kept in the ballot box.")
    void keepsItsVote() {
        acceptor.promise(LOW);
        Batch batch = next("a");
        Explain.same(
                Reply.ACK,
                vote(HIGH, batch),
                "It has promised \"" + LOW + "\", and is asked to vote under the higher \"" + HIGH + "\".",
                "Nothing that it has promised forbids this.");
        Explain.same(
                Optional.of(new Vote(HIGH, batch)),
                box.vote(),
                "It answered ACK, which is a vote. The ballot box should keep it.",
                "A vote that a restart forgets is never told to the next candidate.");
        Explain.same(
                new BallotReply.Outbid(HIGH),
                acceptor.promise(MIDDLE),
                "It has voted under \"" + HIGH + "\", and is asked to promise the lower \"" + MIDDLE + "\".",
                "A vote under a ballot is a promise of that ballot, too. See BallotBox.vote.");
    }

    @Test
    @DisplayName("A member votes for another batch under a higher ballot, and the box keeps the later vote.")
    void votesAgainUnderAHigherBallot() {
        vote(LOW, next("a"));
        Batch other = next("b");
        Explain.same(
                Reply.ACK,
                vote(HIGH, other),
                "It has voted for block 1 \"a\" under \"" + LOW + "\", and is asked to vote for block 1 \"b\" under \""
                        + HIGH + "\".",
                "A member that votes only once stands still for ever, as in chapter 7. The proposer of the higher ballot has"
                        + " asked a quorum first, and would have proposed \"a\" if that might be decided.");
        Explain.same(
                Optional.of(new Vote(HIGH, other)),
                box.vote(),
                "It has voted twice. The box holds one vote. Which?",
                "The next candidate takes the vote under the highest ballot.");
    }

    @Test
    @DisplayName("Under one ballot a member votes for one batch after the other, and the box keeps the last.")
    void votesAgainUnderTheSameBallot() {
        Batch first = next("a");
        vote(LOW, first);
        ledger.append(first);
        Batch second = next("b");
        vote(LOW, second);
        Explain.same(
                Optional.of(new Vote(LOW, second)),
                box.vote(),
                "It voted for block 1 \"a\" under \"" + LOW
                        + "\", which was decided. Then it was asked for its vote on block 2"
                        + " \"b\" under the same ballot.",
                "A proposer keeps its ballot from block to block. A vote that is acknowledged and not kept is none.");
    }

    @Test
    @DisplayName("A vote is for the whole batch, as it was proposed.")
    void votesForTheWholeBatch() {
        Position start = ledger.position();
        Batch first = next("a");
        Batch both = new Batch(
                start, first.previousHash(), List.of(OneMember.addition("a", "a"), OneMember.addition("b", "b")));
        ledger.append(first);
        vote(LOW, both);
        Explain.same(
                Optional.of(new Vote(LOW, both)),
                box.vote(),
                "Block 1 \"a\" is in its chain, and it is asked to vote for a batch of the blocks 1 \"a\" and 2 \"b\".",
                "`beyond` tells whether the batch follows. The vote is for the batch as it was proposed: a candidate that is"
                        + " behind must hear of block 1, too.");
    }

    @Test
    @DisplayName("A member votes only for a batch that follows its chain.")
    void votesForWhatFollows() {
        Batch gap =
                new Batch(new Position(2, 1), next("a").blocks().get(0).hash(), List.of(OneMember.addition("b", "b")));
        Reply reply = vote(LOW, gap);
        Explain.that(
                reply instanceof Reply.Refusal,
                "Its chain ends with block 0, and it is asked to vote for block 2. It answers " + reply + ".",
                "Which block 1 would be before it? Acceptor.beyond tells what of a batch follows this chain.");
        Explain.same(
                Optional.empty(),
                box.vote(),
                "It refused, but what is in the ballot box?",
                "A refusal leaves no vote.");
    }

    @Test
    @DisplayName("A member says yes to what is decided here already, and keeps its open vote.")
    void agreesToWhatIsDecided() {
        Batch decided = next("a");
        ledger.append(decided);
        Batch open = next("b");
        vote(LOW, open);
        Explain.same(
                Reply.ACK,
                vote(MIDDLE, decided),
                "Block 1 \"a\" is in its chain, and a proposer that has not heard of that proposes \"a\" once more.",
                "Yes is true, and lets the proposer go on. See isDecided.");
        Explain.same(
                Optional.of(new Vote(LOW, open)),
                box.vote(),
                "Before, it had voted for block 2 \"b\". The box holds one vote. Which?",
                "\"b\" may be decided. \"a\" is decided here anyway, and nobody needs to be told that this member voted for it.");
    }
}
