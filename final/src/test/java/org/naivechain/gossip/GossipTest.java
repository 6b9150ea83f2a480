package org.naivechain.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.naivechain.gossip.GossipNetwork.TestNode;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;
import org.naivechain.simulation.NetworkConditions;

class GossipTest {
    /** Longer than any suspicion among ten nodes lasts, and the word of it takes. */
    private static final int UNTIL_GONE = 25;

    private static final int UNTIL_CALLED_AGAIN = 75;

    private static Rumour rumour(String id, int port, long incarnation, Rumour.State state) {
        return new Rumour(new PeerId(id), GossipNetwork.at(port), incarnation, state, GossipNetwork.height(1));
    }

    private static Reply tell(TestNode node, Rumour self, Rumour... digest) {
        return node.hears(new GossipCommand.Gossip(self, 1_000_000, 0, List.of(digest)));
    }

    // Finding.

    @Test
    void oneKnownAddressIsEnoughForEveryoneToFindEveryone() {
        GossipNetwork network = new GossipNetwork(1, true).formed(10);

        for (TestNode node : network.nodes) {
            assertThat(node.gossip.seen())
                    .hasSize(9)
                    .allSatisfy(seen -> assertThat(seen.rumour().isAlive()).isTrue());
        }
    }

    @Test
    void anAddressThatAnswersLaterIsFoundLater() {
        GossipNetwork network = new GossipNetwork(2);
        TestNode early = network.started("early", 15_001, GossipNetwork.at(15_002));
        network.pass(600);
        assertThat(early.gossip.seen()).isEmpty();

        TestNode late = network.node("late", 15_002);
        late.gossip.begin();
        network.pass(UNTIL_CALLED_AGAIN);

        assertThat(early.of(late)).isEqualTo("ALIVE 0");
        assertThat(late.of(early)).isEqualTo("ALIVE 0");
    }

    @Test
    void whoDoesNotAnswerIsCalledLessAndLessOften() {
        GossipNetwork network = new GossipNetwork(3);
        network.started("early", 15_001, GossipNetwork.at(15_002));
        network.pass(600);

        // 1 + 2 + 4 + ... + 32 seconds, and then every minute, a fifth more or less.
        assertThat(network.network.messages()).isBetween(14L, 19L);
    }

    @Test
    void registeredPeersAreCalledUntilTheyAnswer() {
        GossipNetwork network = new GossipNetwork(4);
        TestNode one = network.node("one", 15_001);
        one.registered.add(new Peer(new PeerId("other"), GossipNetwork.at(15_002)));
        one.gossip.begin();
        network.pass(30);
        TestNode other = network.node("other", 15_002);
        other.gossip.begin();

        network.pass(UNTIL_CALLED_AGAIN);

        assertThat(one.of(other)).isEqualTo("ALIVE 0");
    }

    @Test
    void aNodeThatIsItsOwnContactCallsItselfNoMore() {
        GossipNetwork network = new GossipNetwork(5);
        TestNode node = network.started("a", 15_001, new PeerAddress("localhost", 15_001));
        network.network.connect(new PeerAddress("localhost", 15_001), node);

        network.pass(300);

        assertThat(network.network.messages()).isEqualTo(2);
        assertThat(node.gossip.seen()).isEmpty();
    }

    @Test
    void aNewcomerIsToldAllAtOnceAndOthersHearOfIt() {
        GossipNetwork network = new GossipNetwork(6).formed(10);
        TestNode newcomer =
                network.started("new", 15_101, network.nodes.get(0).self.address());

        network.pass(1);
        assertThat(newcomer.gossip.others()).isEqualTo(10);
        network.pass(5);

        assertThat(network.nodes)
                .filteredOn(node -> node != newcomer)
                .allSatisfy(node -> assertThat(node.of(newcomer)).isEqualTo("ALIVE 0"));
    }

    @Test
    void whoKnowsMoreThanOneMessageHoldsIsAskedForOnePageAfterTheOther() {
        GossipNetwork network = new GossipNetwork(33).formed(1);
        TestNode node = network.nodes.get(0);
        inventNodes(node, 4);
        TestNode newcomer = network.started("new", 15_101, node.self.address());
        TestNode other = network.started("other", 15_102, node.self.address());

        network.pass(2);

        assertThat(newcomer.gossip.others()).isEqualTo(4_003);
        assertThat(other.gossip.others()).isEqualTo(4_003);
    }

    @Test
    void whatIsNewIsToldBeforeThousandsThatHaveBeenToldAlready() {
        TestNode node = new GossipNetwork(38).formed(1).nodes.get(0);
        inventNodes(node, 4);
        tell(node, rumour("liar", 16_000, 0, Rumour.State.ALIVE));
        Rumour late = rumour("late", 16_001, 0, Rumour.State.ALIVE);

        Reply reply = tell(node, rumour("liar", 16_000, 0, Rumour.State.ALIVE), late);

        assertThat(((GossipReply.Gossiped) reply).digest()).contains(late);
        assertThat(((GossipReply.Gossiped) tell(node, late)).digest()).doesNotContain(late);
    }

    @Test
    void whoAsksOnIsToldAPageHoweverManyItKnows() {
        GossipNetwork network = new GossipNetwork(40).formed(30);
        network.pass(20);
        Rumour self = rumour("n1", 15_002, 0, Rumour.State.ALIVE);

        Reply reply = network.nodes.get(0).hears(new GossipCommand.Gossip(self, 29, 9, List.of()));

        assertThat(((GossipReply.Gossiped) reply).known()).isEqualTo(29);
        // The page, and the ten whose turn it is.
        assertThat(((GossipReply.Gossiped) reply).digest()).hasSize(20 + 10);
    }

    @Test
    void whoHasBegunToAskOnDoesSoToTheEnd() {
        GossipNetwork network = new GossipNetwork(41);
        TestNode node = network.started("new", 15_001, GossipNetwork.at(15_002));
        Rumour[] known = IntStream.range(0, 1_804)
                .mapToObj(each -> rumour("x" + each, 20_000 + each, 0, Rumour.State.ALIVE))
                .toArray(Rumour[]::new);
        List<Integer> asked = teller(network, "teller", known.length + 1, known);

        network.pass(1);

        assertThat(asked).containsExactly(0, 900, 1_800);
        assertThat(node.gossip.others()).isEqualTo(1_805);
    }

    /** Has one at port 15,002 tell, page by page, and say how many it knows; and notes from where on it is asked. */
    private static List<Integer> teller(GossipNetwork network, String id, int boast, Rumour... known) {
        List<Integer> asked = new ArrayList<>();
        network.network.connect(GossipNetwork.at(15_002), (sentFrom, command, answer) -> {
            if (command instanceof GossipCommand.Gossip gossip) {
                asked.add(gossip.from());
                List<Rumour> page =
                        Stream.of(known).skip(gossip.from()).limit(900).toList();
                answer.accept(new GossipReply.Gossiped(rumour(id, 15_002, 0, Rumour.State.ALIVE), boast, page));
            }
        });
        return asked;
    }

    @Test
    void whoBoastsOfManyIsNotAskedForPagesWithoutEnd() {
        GossipNetwork network = new GossipNetwork(39);
        TestNode node = network.started("honest", 15_001, GossipNetwork.at(15_002));
        List<Integer> asked = teller(network, "boaster", Integer.MAX_VALUE);

        network.pass(1);

        assertThat(asked)
                .containsExactlyElementsOf(
                        IntStream.range(0, 12).map(page -> page * 900).boxed().toList());
        assertThat(node.gossip.others()).isEqualTo(1);
    }

    /** Has a node hear of some thousands of nodes that are none. */
    private static void inventNodes(TestNode node, int thousands) {
        for (int i = 0; i < thousands; i++) {
            int message = i;
            tell(
                    node,
                    rumour("liar", 16_000, 0, Rumour.State.ALIVE),
                    IntStream.range(0, 1_000)
                            .mapToObj(each -> rumour(
                                    "x" + message + "-" + each, 20_000 + message * 1_000 + each, 0, Rumour.State.ALIVE))
                            .toArray(Rumour[]::new));
        }
    }

    @Test
    void messagesStaySmallInANetworkAtRest() {
        GossipNetwork network = new GossipNetwork(7).formed(30);
        network.pass(20);
        network.nodes.forEach(node -> node.told.clear());

        network.pass(20);

        for (TestNode node : network.nodes) {
            assertThat(node.told)
                    .isNotEmpty()
                    .allSatisfy(gossip -> assertThat(gossip.digest()).hasSizeLessThanOrEqualTo(10));
        }
    }

    @Test
    void aNodeTellsHowFastOthersAnswerAndWhenItHeardThem() {
        GossipNetwork network = new GossipNetwork(8).formed(3);

        Seen seen = network.nodes.get(0).seen(network.nodes.get(1));

        assertThat(seen.roundTrip().orElseThrow()).isBetween(Duration.ofMillis(2), Duration.ofMillis(20));
        assertThat(seen.lastSeen().orElseThrow()).isBetween(network.time.now().minusSeconds(2), network.time.now());
    }

    // Telling who is there.

    @Test
    void aNodeThatIsKilledIsSuspectedThenGone() {
        GossipNetwork network = new GossipNetwork(9).formed(10);
        TestNode dead = network.nodes.get(4);
        dead.kill();

        network.pass(UNTIL_GONE);

        assertThat(network.nodes).filteredOn(node -> node != dead).allSatisfy(node -> {
            assertThat(node.of(dead)).isEqualTo("GONE 0");
            assertThat(node.events)
                    .filteredOn(event -> event.startsWith(dead.self.id() + " "))
                    .containsExactly("n4 ALIVE", "n4 SUSPECT", "n4 GONE");
            assertThat(node.events).noneMatch(event -> event.matches("n[^4] (SUSPECT|GONE)"));
        });
    }

    @Test
    void aNodeThatIsCutOffIsGoneAndAliveAgainAfterHealing() {
        GossipNetwork network = new GossipNetwork(10).formed(10);
        TestNode lost = network.nodes.get(7);
        network.network.cutOff(lost.self.address());
        network.pass(60);
        assertThat(network.nodes).filteredOn(node -> node != lost).allSatisfy(node -> {
            assertThat(node.of(lost)).isEqualTo("GONE 0");
            assertThat(lost.of(node)).startsWith("GONE");
        });

        network.network.heal(lost.self.address());
        network.pass(UNTIL_CALLED_AGAIN);

        assertThat(network.nodes).filteredOn(node -> node != lost).allSatisfy(node -> {
            assertThat(node.of(lost)).startsWith("ALIVE");
            assertThat(lost.of(node)).startsWith("ALIVE");
        });
    }

    @Test
    void aSuspicionThatIsContradictedDisappears() {
        GossipNetwork network = new GossipNetwork(11).formed(10);
        TestNode slow = network.nodes.get(2);
        network.network.cutOff(slow.self.address());
        network.pass(5);
        assertThat(network.nodes)
                .filteredOn(node -> node != slow)
                .allSatisfy(node -> assertThat(node.of(slow)).isEqualTo("SUSPECT 0"));

        network.network.heal(slow.self.address());
        network.pass(60);

        assertThat(network.nodes).filteredOn(node -> node != slow).allSatisfy(node -> {
            assertThat(node.of(slow)).startsWith("ALIVE").isNotEqualTo("ALIVE 0");
            assertThat(node.events).doesNotContain("n2 GONE");
        });
    }

    @Test
    void whoIsReachedThroughOthersIsNotSuspected() {
        GossipNetwork network = new GossipNetwork(12).formed(5);
        List<PeerAddress> one = List.of(network.nodes.get(1).self.address());
        List<PeerAddress> other = List.of(network.nodes.get(2).self.address());
        network.network.cut(one, other);
        network.network.cut(other, one);

        network.pass(120);

        assertThat(network.nodes)
                .allSatisfy(node -> assertThat(node.events).noneMatch(event -> event.matches(".* (SUSPECT|GONE)")));
    }

    @Test
    void lostMessagesAloneDeclareNobodyGoneForLong() {
        GossipNetwork network = new GossipNetwork(13).formed(10);
        network.network.setConditions(new NetworkConditions(100, 20, 0, true));
        int suspected = 0;
        int longest = 0;
        int[][] goneFor = new int[10][10];

        for (int second = 0; second < 300; second++) {
            network.pass(1);
            for (int i = 0; i < 10; i++) {
                for (int j = 0; j < 10; j++) {
                    String state = i == j ? "ALIVE" : network.nodes.get(i).of(network.nodes.get(j));
                    suspected += state.startsWith("SUSPECT") ? 1 : 0;
                    goneFor[i][j] = state.startsWith("GONE") ? goneFor[i][j] + 1 : 0;
                    longest = Math.max(longest, goneFor[i][j]);
                }
            }
        }

        assertThat(suspected).as("losses are noticed").isPositive();
        assertThat(longest).as("seconds that a node is called gone").isLessThanOrEqualTo(5);
    }

    @Test
    void aNodeThatWasHeldUpItselfJudgesNobody() {
        GossipNetwork network = new GossipNetwork(14).formed(5);
        TestNode slow = network.nodes.get(3);
        slow.pauseAtTheNextCall();
        network.pass(4);
        network.nodes.forEach(node -> node.events.clear());

        slow.resume();
        network.pass(20);

        assertThat(slow.events).isEmpty();
    }

    @Test
    void whoSaysGoodbyeIsGoneAtOnce() {
        GossipNetwork network = new GossipNetwork(15).formed(10);
        TestNode leaver = network.nodes.get(5);
        List<String> said = new ArrayList<>();

        leaver.gossip.goodbye(() -> said.add("goodbye"));
        network.time.advance(Duration.ofMillis(400));
        assertThat(said).containsExactly("goodbye");
        network.time.advance(Duration.ofMillis(200));
        leaver.kill();
        network.pass(3);

        assertThat(said).containsExactly("goodbye");
        assertThat(network.nodes)
                .filteredOn(node -> node != leaver)
                .allSatisfy(node -> assertThat(node.of(leaver)).isEqualTo("GONE 1"));
    }

    @Test
    void aNodeThatIsAloneNeedNotWaitToSayGoodbye() {
        GossipNetwork network = new GossipNetwork(16);
        TestNode alone = network.started("alone", 15_001, GossipNetwork.at(15_002));
        List<String> said = new ArrayList<>();

        alone.gossip.goodbye(() -> said.add("goodbye"));
        network.time.advance(Duration.ofMillis(1));

        assertThat(said).containsExactly("goodbye");
    }

    @ParameterizedTest
    @ValueSource(ints = {15_003, 15_103})
    void aNodeThatStartsAgainIsAliveAgainWhereverItIs(int port) {
        GossipNetwork network = new GossipNetwork(17).formed(5);
        TestNode before = network.nodes.remove(2);
        before.kill();
        network.pass(UNTIL_GONE);

        TestNode again = network.started("n2", port, network.nodes.get(0).self.address());
        network.pass(UNTIL_CALLED_AGAIN);

        assertThat(network.nodes).filteredOn(node -> node != again).allSatisfy(node -> {
            assertThat(node.gossip.others()).isEqualTo(4);
            assertThat(node.of(again)).isEqualTo("ALIVE 1");
            assertThat(node.seen(again).rumour().address()).isEqualTo(again.self.address());
        });
    }

    @Test
    void aNodeThatStartsAgainAtOnceTakesUpItsIncarnation() {
        GossipNetwork network = new GossipNetwork(18).formed(3);
        TestNode one = network.nodes.get(0);
        one.hears(new GossipCommand.Gossip(rumour("n1", 15_002, 5, Rumour.State.ALIVE), 9, 0, List.of()));
        network.pass(5);

        assertThat(one.of(network.nodes.get(1))).isEqualTo("ALIVE 6");
    }

    @Test
    void anotherNodeInTheSamePlaceTakesItWhenTheFormerIsGone() {
        GossipNetwork network = new GossipNetwork(19).formed(5);
        TestNode former = network.nodes.remove(2);
        former.kill();
        TestNode heir =
                network.started("heir", 15_003, network.nodes.get(0).self.address());

        network.pass(UNTIL_GONE + UNTIL_CALLED_AGAIN);

        assertThat(network.nodes).filteredOn(node -> node != heir).allSatisfy(node -> {
            assertThat(node.of(former)).isEqualTo("GONE 0");
            assertThat(node.of(heir)).startsWith("ALIVE");
        });
    }

    @Test
    void thatTheFormerNodeInItsPlaceIsGoneIsNothingToComplainOf() {
        GossipNetwork network = new GossipNetwork(34, true).formed(5);
        TestNode former = network.nodes.remove(2);
        former.kill();
        network.pass(UNTIL_GONE);
        TestNode heir =
                network.started("heir", 15_003, network.nodes.get(0).self.address());

        network.pass(UNTIL_CALLED_AGAIN);

        assertThat(heir.of(network.nodes.get(3))).startsWith("ALIVE");
        assertThat(network.trace.lines()).noneMatch(line -> line.contains("Does not believe what it hears"));
    }

    // Heights.

    @Test
    void heightsGetRound() {
        GossipNetwork network = new GossipNetwork(20).formed(10);
        TestNode first = network.nodes.get(0);
        first.height = GossipNetwork.height(17);

        network.pass(5);

        assertThat(network.nodes).filteredOn(node -> node != first).allSatisfy(node -> {
            assertThat(node.seen(first).rumour().height().length()).isEqualTo(17);
            assertThat(node.events).contains("n0 17");
        });
    }

    @Test
    void aChainThatBecameShorterIsBelievedUnderANewIncarnation() {
        GossipNetwork network = new GossipNetwork(21).formed(10);
        TestNode first = network.nodes.get(0);
        first.height = GossipNetwork.height(17);
        network.pass(5);
        first.height = GossipNetwork.height(3);

        network.pass(10);

        assertThat(network.nodes)
                .filteredOn(node -> node != first)
                .allSatisfy(node -> assertThat(node.seen(first).rumour())
                        .isEqualTo(new Rumour(
                                first.self.id(),
                                first.self.address(),
                                1,
                                Rumour.State.ALIVE,
                                GossipNetwork.height(3))));
    }

    // Liars and strangers.

    @Test
    void whoClaimsThisNodesIdOrAddressIsRefused() {
        TestNode node = new GossipNetwork(22).formed(2).nodes.get(0);

        assertThat(tell(node, rumour("n0", 16_000, 9, Rumour.State.ALIVE)))
                .isEqualTo(new Reply.Refusal("the id n0 is this node's own"));
        assertThat(tell(node, rumour("x", 15_001, 9, Rumour.State.ALIVE)))
                .isEqualTo(new Reply.Refusal("the address 127.0.0.1:15001 is this node's own"));
        assertThat(node.gossip.others()).isEqualTo(1);
    }

    @Test
    void whoClaimsTheIdOrTheAddressOfANodeThatIsThereIsRefused() {
        TestNode node = new GossipNetwork(23).formed(2).nodes.get(0);

        assertThat(tell(node, rumour("n1", 16_000, 9, Rumour.State.ALIVE)))
                .isEqualTo(new Reply.Refusal("the node n1 is known at 127.0.0.1:15002, not at 127.0.0.1:16000"));
        assertThat(tell(node, rumour("x", 15_002, 0, Rumour.State.ALIVE)))
                .isEqualTo(new Reply.Refusal("at 127.0.0.1:15002 the node n1 is known, not x"));
        assertThat(node.gossip.others()).isEqualTo(1);
    }

    @Test
    void whoClaimsTheIdOfThisNodeOrOfARegisteredOneIsReported() {
        GossipNetwork network = new GossipNetwork(35).formed(3);
        TestNode node = network.nodes.get(0);
        node.registered.add(network.nodes.get(1).self);

        tell(node, rumour("n0", 16_000, 9, Rumour.State.ALIVE));
        tell(node, rumour("n1", 16_000, 9, Rumour.State.ALIVE));

        assertThat(network.misbehaviour)
                .containsExactly(
                        "127.0.0.1 FALSE_ID: the id n0 is this node's own",
                        "127.0.0.1 FALSE_ID: the node n1 is known at 127.0.0.1:15002, not at 127.0.0.1:16000");
    }

    @Test
    void whoAnswersUnderTheIdOfARegisteredNodeIsReported() {
        GossipNetwork network = new GossipNetwork(36).formed(2);
        TestNode node = network.nodes.get(0);
        node.registered.add(network.nodes.get(1).self);
        network.node("n1", 16_000);
        node.gossip.contact(GossipNetwork.at(16_000));

        network.pass(2);

        assertThat(network.misbehaviour)
                .isNotEmpty()
                .containsOnly("127.0.0.1:16000 FALSE_ID: the node n1 is known at 127.0.0.1:15002, not at"
                        + " 127.0.0.1:16000");
    }

    /** Otherwise a liar who comes first could have the very node shut out whose id it has taken. */
    @Test
    void aStrangersWordAboutAnIdAndADisputeOverAnAddressAreReportedOfNobody() {
        GossipNetwork network = new GossipNetwork(37).formed(3);
        TestNode node = network.nodes.get(0);
        node.registered.add(network.nodes.get(1).self);

        tell(node, rumour("liar", 16_000, 0, Rumour.State.ALIVE), rumour("late", 16_001, 0, Rumour.State.ALIVE));
        assertThat(tell(node, rumour("late", 16_002, 0, Rumour.State.ALIVE)))
                .isEqualTo(new Reply.Refusal("the node late is known at 127.0.0.1:16001, not at 127.0.0.1:16002"));
        tell(node, rumour("liar", 16_000, 0, Rumour.State.ALIVE), rumour("n1", 16_003, 9, Rumour.State.ALIVE));
        tell(node, rumour("x", 15_002, 0, Rumour.State.ALIVE));

        assertThat(network.misbehaviour).isEmpty();
    }

    @Test
    void whatOthersSayOfAnIdElsewhereIsNotBelievedEither() {
        GossipNetwork network = new GossipNetwork(24, true).formed(3);
        TestNode node = network.nodes.get(0);

        tell(
                node,
                rumour("n1", 15_002, 0, Rumour.State.ALIVE),
                rumour("n2", 16_000, 9, Rumour.State.GONE),
                rumour("x", 15_003, 0, Rumour.State.ALIVE),
                rumour("n0", 16_000, 0, Rumour.State.ALIVE));

        assertThat(node.of(network.nodes.get(2))).isEqualTo("ALIVE 0");
        assertThat(node.gossip.seen(new PeerId("x"))).isEmpty();
        assertThat(network.trace.lines())
                .anyMatch(line -> line.endsWith("the node n2 is known at 127.0.0.1:15003, not at 127.0.0.1:16000"))
                .anyMatch(line -> line.endsWith("at 127.0.0.1:15003 the node n2 is known, not x"))
                .anyMatch(line -> line.contains(
                        "This node's id n0 is said to be at 127.0.0.1:16000, and it is at 127.0.0.1:15001: if its"
                                + " data directory was copied, only the node where the others call it is a member"));
    }

    @Test
    void incarnationsDoNotLeap() {
        GossipNetwork network = new GossipNetwork(25).formed(2);
        TestNode node = network.nodes.get(0);

        Reply reply = tell(
                node, rumour("n1", 15_002, 0, Rumour.State.ALIVE), rumour("n0", 15_001, 2_000_000, Rumour.State.GONE));
        assertThat(((GossipReply.Gossiped) reply).self().incarnation()).isZero();
        assertThat(tell(node, rumour("n1", 15_002, 2_000_000, Rumour.State.ALIVE)))
                .isEqualTo(new Reply.Refusal("the incarnation of n1 cannot leap from 0 to 2000000"));
        network.pass(5);

        assertThat(network.nodes.get(1).of(node)).isEqualTo("ALIVE 0");
    }

    @Test
    void theWordOfAStrangerWhoIsGoneIsNotKept() {
        TestNode node = new GossipNetwork(26).formed(1).nodes.get(0);

        tell(node, rumour("x", 16_000, 0, Rumour.State.ALIVE), rumour("y", 16_001, 0, Rumour.State.GONE));

        assertThat(node.gossip.seen()).hasSize(1);
    }

    @Test
    void aStrangerWhoMakesUpNodesFillsNoMemoryAndHasNobodyFlooded() {
        GossipNetwork network = new GossipNetwork(27).formed(1);
        TestNode node = network.nodes.get(0);
        inventNodes(node, 20);
        assertThat(node.gossip.seen()).hasSize(Table.MAX_NODES);
        long before = network.network.messages();

        network.pass(60);

        assertThat(network.network.messages() - before).isLessThanOrEqualTo(60L * (3 + 9 + 10));
    }

    @Test
    void nodesThatAreGoneAreForgottenUnlessTheyAreRegistered() {
        GossipNetwork network = new GossipNetwork(28).formed(4);
        TestNode node = network.nodes.get(0);
        node.registered.add(network.nodes.get(3).self);
        network.nodes.get(2).kill();
        network.nodes.get(3).kill();
        network.pass(300);
        assertThat(node.of(network.nodes.get(2))).startsWith("GONE");

        network.pass(400);

        assertThat(node.of(network.nodes.get(2))).isEqualTo("unknown");
        assertThat(node.of(network.nodes.get(3))).startsWith("GONE");
        assertThat(network.nodes.get(1).of(network.nodes.get(3))).isEqualTo("unknown");
    }

    @Test
    void onlyNodesThatAreKnownAreProbedForOthers() {
        GossipNetwork network = new GossipNetwork(29).formed(3);
        TestNode node = network.nodes.get(0);
        TestNode dead = network.nodes.get(2);
        dead.kill();
        List<Outcome> answers = new ArrayList<>();

        node.gossip.receive(
                () -> "127.0.0.1", new GossipCommand.Probe(new PeerId("x"), GossipNetwork.at(16_000)), answers::add);
        node.gossip.receive(
                () -> "127.0.0.1", new GossipCommand.Probe(new PeerId("n1"), GossipNetwork.at(16_000)), answers::add);
        node.gossip.receive(
                () -> "127.0.0.1", new GossipCommand.Probe(new PeerId("n1"), GossipNetwork.at(15_002)), answers::add);
        network.time.advance(Duration.ofMillis(50));
        node.gossip.receive(
                () -> "127.0.0.1", new GossipCommand.Probe(new PeerId("n2"), GossipNetwork.at(15_003)), answers::add);
        network.time.advance(Duration.ofMillis(50));

        assertThat(answers)
                .containsExactly(
                        new Reply.Refusal("x is not known at 127.0.0.1:16000"),
                        new Reply.Refusal("n1 is not known at 127.0.0.1:16000"),
                        Reply.ACK,
                        new Reply.Refusal("n2 does not answer here either"));
    }

    @Test
    void whoAsksForTooManyProbesIsRefused() {
        GossipNetwork network = new GossipNetwork(30).formed(2);
        List<Outcome> answers = new ArrayList<>();

        for (int i = 0; i < 40; i++) {
            network.nodes
                    .get(0)
                    .gossip
                    .receive(
                            () -> "127.0.0.1",
                            new GossipCommand.Probe(new PeerId("n1"), GossipNetwork.at(15_002)),
                            answers::add);
        }
        network.time.advance(Duration.ofMillis(100));

        assertThat(answers).hasSize(40);
        assertThat(answers)
                .filteredOn(answer -> answer.equals(new Reply.Refusal("this node has no time to probe")))
                .hasSizeGreaterThanOrEqualTo(10);
        assertThat(answers).contains(Reply.ACK);
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        List<String> first = new GossipNetwork(31, true).formed(8).trace.lines();

        assertThat(new GossipNetwork(31, true).formed(8).trace.lines()).isEqualTo(first);
        assertThat(new GossipNetwork(32, true).formed(8).trace.lines()).isNotEqualTo(first);
    }
}
