package org.naivechain.consensus.stake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.learn.Explain;
import org.naivechain.ledger.Contexts;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.ledger.MemoryKeptBlocks;
import org.naivechain.ledger.MemoryMemberships;
import org.naivechain.ledger.MemoryReceipts;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerStore;
import org.naivechain.protocol.PeerTable;
import org.naivechain.protocol.Time;
import org.naivechain.simulation.VirtualTime;

class ExpelledCheck {
    private static final Peer SELF = new Peer(new PeerId("self"), new PeerAddress("127.0.0.1", 15001));

    private final Holders holders = new Holders(1, 1, 1);
    private final Stakes stakes = holders.stakes();
    private final Signatures signatures = new Signatures(stakes);
    private final VirtualTime time = new VirtualTime();

    /** The clock of the node, which can be set back. */
    private final class Clock implements Time {
        private Duration back = Duration.ZERO;

        @Override
        public Instant now() {
            return time.now().minus(back);
        }

        @Override
        public Timer after(Duration delay, Runnable action) {
            return time.after(delay, action);
        }
    }

    private final Clock clock = new Clock();

    /** What holder 1 has signed, at all its nodes. */
    private final List<Block> signed = new ArrayList<>();

    /** A node of holder 1, with a chain that has only the genesis block. */
    private final class Started {
        final StakeRules rules = new StakeRules(stakes, signatures, clock::now);
        final LedgerContext context = Contexts.of(
                new Ledger(
                        KeptChain.over(new MemoryKeptBlocks(), rules), new MemoryReceipts(), new MemoryMemberships()),
                new PeerTable(SELF, PeerStore.inMemory()),
                (to, command, then) -> {},
                clock);
        final StakeSealer sealer = new StakeSealer(context, stakes, signatures, rules, Optional.of(holders.key(1)));

        void seal() {
            sealer.seal(context.chain().head(), Optional.empty(), block -> {
                signed.add(block);
                context.ledger().adopt(List.of(block), Map.of());
                seal();
            });
        }
    }

    private void goTo(long slot) {
        Duration until = stakes.until(slot, time.now()).plusMillis(100);
        time.advance(until.isNegative() ? Duration.ZERO : until);
    }

    private static StakeSeal seal(Block block) {
        return StakeSeal.parse(block.seal().orElseThrow()).orElseThrow();
    }

    private long signaturesFor(long slot) {
        return signed.stream().filter(block -> seal(block).slot() == slot).count();
    }

    private void once(long slot, String what) {
        Explain.that(
                signaturesFor(slot) < 2,
                what + " Then it signed a second block for slot " + slot + ".",
                "Others have heard of the first one. The two signatures are a proof, and the holder has no turns any more.");
    }

    private void signsIn(long slot, String what) {
        Explain.that(
                signaturesFor(slot) == 1,
                what + " It should sign a block for slot " + slot + ", its next turn, and signed " + signaturesFor(slot)
                        + ".",
                "A holder that does not use its turns is of no use to the network.");
    }

    @Test
    @DisplayName("A node signs one block in each of its turns.")
    void eachTurn() {
        new Started().seal();
        for (int i = 0, from = 1; i < 3; i++) {
            long turn = holders.turn(1, from);
            goTo(turn);
            signsIn(turn, "The node runs, and nothing fails.");
            from = (int) turn + 1;
        }
    }

    @Test
    @DisplayName("A node that starts again in the slot for which it has signed does not sign for it again.")
    void restart() {
        long turn = holders.turn(1, 1);
        Started first = new Started();
        first.seal();
        goTo(turn);
        signsIn(turn, "The node runs.");
        first.sealer.stop();

        // A spare, with an empty chain.
        Started again = new Started();
        again.seal();
        time.advance(Duration.ofMillis(800));

        String what = "A node signed for slot " + turn
                + ". In the same slot its disk broke, and a spare with the same key and an empty chain took over.";
        once(turn, what);
        long next = holders.turn(1, turn + 1);
        goTo(next);
        signsIn(next, what);
    }

    @Test
    @DisplayName("A node whose block is given up for a better branch in the same slot does not sign for it again.")
    void reorganisation() {
        long turn = turnAfterTwoOthers();
        Started node = new Started();
        goTo(turn - 1);
        int before = signed.size();
        node.seal();
        goTo(turn);
        Explain.same(
                1, signed.size() - before, "The node runs. The number of blocks that it signed:", "It was its turn.");
        node.sealer.stop();

        Block one = holders.sealed(Block.GENESIS, "one", "k1", turn - 2);
        Block two = holders.sealed(one, "two", "k2", turn - 1);
        boolean taken =
                node.context.ledger().reorganise(List.of(one, two), Map.of()).isSound();
        Explain.that(taken, "The branch of two others keeps all rules.", "It should have been taken.");
        node.seal();
        time.advance(Duration.ofMillis(800));

        String what = "A node signed for slot " + turn
                + ". In the same slot it heard of a longer branch, with blocks of slots " + (turn - 2) + " and "
                + (turn - 1) + ", and gave up its own block for it.";
        once(turn, what);
        long next = holders.turn(1, turn + 1);
        goTo(next);
        signsIn(next, what);
    }

    @Test
    @DisplayName("A node that starts in the slot before its turn uses its turn.")
    void startsRightBefore() {
        long turn = holders.turn(1, 3);
        goTo(turn - 1);
        new Started().seal();
        goTo(turn);
        signsIn(turn, "A node was started in slot " + (turn - 1) + ", and its turn is the next slot.");
    }

    @Test
    @DisplayName("A node does not sign for a slot that is not later than that of the block before.")
    void notBeforeTheHead() {
        long turn = holders.turn(1, 3);
        while (stakes.leader(turn + 1) == 1) {
            turn = holders.turn(1, turn + 1);
        }
        Started node = new Started();
        goTo(turn);
        Block ahead = holders.sealed(Block.GENESIS, "ahead", "k1", turn + 1);
        boolean taken = node.context.ledger().adopt(List.of(ahead), Map.of()).isSound();
        Explain.that(taken, "Clocks may differ by a slot, so a block of the next slot is taken.", "It was not.");
        node.seal();
        time.advance(Duration.ofMillis(800));
        Explain.same(
                0L,
                signaturesFor(turn),
                "In slot " + turn + ", its turn, the node has the block of slot " + (turn + 1)
                        + " from somebody whose clock is fast. The number of blocks that it signs for slot " + turn
                        + ":",
                "Each block is of a later slot than the one before it. All others would refuse this one.");
    }

    @Test
    @DisplayName("A node whose clock is set back does not sign for the slots that it has seen already.")
    void clockSetBack() {
        long first = holders.turn(1, 3);
        long second = holders.turn(1, first + 1);
        Started node = new Started();
        node.seal();
        goTo(first);
        signsIn(first, "The node runs.");
        goTo(second);
        signsIn(second, "The node runs.");
        node.sealer.stop();

        clock.back = Duration.ofMillis(stakes.slotMillis() * (second - first));
        Block other = holders.sealed(Block.GENESIS, "other", "k1", otherTurnBefore(first));
        node.context.ledger().reorganise(List.of(other), Map.of());
        node.seal();
        time.advance(Duration.ofMillis(800));
        once(
                first,
                "A node signed for the slots " + first + " and " + second
                        + ". Then its clock was set back to the first of them, and its chain to a branch of another.");
    }

    private long otherTurnBefore(long slot) {
        long turn = slot - 1;
        while (stakes.leader(turn) == 1) {
            turn--;
        }
        return turn;
    }

    private long turnAfterTwoOthers() {
        long turn = holders.turn(1, 3);
        while (stakes.leader(turn - 1) == 1 || stakes.leader(turn - 2) == 1) {
            turn = holders.turn(1, turn + 1);
        }
        return turn;
    }
}
