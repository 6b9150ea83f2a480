package org.naivechain.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.naivechain.blocks.BlockData;
import org.naivechain.consensus.majority.Ballot;
import org.naivechain.consensus.majority.BallotCommand;
import org.naivechain.consensus.majority.BallotReply;
import org.naivechain.consensus.majority.MajorityVote;
import org.naivechain.ledger.Membership;
import org.naivechain.ledger.Position;
import org.naivechain.node.Node;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.JoinOutcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerTable;
import org.naivechain.protocol.Port;
import org.naivechain.protocol.Reply;

/** Who comes and who goes, in networks that agree on it. */
class MembersTest {
    private static final Duration A_WHILE = Duration.ofSeconds(30);

    private static final int SEEDS = 20;

    private final Simulation simulation = new Simulation(42, Build.MAJORITY);
    private final List<Machine> machines = new ArrayList<>();

    /** All start at once, and all but the first know the address of the first. */
    private void network(int nodes) {
        List<Machine> started = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            Machine machine = simulation.machine();
            if (i > 0) {
                machine.joinsThrough(started.get(0).self().address());
            }
            started.add(machine);
        }
        started.forEach(Machine::start);
        machines.addAll(started);
        simulation.time().advance(A_WHILE);
    }

    private Node node(int i) {
        return machines.get(i).node().orElseThrow();
    }

    private AddOutcome add(int i, String text) {
        List<AddOutcome> outcomes = new ArrayList<>();
        node(i).add(BlockData.of(text), outcomes::add);
        simulation.time().advance(A_WHILE);
        return outcomes.get(0);
    }

    private List<Reply> evict(int by, int victim) {
        List<Reply> replies = new ArrayList<>();
        node(by).evict(machines.get(victim).self(), replies::add);
        simulation.time().advance(A_WHILE);
        return replies;
    }

    private JoinOutcome join(int joiner, int member) {
        List<JoinOutcome> outcomes = new ArrayList<>();
        node(joiner).join(machines.get(member).self().address(), Optional.empty(), outcomes::add);
        simulation.time().advance(A_WHILE);
        return outcomes.get(0);
    }

    private static List<PeerAddress> addresses(List<Machine> some) {
        return some.stream().map(machine -> machine.self().address()).toList();
    }

    @Test
    void tenNodesFormANetworkFromOneAddress() {
        network(10);

        Membership membership = node(0).membership();
        assertThat(membership.size()).isEqualTo(10);
        assertThat(membership.version()).as("one at a time").isEqualTo(10);
        assertThat(machines)
                .allMatch(machine -> machine.node().orElseThrow().membership().equals(membership));
        assertThat(add(7, "text")).isInstanceOf(AddOutcome.Added.class);
        assertThat(node(3).length()).isEqualTo(2);
    }

    @Test
    void whoLeavesIsNoMemberAndIsOneAgainWhenItStartsAgain() {
        network(3);

        machines.get(1).leave();
        simulation.time().advance(A_WHILE);
        assertThat(machines.get(1).isUp()).isFalse();
        assertThat(node(0).membership().members())
                .containsExactlyInAnyOrder(
                        machines.get(0).self(), machines.get(2).self());
        assertThat(add(2, "two are all there are")).isInstanceOf(AddOutcome.Added.class);

        machines.get(1).start();
        simulation.time().advance(A_WHILE);
        assertThat(node(0).membership().size()).isEqualTo(3);
        assertThat(node(1).length()).isEqualTo(2);
        assertThat(add(1, "back")).isInstanceOf(AddOutcome.Added.class);
    }

    /** The founder is the proposer, which hears no decision from others. */
    @Test
    void whoHasLeftStaysOutAsLongAsItRuns() {
        network(3);
        for (int i = 0; i < 3; i++) {
            List<Reply> replies = new ArrayList<>();
            Node leaving = node(i);
            leaving.leave(replies::add);
            simulation.time().advance(A_WHILE);

            assertThat(replies).as("node %d", i + 1).hasSize(1);
            assertThat(replies.get(0) instanceof Reply.Ack).as("%s", replies).isEqualTo(i < 2);
            assertThat(leaving.isMember()).as("node %d", i + 1).isEqualTo(i == 2);
        }
        assertThat(node(2).membership().size()).isEqualTo(1);
    }

    @Test
    void aProposerThatIsEvictedStaysOutToo() {
        network(3);

        assertThat(evict(1, 0)).containsExactly(Reply.ACK);

        assertThat(node(0).isMember()).isFalse();
        assertThat(node(1).membership().size()).isEqualTo(2);
    }

    @Test
    void allLeaveButTheLast() {
        network(3);

        machines.get(0).leave();
        machines.get(1).leave();
        simulation.time().advance(A_WHILE);
        machines.get(2).leave();
        simulation.time().advance(A_WHILE);

        Node last = machines.get(2).start();
        simulation.time().advance(A_WHILE);
        assertThat(last.membership().members()).containsExactly(machines.get(2).self());
    }

    @Test
    void anEvictedMemberIsNotWaitedForAndJoinsAnewIfItComesBack() {
        network(5);
        machines.get(3).crash();
        machines.get(4).crash();
        assertThat(evict(0, 4)).containsExactly(Reply.ACK);
        assertThat(node(1).membership().size()).isEqualTo(4);
        assertThat(evict(1, 3)).containsExactly(Reply.ACK);

        machines.get(2).crash();
        assertThat(add(0, "two of three")).isInstanceOf(AddOutcome.Added.class);

        machines.get(4).start();
        simulation.time().advance(A_WHILE);
        assertThat(node(4).isMember()).isTrue();
        assertThat(node(4).length()).isEqualTo(2);
        assertThat(node(0).membership().size()).isEqualTo(4);
    }

    @Test
    void whoIsEvictedWhileItIsThereStaysOutUntilItStartsAgain() {
        network(3);

        assertThat(evict(0, 2)).containsExactly(Reply.ACK);
        assertThat(node(2).isMember()).isFalse();
        assertThat(add(2, "from outside"))
                .isInstanceOfSatisfying(
                        AddOutcome.NotAdded.class,
                        refused -> assertThat(refused.reason()).contains("not a member"));
        assertThat(node(2).isMember()).isFalse();
    }

    /** The network is cut in two: {0, 1, 2} and {3, 4}. */
    @Test
    void aMinorityCanNeitherAddNorChangeTheMembersAndIsBroughtUpToDateWhenTheNetworkHeals() {
        network(5);
        List<PeerAddress> most = addresses(machines.subList(0, 3));
        List<PeerAddress> few = addresses(machines.subList(3, 5));
        simulation.network().cut(most, few);
        simulation.network().cut(few, most);
        simulation.time().advance(A_WHILE);

        assertThat(add(3, "in the minority")).isInstanceOfAny(AddOutcome.NotAdded.class, AddOutcome.Unknown.class);
        assertThat(evict(4, 0)).hasSize(1).allMatch(reply -> reply instanceof Reply.Refusal);
        assertThat(add(1, "in the majority")).isInstanceOf(AddOutcome.Added.class);
        assertThat(evict(0, 4)).containsExactly(Reply.ACK);
        assertThat(node(3).membership().size()).isEqualTo(5);

        simulation.network().mend();
        simulation.time().advance(A_WHILE);
        assertThat(node(3).membership()).isEqualTo(node(0).membership());
        assertThat(node(4).membership()).isEqualTo(node(0).membership());
        assertThat(Simulation.chain(node(3)))
                .isEqualTo(Simulation.chain(node(4)))
                .isEqualTo(Simulation.chain(node(0)))
                .anyMatch(block -> block.data().text().equals("in the majority"));
        assertThat(add(3, "healed")).isInstanceOf(AddOutcome.Added.class);
    }

    @Test
    void twoNetworksDoNotMerge() {
        network(2);
        network(2);
        int another = 2;

        assertThat(join(another, 0))
                .isEqualTo(JoinOutcome.NotJoined.ever(
                        "cannot join " + machines.get(0).self()
                                + ": this node is a member of another network, which has 2; two networks do not merge: let that"
                                + " node join this one, or stop this one, which makes it leave, and start it with an empty"
                                + " --data-dir"));
        assertThat(node(0).membership().size()).isEqualTo(2);
    }

    /** Two nodes that stand alone and take data, as with {@code --min-nodes 1}. */
    @Test
    void nodesWithOtherBlocksDoNotMerge() {
        Simulation lonely =
                new Simulation(42, Build.of((context, fetcher, box) -> new MajorityVote(context, fetcher, box, 1)));
        Node one = lonely.machine().start();
        Node other = lonely.machine().start();
        Node longer = lonely.machine().start();
        lonely.time().advance(A_WHILE);
        one.add(BlockData.of("one"), outcome -> {});
        other.add(BlockData.of("other"), outcome -> {});
        longer.add(BlockData.of("one"), outcome -> {});
        lonely.time().advance(A_WHILE);
        longer.add(BlockData.of("two"), outcome -> {});
        lonely.time().advance(A_WHILE);
        List<String> reasons = new ArrayList<>();

        one.join(other.self().address(), Optional.empty(), outcome -> reasons.add(outcome.toString()));
        lonely.time().advance(A_WHILE);
        longer.join(one.self().address(), Optional.empty(), outcome -> reasons.add(outcome.toString()));
        lonely.time().advance(A_WHILE);

        assertThat(reasons.get(0))
                .contains("the chains differ: block 1 is", "start this node with an empty --data-dir");
        assertThat(reasons.get(1)).contains("its chain has 2 blocks, this node's 3", "let it join this one");

        one.join(longer.self().address(), Optional.empty(), outcome -> reasons.add(outcome.toString()));
        lonely.time().advance(A_WHILE);
        assertThat(reasons.get(2)).contains("Joined");
        assertThat(Simulation.chain(one)).hasSize(3).isEqualTo(Simulation.chain(longer));
    }

    /**
     * Of five members {0, 1, 2} are cut off from {3, 4}, and 3 loses its data directory: at its address there is a network of
     * one now, which 4 still counts as a member.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void blocksOfAnotherNetworkAtAMembersAddressAreNotTakenOver(long seed) {
        Build alone = Build.of((context, fetcher, box) -> new MajorityVote(context, fetcher, box, 1));
        Simulation cut = new Simulation(seed, alone);
        Machine founder = cut.machine();
        List<Machine> five = new ArrayList<>(List.of(founder));
        while (five.size() < 5) {
            five.add(cut.machine());
            five.get(five.size() - 1).joinsThrough(founder.self().address());
        }
        five.forEach(Machine::start);
        cut.time().advance(A_WHILE);
        Machine lost = five.get(3);
        lost.crash();
        cut.network().cut(addresses(five.subList(0, 3)), addresses(five.subList(3, 5)));
        cut.network().cut(addresses(five.subList(3, 5)), addresses(five.subList(0, 3)));
        List<AddOutcome> outcomes = new ArrayList<>();
        founder.node().orElseThrow().add(BlockData.of("acknowledged"), outcomes::add);
        Random chance = new Random(seed);
        Peer another = new Peer(PeerId.random(chance), lost.self().address());
        Machine foreign = new Machine(cut, "foreign", another, alone, chance);
        foreign.start();
        cut.time().advance(A_WHILE);
        foreign.node().orElseThrow().add(BlockData.of("of another network"), outcomes::add);
        cut.time().advance(A_WHILE);

        cut.network().mend();
        cut.time().advance(A_WHILE.multipliedBy(4));

        assertThat(outcomes).hasSize(2).allMatch(outcome -> outcome instanceof AddOutcome.Added);
        assertThat(Simulation.chain(five.get(4).node().orElseThrow()))
                .isEqualTo(Simulation.chain(founder.node().orElseThrow()))
                .anyMatch(block -> block.data().text().equals("acknowledged"));
    }

    /** Whoever says that it is one of the original is believed. */
    @Test
    void strangersFramesNeitherHideMembersNorKeepThemOut() {
        network(3);
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            PeerAddress address = machines.get(i).self().address();
            var posing = new PeerCommand.AddPeer(new Peer(new PeerId("posing" + i), address, Peer.Kind.ORIGINAL));
            node((i + 1) % 3).receive(() -> "192.0.2.7", posing, replies::add);
            node(i).receive(() -> "192.0.2.7", posing, replies::add);
        }
        for (int i = 0; i < PeerTable.MAX_PEERS; i++) {
            var invented = new PeerCommand.AddPeer(
                    new PeerId("invented" + i), "192.0.2.7", new Port(20_000 + i), Optional.empty());
            node(0).receive(() -> "192.0.2.7", invented, reply -> {});
        }
        simulation.time().advance(A_WHILE);

        assertThat(replies).hasSize(6).allMatch(reply -> reply instanceof Reply.Refusal);
        for (int i = 0; i < 3; i++) {
            assertThat(node(i).peers())
                    .containsAll(
                            node(i).membership().others(machines.get(i).self().id()));
        }
        Machine late = simulation.machine();
        late.joinsThrough(machines.get(0).self().address());
        late.start();
        simulation.time().advance(A_WHILE);
        assertThat(late.isMember()).isTrue();
    }

    @Test
    void whoDoesNotVoteByBallotsCannotBecomeAMember() {
        network(2);
        Random chance = new Random(1);
        Peer self = new Peer(PeerId.random(chance), new PeerAddress("127.0.0.1", 17_001));
        Machine naive = new Machine(simulation, "naive", self, Build.NAIVE, chance);
        naive.start();
        machines.add(naive);

        assertThat(join(2, 0))
                .isEqualTo(JoinOutcome.NotJoined.ever(
                        "cannot join " + machines.get(0).self()
                                + ": the members here vote by ballots, and the joiner does not: start it with --consensus majority, as"
                                + " they are"));

        assertThat(node(0).membership().size()).isEqualTo(2);
        assertThat(node(2).length()).isEqualTo(1);
        assertThat(node(2).peers()).isEmpty();
        assertThat(add(0, "not halted")).isInstanceOf(AddOutcome.Added.class);
    }

    /** It founded a network of its own before, in which the rounds begin at 1. */
    @Test
    void aNewcomerHasAVoteHoweverFarTheRoundsOfTheNetworkAre() {
        network(2);
        for (int leap = 1; leap <= 3; leap++) {
            PeerId proposer = node(0).proposer().orElseThrow();
            int other = proposer.equals(machines.get(0).self().id()) ? 1 : 0;
            var prepare = new BallotCommand.Prepare(new Ballot(900_000L * leap, proposer), new Position(1, 2));
            node(other)
                    .receive(
                            () -> "127.0.0.1",
                            prepare,
                            reply -> assertThat(reply).isInstanceOf(BallotReply.Promised.class));
            simulation.time().advance(A_WHILE);
        }
        machines.add(simulation.machine());
        machines.get(2).start();
        simulation.time().advance(A_WHILE);
        assertThat(join(2, 0)).isInstanceOf(JoinOutcome.Joined.class);

        // The proposer stays, and goes on for as long as a majority says anything at all.
        PeerId proposer = node(0).proposer().orElseThrow();
        int stays = proposer.equals(machines.get(0).self().id()) ? 0 : 1;
        machines.get(1 - stays).crash();

        assertThat(add(stays, "two of three")).isInstanceOf(AddOutcome.Added.class);
    }

    /** Each leaves its own network for the other's, which is not there any more then. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void twoThatJoinEachOtherAtOnceBecomeOneNetwork(boolean crash) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Simulation crossed = new Simulation(seed, Build.MAJORITY);
            Machine one = crossed.machine();
            Machine other = crossed.machine();
            one.start();
            other.start();
            crossed.time().advance(A_WHILE);
            List<JoinOutcome> outcomes = new ArrayList<>();
            one.node().orElseThrow().join(other.self().address(), Optional.empty(), outcomes::add);
            crossed.time().advance(Duration.ofMillis(seed));
            other.node().orElseThrow().join(one.self().address(), Optional.empty(), outcomes::add);
            if (crash) {
                crossed.time().advance(Duration.ofMillis(100));
                one.crash();
                other.crash();
                one.start();
                other.start();
            }
            crossed.time().advance(A_WHILE.multipliedBy(2));

            Membership members = one.node().orElseThrow().membership();
            assertThat(members.members()).as("seed %d", seed).containsExactlyInAnyOrder(one.self(), other.self());
            assertThat(other.node().orElseThrow().membership()).isEqualTo(members);
        }
    }

    /** At every moment of a start: before it asks, while it is let in, when it has just been. */
    @ParameterizedTest
    @ValueSource(ints = {0, 100, 200, 300, 400})
    void whoIsStoppedWhileItStartsLeavesOrNeverWasAMember(int from) {
        for (int millis = from; millis < from + 100; millis += 2) {
            Simulation starting = new Simulation(millis, Build.MAJORITY);
            Machine founder = starting.machine();
            Machine second = starting.machine();
            second.joinsThrough(founder.self().address());
            founder.start();
            second.start();
            starting.time().advance(A_WHILE);
            Machine third = starting.machine();
            third.joinsThrough(founder.self().address());
            third.start();
            starting.time().advance(Duration.ofMillis(millis));

            third.leave();
            starting.time().advance(A_WHILE);

            assertThat(third.isUp()).as("stopped after %d ms", millis).isFalse();
            assertThat(founder.node().orElseThrow().membership().members())
                    .as("stopped after %d ms", millis)
                    .containsExactlyInAnyOrder(founder.self(), second.self());
        }
    }

    @Test
    void whoCannotKnowWhetherItWasLetInSaysSo() {
        network(3);
        Machine late = simulation.machine();
        late.joinsThrough(machines.get(0).self().address());
        late.start();
        List<Reply> replies = new ArrayList<>();
        while (simulation.trace().lines().stream()
                .noneMatch(line -> line.contains("node4 PROTOCOL_PROCESSOR-Saving data from remote peer"))) {
            simulation.time().advance(Duration.ofMillis(1));
        }
        simulation.network().cutOff(late.self().address());

        late.node().orElseThrow().leave(replies::add);
        simulation.time().advance(A_WHILE);

        assertThat(replies)
                .containsExactly(new Reply.Refusal("it was about to be let in, and did not hear what came of that"));
    }

    /** The directory of 2 is copied while it is stopped; then it starts, and the copy at another port, and 0 is killed. */
    @Test
    void aCopyOfAMemberHasNoVoteAtAnotherAddress() {
        network(3);
        machines.get(2).crash();
        simulation.time().advance(A_WHILE);
        Machine copy = simulation.copy(machines.get(2), true);

        machines.get(2).start();
        copy.joinsThrough(machines.get(1).self().address());
        simulation.time().advance(Duration.ofSeconds(5));
        copy.start();
        simulation.time().advance(A_WHILE);
        assertThat(node(2).isMember()).isTrue();
        assertThat(copy.isMember()).isFalse();
        assertThat(simulation.trace().lines())
                .anyMatch(line -> line.contains("the member " + machines.get(2).self()
                        + " answers there, and an id belongs to one node: stop the node there, or start the one at "
                        + copy.self().address() + " with an empty --data-dir"));

        machines.get(0).crash();
        simulation.time().advance(A_WHILE);
        assertThat(add(1, "two of three")).isInstanceOf(AddOutcome.Added.class);
        machines.get(2).crash();
        List<AddOutcome> outcomes = new ArrayList<>();
        copy.node().orElseThrow().add(BlockData.of("by the copy"), outcomes::add);
        assertThat(add(1, "one of three")).isNotInstanceOf(AddOutcome.Added.class);
        assertThat(outcomes).hasSize(1).allMatch(outcome -> outcome instanceof AddOutcome.NotAdded);
    }

    /** The copy says that it is at the same address, where the calls of others reach the member. */
    @Test
    void aCopyThatIsNotCalledIsNeverTheProposer() {
        network(3);
        Machine copy = simulation.copy(machines.get(2), false);
        simulation.network().cut(addresses(machines.subList(0, 1)), addresses(machines.subList(1, 3)));
        simulation.network().cut(addresses(machines.subList(1, 3)), addresses(machines.subList(0, 1)));
        copy.start();
        simulation.time().advance(A_WHILE);
        machines.get(1).crash();
        simulation.time().advance(A_WHILE);
        machines.get(1).start();
        simulation.time().advance(A_WHILE);

        assertThat(simulation.trace().lines())
                .anyMatch(line ->
                        line.contains("another node with the id " + copy.self().id() + " answers at"))
                .noneMatch(line -> line.contains("node3' PROTOCOL_PROCESSOR-This node is the proposer now"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMemberThatHasMovedIsTakenInAtItsNewAddress(boolean evicted) {
        network(3);
        assertThat(add(0, "before")).isInstanceOf(AddOutcome.Added.class);
        machines.get(2).crash();
        if (evicted) {
            assertThat(evict(0, 2)).containsExactly(Reply.ACK);
        }

        Machine moved = simulation.copy(machines.get(2), true);
        Node node = moved.start();
        simulation.time().advance(A_WHILE);

        assertThat(node.isMember()).isTrue();
        assertThat(node(0).membership().members())
                .containsExactlyInAnyOrder(
                        machines.get(0).self(), machines.get(1).self(), moved.self());
        machines.get(1).crash();
        assertThat(add(0, "with the moved one")).isInstanceOf(AddOutcome.Added.class);
    }

    /** Of two members the one that is left can only ask for the removal, and does, until the other is back and agrees. */
    @Test
    void aMoveThatIsGivenUpLeavesNoMemberWhereNobodyIs() {
        network(2);
        machines.get(1).crash();
        Machine moved = simulation.copy(machines.get(1), true);
        moved.start();
        simulation.time().advance(Duration.ofSeconds(1));
        moved.crash();

        machines.get(1).start();
        simulation.time().advance(A_WHILE);
        machines.get(1).crash();
        machines.get(1).start();
        simulation.time().advance(A_WHILE);

        assertThat(simulation.trace().lines()).anyMatch(line -> line.contains("This node is not a member any more"));
        assertThat(node(0).membership().members())
                .containsExactlyInAnyOrder(
                        machines.get(0).self(), machines.get(1).self());
        assertThat(add(1, "back")).isInstanceOf(AddOutcome.Added.class);
    }

    /** The copy is of a time when the node was no member, and it hears that it is one from blocks that it fetches. */
    @Test
    void anOldCopyOfWhatWasKeptBeforeItWasAMemberHasNoVoteEither() {
        network(3);
        machines.get(0).evict(machines.get(2).self());
        simulation.time().advance(A_WHILE);
        assertThat(node(2).membership().members())
                .doesNotContain(machines.get(2).self());
        machines.get(2).disk().backUp();
        machines.get(2).crash();
        machines.get(2).start();
        simulation.time().advance(A_WHILE);
        assertThat(add(2, "one")).isInstanceOf(AddOutcome.Added.class);
        simulation.time().advance(A_WHILE);
        PeerId before = machines.get(2).self().id();

        machines.get(2).restore();
        simulation.time().advance(A_WHILE);

        assertThat(simulation.trace().lines()).anyMatch(line -> line.contains("its store is an old copy"));
        assertThat(machines.get(2).self().id()).isNotEqualTo(before);
        assertThat(add(2, "two")).isInstanceOf(AddOutcome.Added.class);
        assertThat(node(0).membership().size()).isEqualTo(3);
    }

    /** The copy is of a time when the node stood alone. */
    @Test
    void anOldCopyOfWhatWasKeptBeforeItJoinedHasNoVoteEither() {
        network(2);
        Machine third = simulation.machine();
        machines.add(third);
        third.disk().backUp();
        third.joinsThrough(machines.get(0).self().address());
        third.start();
        simulation.time().advance(A_WHILE);
        assertThat(add(2, "one")).isInstanceOf(AddOutcome.Added.class);
        simulation.time().advance(A_WHILE);
        PeerId before = third.self().id();

        third.restore();
        simulation.time().advance(A_WHILE);

        assertThat(simulation.trace().lines()).anyMatch(line -> line.contains("its store is an old copy"));
        assertThat(third.self().id()).isNotEqualTo(before);
        assertThat(add(2, "two")).isInstanceOf(AddOutcome.Added.class);
        assertThat(node(0).membership().size()).isEqualTo(3);
    }

    /** Block 3 was decided by 1 and 2 alone. When 0 and an old copy of 2 are all that is there, it must not be replaced. */
    @Test
    void anOldCopyOfWhatAMemberKeepsIsNoMember() {
        network(3);
        assertThat(add(0, "one")).isInstanceOf(AddOutcome.Added.class);
        machines.get(2).disk().backUp();
        assertThat(add(0, "two")).isInstanceOf(AddOutcome.Added.class);
        machines.get(0).crash();
        assertThat(add(1, "three")).isInstanceOf(AddOutcome.Added.class);
        PeerId before = machines.get(2).self().id();
        machines.get(2).crash();
        machines.get(1).crash();

        machines.get(2).restore();
        machines.get(0).start();
        simulation.time().advance(A_WHILE);

        assertThat(simulation.trace().lines())
                .anyMatch(line -> line.contains("its store is an old copy: it ends at 2 under membership 3, and "
                        + machines.get(0).self() + " knows this node to have been at 3 under membership 3"));
        assertThat(machines.get(2).self().id()).isNotEqualTo(before);
        assertThat(add(0, "would be block 3")).isInstanceOf(AddOutcome.NotAdded.class);

        machines.get(1).start();
        simulation.time().advance(A_WHILE);
        assertThat(node(0).membership().members())
                .containsExactlyInAnyOrder(
                        machines.get(0).self(),
                        machines.get(1).self(),
                        machines.get(2).self());
        assertThat(add(2, "four")).isInstanceOf(AddOutcome.Added.class);
        assertThat(Simulation.chain(node(2)))
                .extracting(block -> block.data().text())
                .contains("one", "two", "three", "four");
    }

    /** The members have lost the last blocks, all of them. */
    @Test
    void blocksThatOnlyAFormerMemberHasAreFetchedFromThere() {
        network(3);
        for (int i = 0; i < 6; i++) {
            assertThat(add(0, "text " + i)).isInstanceOf(AddOutcome.Added.class);
        }
        machines.get(0).evict(machines.get(2).self());
        simulation.time().advance(A_WHILE);
        List<Machine> members = machines.subList(0, 2);
        members.forEach(Machine::crash);
        members.forEach(Machine::damage);
        members.forEach(Machine::start);
        simulation.time().advance(A_WHILE);

        assertThat(add(1, "after that")).isInstanceOf(AddOutcome.Added.class);
        assertThat(Simulation.chain(node(0)))
                .extracting(block -> block.data().text())
                .contains("text 5", "after that");
        assertThat(simulation.trace().lines())
                .filteredOn(line -> line.contains("The chain has lost its end"))
                .hasSize(2);
    }

    /** What was not durable when it was killed was not told to anybody either. */
    @Test
    void aMemberThatWasKilledIsNotTakenForAnOldCopy() {
        network(3);
        for (int i = 0; i < 20; i++) {
            List<AddOutcome> outcomes = new ArrayList<>();
            node(0).add(BlockData.of("text " + i), outcomes::add);
            simulation.time().advance(Duration.ofMillis(20 + 7 * i));
            machines.get(1 + i % 2).crash();
            machines.get(1 + i % 2).start();
            simulation.time().advance(Duration.ofSeconds(4));
        }

        assertThat(simulation.trace().lines()).noneMatch(line -> line.contains("old copy"));
        assertThat(node(0).membership().size()).isEqualTo(3);
    }

    /** One of five has answered, which is too few; when two are left, it is enough. */
    @Test
    void aMemberThatStartsVotesWhenThoseWhoAnsweredHaveBecomeEnough() {
        network(5);
        List<PeerAddress> going = addresses(machines.subList(1, 4));
        List<PeerAddress> started = addresses(machines.subList(4, 5));
        machines.get(4).crash();
        simulation.network().cut(going, started);
        simulation.network().cut(started, going);
        machines.get(4).start();
        simulation.time().advance(A_WHILE);

        machines.subList(1, 4).forEach(Machine::leave);
        simulation.time().advance(A_WHILE);

        assertThat(node(0).membership().members())
                .containsExactlyInAnyOrder(
                        machines.get(0).self(), machines.get(4).self());
        assertThat(add(0, "both")).isInstanceOf(AddOutcome.Added.class);
    }

    @Test
    void aProposerThatCannotBeCalledLosesItsOffice() {
        network(3);
        PeerId proposer = node(0).proposer().orElseThrow();
        int deaf = 0;
        while (!machines.get(deaf).self().id().equals(proposer)) {
            deaf++;
        }
        int other = (deaf + 1) % 3;

        simulation.network().deafen(machines.get(deaf).self().address());
        simulation.time().advance(Duration.ofSeconds(10));

        assertThat(node(other).proposer()).isPresent().get().isNotEqualTo(proposer);
        assertThat(add(other, "without it")).isInstanceOf(AddOutcome.Added.class);
        simulation.network().undeafen(machines.get(deaf).self().address());
        simulation.time().advance(A_WHILE);
        assertThat(node(deaf).length()).isEqualTo(2);
    }
}
