package org.naivechain.gossip;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.gossip.Rumour.State;
import org.naivechain.learn.Explain;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;

class WhoseWordCountsCheck {
    private static Rumour rumour(long incarnation, State state, long length) {
        return rumour(incarnation, state, new Height(length, 1, Block.GENESIS.hash()));
    }

    private static Rumour rumour(long incarnation, State state, Height height) {
        return new Rumour(new PeerId("C"), new PeerAddress("127.0.0.1", 15005), incarnation, state, height);
    }

    private static String text(Rumour rumour) {
        return rumour.state() + " in incarnation " + rumour.incarnation() + " with "
                + rumour.height().length() + " blocks";
    }

    private static void believes(Rumour expected, Rumour heard, Rumour known, String why) {
        Explain.same(
                text(expected),
                text(heard.over(known)),
                "Known of C: " + text(known) + ". Heard: " + text(heard) + ".",
                why);
    }

    @Test
    @DisplayName("The higher incarnation is right in everything")
    void theHigherIncarnationIsRight() {
        Rumour gone = rumour(3, State.GONE, 9);
        Rumour back = rumour(4, State.ALIVE, 2);

        believes(back, back, gone, "C itself has raised its incarnation: that is how it says that it is there.");
        believes(back, gone, back, "This is old: C has contradicted it already. Messages overtake each other.");
    }

    @Test
    @DisplayName("Of one incarnation the worse state counts")
    void theWorseStateCounts() {
        List<Rumour> worseAndWorse =
                List.of(rumour(3, State.ALIVE, 9), rumour(3, State.SUSPECT, 9), rumour(3, State.GONE, 9));
        for (int better = 0; better < 3; better++) {
            for (int worse = better + 1; worse < 3; worse++) {
                Rumour good = worseAndWorse.get(better);
                Rumour bad = worseAndWorse.get(worse);
                believes(bad, bad, good, "Only C may contradict, and it would raise its incarnation.");
                believes(
                        bad,
                        good,
                        bad,
                        "Whoever says this has not heard of the suspicion yet. C has contradicted nothing.");
            }
        }
    }

    @Test
    @DisplayName("Of one incarnation the longer chain counts, whatever the state")
    void theLongerChainCounts() {
        believes(
                rumour(3, State.SUSPECT, 9),
                rumour(3, State.SUSPECT, 7),
                rumour(3, State.ALIVE, 9),
                "That C is suspect is news. Its 9 blocks it has all the same: chains do not shrink within an incarnation.");
        believes(
                rumour(3, State.SUSPECT, 9),
                rumour(3, State.ALIVE, 9),
                rumour(3, State.SUSPECT, 7),
                "That C has 9 blocks is news. That makes it no less suspect.");
    }

    @Test
    @DisplayName("Of two chains that are equally long the one with the later list of members is further")
    void theLaterVersionCounts() {
        Rumour early = rumour(3, State.ALIVE, new Height(9, 1, Block.GENESIS.hash()));
        Rumour late = rumour(3, State.ALIVE, new Height(9, 2, Block.GENESIS.hash()));
        Explain.same(
                2L,
                late.over(early).height().version(),
                "Known of C: 9 blocks and version 1 of the list of members. Heard: 9 blocks and version 2. The version"
                        + " that is believed:",
                "A change of the members adds no block. Only the version tells that C has got it (`Height.isBeyond`).");
        Explain.same(
                2L,
                early.over(late).height().version(),
                "Known of C: 9 blocks and version 2 of the list of members. Heard: 9 blocks and version 1. The version"
                        + " that is believed:",
                "What was heard is older: the list of members has only become newer since.");
    }

    @Test
    @DisplayName("Another head at the same height is no news")
    void anotherHeadIsNoNews() {
        Block one = Block.GENESIS.next(BlockData.of("one"));
        Block other = Block.GENESIS.next(BlockData.of("other"));
        Rumour known = rumour(3, State.ALIVE, new Height(2, 1, one.hash()));
        Rumour heard = rumour(3, State.ALIVE, new Height(2, 1, other.hash()));
        Explain.that(
                heard.over(known) == known && known.over(heard) == heard,
                "Known of C: 2 blocks, the last of them " + known.height().head()
                        + ". Heard: 2 blocks, the last of them "
                        + heard.height().head() + ". Expected is the very object that was known; this came: "
                        + heard.over(known),
                "Neither is further than the other. A node that knows the one and a node that knows the other would"
                        + " pass both on to each other for ever.");
    }

    @Test
    @DisplayName("Within an incarnation the address stays the one that was known")
    void theKnownAddressStays() {
        PeerAddress known = new PeerAddress("127.0.0.1", 15005);
        PeerAddress other = new PeerAddress("127.0.0.1", 15099);
        Height height = new Height(9, 1, Block.GENESIS.hash());
        Rumour suspect = new Rumour(new PeerId("C"), other, 3, State.SUSPECT, height);
        Rumour longer = new Rumour(new PeerId("C"), other, 3, State.ALIVE, new Height(12, 1, Block.GENESIS.hash()));

        for (Rumour heard : List.of(suspect, longer)) {
            Explain.same(
                    known,
                    heard.over(rumour(3, State.ALIVE, 9)).address(),
                    "Known of C: ALIVE in incarnation 3 with 9 blocks, at " + known + ". Heard: " + text(heard)
                            + ", at " + other + ". The address that is believed:",
                    "C itself names its address, and does so with a new incarnation. Whoever gossips could send all to another.");
        }
        Rumour moved = new Rumour(new PeerId("C"), other, 4, State.ALIVE, height);
        Explain.same(
                other,
                moved.over(rumour(3, State.GONE, 9)).address(),
                "Known of C: GONE in incarnation 3, at " + known + ". Heard: " + text(moved) + ", at " + other
                        + ". The address that is believed:",
                "The higher incarnation is right in everything.");
    }

    @Test
    @DisplayName("What says nothing new gives back the very object that was known")
    void nothingNewIsTheSameObject() {
        Rumour known = rumour(3, State.SUSPECT, 9);
        for (Rumour heard : List.of(
                rumour(3, State.SUSPECT, 9),
                rumour(3, State.ALIVE, 9),
                rumour(3, State.SUSPECT, 7),
                rumour(2, State.GONE, 12))) {
            Explain.that(
                    heard.over(known) == known,
                    "Known of C: " + text(known) + ". Heard: " + text(heard) + ". The answer is another object: "
                            + heard.over(known),
                    "The callers compare with `==`. They would take this for news, pass it on, and never come to an end.");
        }
    }

    @Test
    @DisplayName("All nodes that heard the same believe the same, whatever the order")
    void theOrderDoesNotMatter() {
        List<Rumour> heard = new ArrayList<>();
        for (long incarnation = 0; incarnation < 2; incarnation++) {
            for (State state : State.values()) {
                heard.add(rumour(incarnation, state, 5));
                heard.add(rumour(incarnation, state, 6));
            }
        }
        for (Rumour one : heard) {
            for (Rumour two : heard) {
                Explain.same(
                        text(two.over(one)),
                        text(one.over(two)),
                        "Heard of C: first " + text(one) + ", then " + text(two)
                                + " - and at another node the other way round.",
                        "The two nodes would believe different things for ever: each takes the other's word for old.");
                for (Rumour three : heard) {
                    Explain.same(
                            text(three.over(two.over(one))),
                            text(one.over(three.over(two))),
                            "Three rumours of C, in two orders: " + text(one) + "; " + text(two) + "; " + text(three)
                                    + ".",
                            "What a node believes must not depend on whom it spoke with first.");
                }
            }
        }
    }
}
