package org.naivechain.consensus.majority;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Chain;
import org.naivechain.consensus.MinMembers;
import org.naivechain.learn.Explain;
import org.naivechain.ledger.Durability;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.ledger.MemoryKeptBlocks;
import org.naivechain.ledger.MemoryMemberships;
import org.naivechain.ledger.MemoryReceipts;
import org.naivechain.ledger.Position;
import org.naivechain.membership.MemberTable;
import org.naivechain.protocol.NodeContext;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerStore;
import org.naivechain.protocol.PeerTable;
import org.naivechain.simulation.Build;
import org.naivechain.simulation.Fault;
import org.naivechain.simulation.Plan;
import org.naivechain.simulation.Report;
import org.naivechain.simulation.Trial;
import org.naivechain.simulation.VirtualTime;
import org.slf4j.helpers.NOPLogger;

class TheOldCopyCheck {
    private static final Peer SELF = peer("A", 15001);
    private static final Peer B = peer("B", 15003);
    private static final Peer C = peer("C", 15005);
    private static final int SEED = 87;

    /** What waits for an answer. */
    private final Map<PeerAddress, Consumer<Outcome>> asked = new LinkedHashMap<>();

    private final List<String> reasons = new ArrayList<>();
    private Ledger ledger;
    private Resumption resumption;

    private static Peer peer(String id, int port) {
        return new Peer(new PeerId(id), new PeerAddress("127.0.0.1", port));
    }

    /** Member A of A, B, and C starts with so many blocks, and asks B and C. */
    private void starts(int blocks) {
        ledger = new Ledger(KeptChain.over(new MemoryKeptBlocks()), new MemoryReceipts(), new MemoryMemberships());
        ledger.agreeOnMembers(List.of(SELF, B, C));
        grow(blocks);
        NodeContext node = new NodeContext(
                ledger.chain(),
                new PeerTable(SELF, PeerStore.inMemory(), new MemberTable()),
                (to, command, then) -> asked.put(to, then),
                new VirtualTime(),
                NOPLogger.NOP_LOGGER);
        LedgerContext context = new LedgerContext(node, ledger, Durability.NONE, new Random(1));
        Member member = new Member(context, then -> {}, null, 1, new MinMembers(2), members -> members / 2 + 1);
        resumption = new Resumption(member, reasons::add);
        resumption.ask();
    }

    /** The chain grows by what the node fetches from others. */
    private void grow(int length) {
        Chain chain = ledger.chain();
        while (chain.length() < length) {
            chain.append(chain.next(BlockData.of("Alice pays Bob " + chain.length())));
        }
    }

    private void answers(Peer from, int known) {
        answers(from, new Position(known, 1));
    }

    private void answers(Peer from, Position known) {
        asked.get(from.address()).accept(new BallotReply.Identified(from.id(), 7, known));
    }

    @Test
    @DisplayName("A node that has what the others know of it may vote")
    void aNodeWithItsOwnStoreMayVote() {
        starts(9);

        answers(B, 9);

        Explain.same(
                List.of(),
                reasons,
                "A starts with 9 blocks. B knows A to have been at 9. A's store is called an old copy because:",
                "Nothing is missing. A node that gives up its id at every start is no member for long.");
        Explain.that(
                resumption.mayVote(),
                "A and B are two of three, a quorum, and A may not vote.",
                "It has been confirmed.");
    }

    @Test
    @DisplayName("A node that was farther than its store says is an old copy")
    void anOldCopyIsNoticed() {
        starts(5);

        answers(B, 9);

        Explain.same(
                1,
                reasons.size(),
                "A starts with 5 blocks. B knows A to have been at 9. How often A was told that its store is an old copy:",
                "A has voted for the blocks 5 to 8, and its store knows nothing of these votes.");
    }

    @Test
    @DisplayName("A node that lacks only a change of the members is an old copy, too")
    void aChangeOfTheMembersCounts() {
        starts(5);

        answers(B, new Position(5, 2));

        Explain.same(
                1,
                reasons.size(),
                "A starts with 5 blocks, under membership 1. B knows A to have been at 5 blocks, under membership 2. How often"
                        + " A was told that its store is an old copy:",
                "A change of the members is decided by votes, as a block is. A's store knows nothing of its vote on that"
                        + " change. A position is both numbers.");
    }

    @Test
    @DisplayName("What a node fetches after its start does not bring back its votes")
    void whatIsFetchedBringsNoVotesBack() {
        starts(5);
        grow(9);

        answers(B, 9);

        Explain.same(
                1,
                reasons.size(),
                "This broke a promise: A started with 5 blocks, and fetched 4 more while its question was under way. B knows A to"
                        + " have been at 9. How often A was told that its store is an old copy:",
                "The blocks came back from others. The promises and votes that A cast for them did not.");
    }

    @Test
    @DisplayName("A network whose nodes crash and are put back from old copies keeps every promise")
    void theSimulatedNetworkKeepsItsPromises() {
        Report report = Trial.run(
                new Plan(3, SEED, Duration.ofSeconds(20), EnumSet.of(Fault.PARTITION, Fault.CRASH, Fault.RESTORATION)),
                Build.MAJORITY,
                passed -> {});

        Explain.same(
                "",
                report.violation().map(violation -> violation.what()).orElse(""),
                "Three simulated nodes, seed " + SEED
                        + ", with partitions, crashes, and old copies. What broke a promise:",
                "A node that was put back from an old copy voted as if it had never voted. It should have taken a new id.");
    }
}
