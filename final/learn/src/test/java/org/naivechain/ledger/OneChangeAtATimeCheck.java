package org.naivechain.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.learn.Explain;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;

class OneChangeAtATimeCheck {
    private static final Peer A = peer("A", 15001);
    private static final Peer B = peer("B", 15003);
    private static final Peer C = peer("C", 15005);
    private static final Peer D = peer("D", 15007);

    private final Membership abc = new Membership(4, 7, List.of(A, B, C));

    private static Peer peer(String id, int port) {
        return new Peer(new PeerId(id), new PeerAddress("127.0.0.1", port));
    }

    /** Requires that a change is refused, and that the user is told why. */
    private static void refuses(String message, Runnable change, String what, String why) {
        AtomicReference<String> told = new AtomicReference<>();
        Explain.refuses(
                IllegalArgumentException.class,
                () -> {
                    try {
                        change.run();
                    } catch (IllegalArgumentException e) {
                        told.set(e.getMessage());
                        throw e;
                    }
                },
                what,
                why);
        Explain.same(
                message,
                told.get(),
                what + " It was refused. The message:",
                "Users read it in the answer to their request. The exercise prints the three messages.");
    }

    @Test
    @DisplayName("A change gives the next version, with one member more or less, from the present length on")
    void changesOneMember() {
        Explain.same(
                Optional.of(new Membership(5, 9, List.of(A, B, C, D))),
                abc.after(Change.add(D), 9),
                "Version 4 has A, B, and C. With 9 blocks decided D is added:",
                "Version 5 begins at length 9, and has one member more, at the end of the list.");
        Explain.same(
                Optional.of(new Membership(5, 9, List.of(A, C))),
                abc.after(Change.remove(B), 9),
                "Version 4 has A, B, and C. With 9 blocks decided B is removed:",
                "Version 5 begins at length 9, and has one member less.");
    }

    @Test
    @DisplayName("A change that is made already changes nothing")
    void whatIsSoAlreadyChangesNothing() {
        Explain.same(
                Optional.empty(),
                abc.after(Change.add(B), 9),
                "B is a member, and is to be added:",
                "A request may come twice, because an answer was lost. The second must not be decided again.");
        Explain.same(
                Optional.empty(),
                abc.after(Change.remove(D), 9),
                "D is no member, and is to be removed:",
                "It is as wanted.");
        Peer elsewhere = peer("B", 15009);
        Explain.same(
                Optional.empty(),
                abc.after(Change.remove(elsewhere), 9),
                "B is a member at port 15003. B at port 15009 is to be removed:",
                "At 15009 there may be a copy of B's data that stops. The member at 15003 goes on, and must keep its vote.");
    }

    @Test
    @DisplayName("The last member cannot leave")
    void theLastMemberStays() {
        refuses(
                "the last member cannot leave: A at 127.0.0.1:15001",
                () -> new Membership(2, 3, List.of(A)).after(Change.remove(A), 3),
                "A is the only member, and is to be removed.",
                "Nobody would be left to decide anything, not even that somebody may join.");
    }

    @Test
    @DisplayName("A network does not grow beyond its limit")
    void keepsTheLimit() {
        List<Peer> many = new ArrayList<>();
        for (int i = 0; i < Membership.MAX_MEMBERS; i++) {
            many.add(peer("M" + i, 20_000 + i));
        }
        refuses(
                "the network has " + Membership.MAX_MEMBERS + " members, which is the limit",
                () -> new Membership(60, 9, many).after(Change.add(A), 9),
                "The network has " + Membership.MAX_MEMBERS + " members, the limit, and A is to be added.",
                "Each member speaks with each.");
    }

    @Test
    @DisplayName("A newcomer does not push a member out")
    void aNewcomerPushesNobodyOut() {
        for (Peer newcomer : List.of(peer("D", 15003), peer("B", 15007))) {
            refuses(
                    B + " is a member, and must be removed before " + newcomer + " can come",
                    () -> abc.after(Change.add(newcomer), 9),
                    "B is a member at port 15003, and " + newcomer + " is to be added.",
                    "The members A, B, C would become A, " + newcomer.id()
                            + ", C in one step: two changes at once. B has to"
                            + " be removed first, which is a decision of its own.");
        }
    }

    @Test
    @DisplayName("Any majority before a change shares a member with any majority after it")
    void majoritiesOverlap() {
        List<Peer> nodes = List.of(A, B, C, D, peer("E", 15003), peer("A", 15011));
        for (int set = 1; set < 1 << 4; set++) {
            List<Peer> members = chosen(nodes, set);
            Membership before = new Membership(4, 7, members);
            for (Peer peer : nodes) {
                for (Change change : List.of(Change.add(peer), Change.remove(peer))) {
                    next(before, change).ifPresent(after -> requireOverlap(before, after, change));
                }
            }
        }
    }

    private static Optional<Membership> next(Membership before, Change change) {
        try {
            return before.after(change, 9);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void requireOverlap(Membership before, Membership after, Change change) {
        for (List<Peer> one : majorities(before)) {
            for (List<Peer> other : majorities(after)) {
                Explain.that(
                        one.stream().anyMatch(other::contains),
                        "Before: " + before.members() + ". The change: " + change + ". After: " + after.members()
                                + ". Now " + one + " are a majority of before, and " + other
                                + " are a majority of after.",
                        "They have no member in common. A new proposer that asks the first for promises hears of nothing that"
                                + " the others have decided, and could have another block decided at the same index.");
            }
        }
    }

    private static List<List<Peer>> majorities(Membership membership) {
        List<List<Peer>> majorities = new ArrayList<>();
        for (int set = 1; set < 1 << membership.size(); set++) {
            if (Integer.bitCount(set) > membership.size() / 2) {
                majorities.add(chosen(membership.members(), set));
            }
        }
        return majorities;
    }

    private static List<Peer> chosen(List<Peer> from, int set) {
        List<Peer> chosen = new ArrayList<>();
        for (int i = 0; i < from.size(); i++) {
            if ((set & 1 << i) != 0) {
                chosen.add(from.get(i));
            }
        }
        return chosen;
    }
}
