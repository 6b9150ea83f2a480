package org.naivechain.gossip;

import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.gossip.Rumour.State;
import org.naivechain.learn.Explain;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;

class IAmStillHereCheck {
    private static final Height HEIGHT = new Height(9, 1, Block.GENESIS.hash());
    private static final Peer C = new Peer(new PeerId("C"), new PeerAddress("127.0.0.1", 15005));

    private final Self self = new Self(C, new GossipListener() {
        @Override
        public Height height() {
            return HEIGHT;
        }

        @Override
        public List<Peer> registered() {
            return List.of();
        }

        @Override
        public void heard(Rumour rumour) {}

        @Override
        public void grown(Rumour rumour) {}
    });

    private static Rumour said(State state, long incarnation) {
        return said(state, incarnation, HEIGHT);
    }

    private static Rumour said(State state, long incarnation, Height height) {
        return new Rumour(C.id(), C.address(), incarnation, state, height);
    }

    private static String text(Rumour rumour) {
        return rumour.state() + " in incarnation " + rumour.incarnation();
    }

    /** C hears something of itself, and says something of itself afterwards. */
    private void says(String expected, Rumour heard, String why) {
        String before = text(self.rumour());
        boolean contradicted = self.contradict(heard);
        Explain.same(
                expected,
                text(self.rumour()),
                "C says of itself: " + before + ". It hears that it is " + text(heard) + ". Now it says:",
                why);
        Explain.same(
                !before.equals(expected),
                contradicted,
                "C says of itself: " + before + ". It hears that it is " + text(heard) + ". `contradict` answers:",
                "True if it has raised its incarnation, and only then.");
    }

    @Test
    @DisplayName("A node contradicts that it is suspect or gone")
    void contradictsASuspicion() {
        says("ALIVE in incarnation 1", said(State.SUSPECT, 0), "The higher incarnation is right, so C raises its own.");
        says("ALIVE in incarnation 2", said(State.GONE, 1), "It is called again, and contradicts again.");
        Rumour now = self.rumour();
        Explain.same(
                text(now),
                text(now.over(said(State.GONE, 1))),
                "Somebody believes that C is GONE in incarnation 1, and hears what C says. It believes:",
                "That is what the contradiction is for.");
    }

    @Test
    @DisplayName("A node does not contradict what is right, or old")
    void doesNotContradictWhatIsRightOrOld() {
        says(
                "ALIVE in incarnation 0",
                said(State.ALIVE, 0),
                "They are right. Raising the incarnation would be news for all, without end.");
        says(
                "ALIVE in incarnation 5",
                said(State.SUSPECT, 4),
                "Say one more than what was said, not than your own: below 5 nobody believes C.");
        says(
                "ALIVE in incarnation 5",
                said(State.SUSPECT, 4),
                "This was contradicted already. Old words go round for a while.");
        says("ALIVE in incarnation 5", said(State.GONE, 2), "This is older still.");
    }

    @Test
    @DisplayName("A node that was restarted goes above the incarnation of its former life")
    void goesAboveItsFormerLife() {
        says(
                "ALIVE in incarnation 8",
                said(State.GONE, 7),
                "C was restarted and counts from 0. The others know it as gone in incarnation 7, and believe nothing below 8.");
    }

    @Test
    @DisplayName("Even praise from a former life is contradicted")
    void praiseOfAFormerLifeIsContradicted() {
        says(
                "ALIVE in incarnation 8",
                said(State.ALIVE, 7),
                "The state is right, but of incarnation 7 C knows nothing. What it says below 8, such as how long its chain is, is"
                        + " not heard.");
    }

    @Test
    @DisplayName("One more than its own is not its own")
    void oneMoreIsNotItsOwn() {
        says("ALIVE in incarnation 2", said(State.SUSPECT, 1), "It never was in incarnation 1: it goes above that.");
    }

    @Test
    @DisplayName("A node that has left does not contradict that it is gone")
    void whoHasLeftStaysGone() {
        self.leave();
        says("GONE in incarnation 1", said(State.GONE, 1), "It said so itself.");
        says("GONE in incarnation 2", said(State.ALIVE, 1), "It is not alive: it has said goodbye, and says it again.");
    }

    @Test
    @DisplayName("A node knows better than others how long its chain is")
    void theHeightIsItsOwn() {
        says(
                "ALIVE in incarnation 1",
                said(State.SUSPECT, 0, new Height(12, 1, Block.GENESIS.hash())),
                "C has 9 blocks, and others say 12. If C takes that over from them, its chain looks as if it had shrunk to"
                        + " 9, and `rumour()` raises the incarnation once more.");
    }

    @Test
    @DisplayName("No liar makes a node run out of incarnations")
    void aLeapIsNotAnswered() {
        says(
                "ALIVE in incarnation 0",
                said(State.GONE, Rumour.MAX_INCARNATION),
                "Above the last incarnation there is none: C could never contradict again.");
        says(
                "ALIVE in incarnation " + (Table.MAX_LEAP + 1),
                said(State.GONE, Table.MAX_LEAP),
                "A leap of exactly Table.MAX_LEAP is not more than Table.MAX_LEAP. Others believe it, so C must answer.");
        says(
                "ALIVE in incarnation " + (Table.MAX_LEAP + 1),
                said(State.GONE, 2 * Table.MAX_LEAP + 2),
                "Nobody contradicts a million times. Others do not believe such a leap either (`Table.objection`).");
    }

    @Test
    @DisplayName("What is too far is measured from the node's own incarnation")
    void aLeapIsADifference() {
        says(
                "ALIVE in incarnation " + (Table.MAX_LEAP + 1),
                said(State.GONE, Table.MAX_LEAP),
                "A leap of exactly Table.MAX_LEAP is answered.");
        says(
                "ALIVE in incarnation " + (Table.MAX_LEAP + 2),
                said(State.SUSPECT, Table.MAX_LEAP + 1),
                "This names C's own incarnation, and is no leap at all. If C stays silent, it is taken for gone.");
        says(
                "ALIVE in incarnation " + (2 * Table.MAX_LEAP + 3),
                said(State.GONE, 2 * Table.MAX_LEAP + 2),
                "Again a leap of exactly Table.MAX_LEAP, from where C is now.");
    }

    /** No test gets there by leaps. */
    @Test
    @DisplayName("The last incarnation is not contradicted, as there is none above it")
    void theLastIncarnationIsTheLast() throws ReflectiveOperationException {
        Method become = Self.class.getDeclaredMethod("become", long.class, State.class, Height.class);
        become.setAccessible(true);
        become.invoke(self, Rumour.MAX_INCARNATION - 5, State.ALIVE, HEIGHT);
        says(
                "ALIVE in incarnation " + (Rumour.MAX_INCARNATION - 5),
                said(State.GONE, Rumour.MAX_INCARNATION),
                "Nothing counts more than Rumour.MAX_INCARNATION. If C goes there, it can never contradict again.");
        become.invoke(self, Rumour.MAX_INCARNATION, State.ALIVE, HEIGHT);
        says(
                "ALIVE in incarnation " + Rumour.MAX_INCARNATION,
                said(State.GONE, Rumour.MAX_INCARNATION),
                "C is at the last incarnation, and raises nothing. If it answers true, it tells all of it, without end.");
    }
}
