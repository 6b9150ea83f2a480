package org.naivechain.consensus.majority;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.learn.Explain;
import org.naivechain.protocol.Reply;
import org.naivechain.simulation.Build;
import org.naivechain.simulation.Fault;
import org.naivechain.simulation.Plan;
import org.naivechain.simulation.Report;
import org.naivechain.simulation.Trial;

class HalfOfFourCheck {
    @Test
    @DisplayName("Four members that a cable splits into two and two decide nothing.")
    void twoAndTwo() {
        List<String> here = decidedWithOneOther("added here");
        List<String> there = decidedWithOneOther("added there");
        Explain.that(
                here.isEmpty() || there.isEmpty(),
                "Four members, two on each side of a broken cable. On one side block 1 is decided as " + here
                        + ", on the other side as " + there + ": the chain has forked.",
                "Draw the four. How many votes did each side have, and do two such sets share a member?");
        Explain.same(List.of(), here, "Two of four members voted. What is decided?", "Two others could do the same.");
    }

    /** What is decided by one of four members and one other, which answers everything with yes. */
    private static List<String> decidedWithOneOther(String text) {
        OneMember member = new OneMember(4);
        member.stand().get(0).then().accept(member.promise());
        member.add(text, outcome -> {});
        member.taken(BallotCommand.Propose.class).stream()
                .limit(1)
                .forEach(vote -> vote.then().accept(Reply.ACK));
        return member.texts();
    }

    @Test
    @DisplayName("Half of the members decides nothing, whatever even number they are.")
    void halfIsNoQuorum() {
        for (int members : List.of(2, 4, 6)) {
            OneMember member = new OneMember(members);
            int others = members / 2 - 1;
            member.stand().stream().limit(others).forEach(each -> each.then().accept(member.promise()));
            member.add("text", outcome -> {});
            member.taken(BallotCommand.Propose.class).stream()
                    .limit(others)
                    .forEach(vote -> vote.then().accept(Reply.ACK));
            Explain.same(
                    List.of(),
                    member.texts(),
                    "Of " + members + " members " + (others + 1) + " have promised and voted. What is decided?",
                    "The other half could decide something else. Which formula is right for 2, 4, and 6?");
        }
    }

    @Test
    @DisplayName("A bare majority decides: two of three members, three of four, three of five.")
    void majoritiesDecide() {
        for (int members : List.of(3, 4, 5)) {
            OneMember member = new OneMember(members);
            int othersNeeded = members / 2;
            List<OneMember.Asked> promises = member.stand();
            promises.stream().limit(othersNeeded).forEach(each -> each.then().accept(member.promise()));
            member.add("text", outcome -> {});
            member.taken(BallotCommand.Propose.class).stream()
                    .limit(othersNeeded)
                    .forEach(vote -> vote.then().accept(Reply.ACK));
            Explain.same(
                    List.of("text"),
                    member.texts(),
                    "Of " + members + " members " + (othersNeeded + 1)
                            + " have promised and voted, the proposer included. What is decided?",
                    "A majority is enough: it must not take more members than that, or fewer may fail.");
        }
    }

    @Test
    @DisplayName("A simulated network of four keeps every promise while it is split (seed 4).")
    void seed() {
        Report report = Trial.run(
                new Plan(4, 4, Duration.ofSeconds(20), Set.of(Fault.CRASH, Fault.PARTITION)),
                Build.MAJORITY,
                passed -> {});
        Explain.that(
                report.violation().isEmpty(),
                "Four nodes, 20 s with crashes and partitions, seed 4: "
                        + report.violation().map(Object::toString).orElse(""),
                "Any two quorums must share a member.");
    }
}
