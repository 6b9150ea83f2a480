package org.naivechain.consensus.majority;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.learn.Explain;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Reply;

/** The proposer of five members, who has asked the other four for their votes on block 1. */
class CountingVotesCheck {
    private final OneMember proposer = new OneMember(5);
    private final List<AddOutcome> told = new ArrayList<>();
    private List<OneMember.Asked> votes;

    @BeforeEach
    void propose() {
        List<OneMember.Asked> promises = proposer.stand();
        promises.get(0).then().accept(proposer.promise());
        promises.get(1).then().accept(proposer.promise());
        proposer.add("Alice pays Bob 5", told::add);
        votes = proposer.taken(BallotCommand.Propose.class);
        Explain.same(
                4,
                votes.size(),
                "The proposer of five members proposes block 1. How many others does it ask for a vote?",
                "It asks each of the four others once; it answers itself.");
    }

    /** What is asked of the others when the next batch is proposed. */
    private List<OneMember.Asked> next(String what, String why) {
        List<OneMember.Asked> next = proposer.taken(BallotCommand.Propose.class);
        Explain.same(4, next.size(), what + " How many others are asked for a vote on block 2?", why);
        return next;
    }

    private List<OneMember.Asked> proposedAfterBlock1() {
        proposer.add("Bob pays Carol 3", told::add);
        return next(
                "Block 1 has three votes of five. Then somebody adds \"Bob pays Carol 3\".",
                "Three of five are a quorum: block 1 is decided, its round is over, and the next one begins.");
    }

    private void answer(int voter, Outcome outcome) {
        votes.get(voter).then().accept(outcome);
    }

    private void sameBlocks(List<String> expected, String what, String why) {
        Explain.same(expected, proposer.texts(), what + " Which blocks are in the proposer's chain?", why);
    }

    @Test
    @DisplayName("Two votes of five decide nothing.")
    void twoAreNotEnough() {
        answer(0, Reply.ACK);
        sameBlocks(
                List.of(),
                "The proposer has voted itself, and one of four others has answered ACK: two votes of five.",
                "A quorum of five is three. Two others could do the same with another block at the same time.");
        Explain.same(List.of(), told, "What was the user told?", "Nothing is decided, so nothing may be said.");
    }

    @Test
    @DisplayName("Three votes of five decide the batch, and its user is told.")
    void threeAreAQuorum() {
        answer(0, Reply.ACK);
        answer(1, Reply.ACK);
        sameBlocks(
                List.of("Alice pays Bob 5"),
                "The proposer has voted itself, and two of four others have answered ACK: three votes of five.",
                "A quorum has voted. What has to happen in Round.decided does not happen by itself.");
        Explain.that(
                told.size() == 1 && told.get(0) instanceof AddOutcome.Added,
                "The block is decided. The user was told " + told + ".",
                "The user is told exactly once that the data was added.");
    }

    @Test
    @DisplayName("One member has one vote, however often its answer comes.")
    void oneMemberHasOneVote() {
        answer(2, Reply.ACK);
        answer(2, Reply.ACK);
        answer(2, Reply.ACK);
        sameBlocks(
                List.of(),
                "One member was asked again, because its answer was late; its ACK came three times.",
                "Count members, not answers: `yes` is a set.");
    }

    @Test
    @DisplayName("A refusal and silence are no votes.")
    void onlyAcksCount() {
        answer(0, new Reply.Refusal("the next decision here is 0"));
        answer(1, new Outcome.Silence("no reply within 10 s"));
        answer(2, new Reply.Refusal("this node has just started"));
        answer(3, new Reply.Refusal("this node is no member"));
        sameBlocks(
                List.of(),
                "Four members were asked. Three refused, and one said nothing.",
                "Only Reply.Ack is a vote. An answer is not a yes.");
    }

    /** How many messages the proposer sends in the next 300 ms that say what is decided, and thereby that it is there. */
    private int heartbeats() {
        proposer.asked.clear();
        proposer.time.advance(Duration.ofMillis(300));
        return proposer.taken(BallotCommand.Decide.class).size();
    }

    @Test
    @DisplayName("An answer that is no vote is a sign of life all the same.")
    void everyAnswerIsASignOfLife() {
        for (int i = 0; i < 30; i++) {
            votes.forEach(vote -> vote.then().accept(new Reply.Refusal("this node has just started")));
            proposer.time.advance(Duration.ofMillis(100));
            votes = proposer.taken(BallotCommand.Propose.class);
        }
        Explain.that(
                heartbeats() > 0,
                "For 3 s four members answered that they cannot vote yet. The proposer has given up its place meanwhile.",
                "They have not voted, and they are there: tell `heard` of every answer. A proposer that hears of no quorum for"
                        + " 2 s stops, and an election begins for nothing.");
    }

    @Test
    @DisplayName("A vote is a sign of life, too.")
    void aVoteIsASignOfLife() {
        for (int i = 0; i < 30; i++) {
            answer(0, Reply.ACK);
            answer(1, new Reply.Refusal("this node has just started"));
            proposer.time.advance(Duration.ofMillis(100));
        }
        Explain.that(
                heartbeats() > 0,
                "For 3 s one member voted, whenever it was asked, and another answered that it cannot vote yet. The proposer has"
                        + " given up its place meanwhile.",
                "With itself it hears of three members of five, which is a quorum: tell `heard` of every answer, first.");
    }

    @Test
    @DisplayName("An answer that tells of a higher ballot ends the proposer.")
    void anOutbidEndsIt() {
        answer(0, new BallotReply.Outbid(OneMember.ballot(9, "p2")));
        Explain.same(
                0,
                heartbeats(),
                "A member answered that it has promised the ballot 9 of p2. How many messages did the proposer send in the next"
                        + " 300 ms to say that it is there?",
                "Tell `heard` of every answer, also of one that is no vote: it knows what to do about an outbid. Somebody else"
                        + " is, or will be, the proposer.");
    }

    @Test
    @DisplayName("A member that repeats its vote when the quorum is complete decides nothing anew.")
    void aVoteThatIsRepeatedAtTheQuorum() {
        answer(0, Reply.ACK);
        answer(1, Reply.ACK);
        List<OneMember.Asked> second = proposedAfterBlock1();
        answer(1, Reply.ACK);
        proposer.add("Carol pays Dave 1", told::add);
        Explain.same(
                0,
                proposer.taken(BallotCommand.Propose.class).size(),
                "Block 1 is decided by three votes. While block 2 is voted on, one of these three comes a second time. Then"
                        + " somebody adds \"Carol pays Dave 1\". How many members are asked for another vote?",
                "A round is decided once. Is this round still the one in the field `round`? Otherwise it ends the round of"
                        + " block 2.");
        second.get(0).then().accept(Reply.ACK);
        second.get(1).then().accept(Reply.ACK);
        sameBlocks(
                List.of("Alice pays Bob 5", "Bob pays Carol 3"),
                "Then block 2 gets its votes.",
                "It is decided by its own votes.");
    }

    @Test
    @DisplayName("What is added while votes are counted is proposed as soon as they are a quorum.")
    void theNextBatchBeginsWhenThisOneIsDecided() {
        proposer.add("Bob pays Carol 3", told::add);
        Explain.same(
                0,
                proposer.taken(BallotCommand.Propose.class).size(),
                "While block 1 is voted on, somebody adds \"Bob pays Carol 3\". How many members are asked for another vote?",
                "One batch at a time: it waits.");
        answer(0, Reply.ACK);
        answer(1, Reply.ACK);
        List<OneMember.Asked> second = next(
                "Then block 1 gets its third vote, and nobody adds anything more.",
                "`decided` proposes what has gathered meanwhile, unless a round is under way. Is the field `round` empty by"
                        + " then? If not, this add waits until somebody adds something else.");
        second.get(0).then().accept(Reply.ACK);
        second.get(1).then().accept(Reply.ACK);
        sameBlocks(
                List.of("Alice pays Bob 5", "Bob pays Carol 3"),
                "Block 2 gets its votes, too.",
                "Its round is in the field `round`: nothing may empty that before its own votes are a quorum.");
    }

    @Test
    @DisplayName("A vote for a batch that is decided already does not count for the next one.")
    void lateVotesAreForTheirOwnRound() {
        answer(0, Reply.ACK);
        answer(1, Reply.ACK);
        List<OneMember.Asked> second = proposedAfterBlock1();
        answer(2, Reply.ACK);
        answer(3, Reply.ACK);
        sameBlocks(
                List.of("Alice pays Bob 5"),
                "Block 1 is decided, and votes on block 2 are asked for. Then two late votes for block 1 come.",
                "Each Round counts its own votes. What does a round that is over do with a late one? See the field `round`.");
        proposer.add("Carol pays Dave 1", told::add);
        Explain.same(
                List.of(),
                proposer.taken(BallotCommand.Propose.class).stream()
                        .map(OneMember.Asked::command)
                        .toList(),
                "Block 2 is still being voted on, and somebody adds \"Carol pays Dave 1\". What is proposed meanwhile?",
                "Nothing: it would be another batch for the same place under the same ballot, and both could be decided."
                        + " A late vote for block 1 must not end the round of block 2.");
        second.get(0).then().accept(Reply.ACK);
        second.get(1).then().accept(Reply.ACK);
        sameBlocks(
                List.of("Alice pays Bob 5", "Bob pays Carol 3"),
                "Then two votes for block 2 come: with the proposer's own three of five.",
                "Block 2 is decided by its own votes. A round that was ended by another one's votes never is.");
    }
}
