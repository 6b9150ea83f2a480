package org.naivechain.consensus.majority;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.learn.Explain;
import org.naivechain.ledger.Batch;
import org.naivechain.ledger.Durability;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.Reply;
import org.naivechain.simulation.Build;
import org.naivechain.simulation.Fault;
import org.naivechain.simulation.Plan;
import org.naivechain.simulation.Report;
import org.naivechain.simulation.Trial;

/** One of three members, whose disk is slow: what it writes is on the disk when the check says so. */
class ForgottenVoteCheck {
    private static final Ballot P1 = OneMember.ballot(1, "p1");
    private static final Ballot P2 = OneMember.ballot(2, "p2");

    private final List<Runnable> waiting = new ArrayList<>();
    private final Durability disk = waiting::add;
    private final MemoryBallotBox memory = new MemoryBallotBox();
    private final MemoryBallotBox onDisk = new MemoryBallotBox();

    private void sync() {
        memory.copyTo(onDisk);
        List<Runnable> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(Runnable::run);
    }

    @Test
    @DisplayName("No two blocks are decided for one index, though a member loses its power at the worst moment.")
    void theWorstMoment() {
        OneMember member = new OneMember(3, memory, disk);
        List<Reply> toP1 = new ArrayList<>();
        Batch a = member.next("a");
        member.receive(new BallotCommand.Propose(P1, a), toP1::add);
        boolean isDecided = toP1.contains(Reply.ACK);

        // The power fails: what is not on the disk is gone, and p1 is gone, too.
        waiting.clear();
        MemoryBallotBox afterwards = new MemoryBallotBox();
        onDisk.copyTo(afterwards);
        OneMember again = new OneMember(3, afterwards, Durability.NONE);
        List<Reply> toP2 = new ArrayList<>();
        again.receive(OneMember.prepare(P2, new Position(1, 1)), toP2::add);
        boolean tells = toP2.get(0) instanceof BallotReply.Promised promised
                && promised.vote().isPresent();

        Explain.that(
                !isDecided || tells,
                "p1 proposed \"a\" as block 1, and this member answered ACK: with p1's own vote two of three, so \"a\" is decided,"
                        + " and p1 told its user so. Then p1 and this member lost their power. Started again, this member"
                        + " tells the candidate p2: " + toP2.get(0)
                        + ". It does not know of its vote. p2 proposes \"b\", and two blocks are decided for index 1.",
                "A vote that a crash forgets was none. When did the answer leave, and when was the vote on the disk?");
    }

    @Test
    @DisplayName("The vote is written at once; only its answer waits.")
    void writesTheVoteAtOnce() {
        OneMember member = new OneMember(3, memory, disk);
        Batch a = member.next("a");
        List<Reply> answers = new ArrayList<>();
        member.receive(new BallotCommand.Propose(P1, a), answers::add);
        Explain.same(
                Optional.of(new Vote(P1, a)),
                memory.vote(),
                "A member was asked for its vote, and its disk has not been synced yet. Which vote has it written?",
                "`whenDurable` waits for what was written before it was called. A vote that is written only in the callback"
                        + " goes with no sync, and its answer rests on nothing.");
        sync();
        Explain.same(
                List.of(Reply.ACK),
                answers,
                "The vote was written, and the disk has been synced once. What has been answered?",
                "The answer waits for one sync, and then it leaves.");
    }

    @Test
    @DisplayName("Every answer leaves in the end, when the disk has what it rests on.")
    void answersInTheEnd() {
        OneMember member = new OneMember(3, memory, disk);
        List<Reply> answers = new ArrayList<>();
        member.receive(new BallotCommand.Propose(P1, member.next("a")), answers::add);
        member.receive(OneMember.prepare(P1, new Position(1, 1)), answers::add);
        sync();
        sync();
        Explain.same(
                2,
                answers.size(),
                "A member was asked for a vote and for a promise, and its disk has been synced. How many answers have left?",
                "An answer that never leaves makes the network safe, and useless.");
    }

    @Test
    @DisplayName("A simulated network keeps every promise while members crash (seed 87).")
    void seed() {
        Report report = Trial.run(
                new Plan(3, 87, Duration.ofSeconds(20), Set.of(Fault.CRASH, Fault.PARTITION)),
                Build.MAJORITY,
                passed -> {});
        Explain.that(
                report.violation().isEmpty(),
                "Three nodes, 20 s with crashes and partitions, seed 87: "
                        + report.violation().map(Object::toString).orElse(""),
                "The same seed gives the same run. What has a node said before it crashed, that it does not know afterwards?");
    }
}
