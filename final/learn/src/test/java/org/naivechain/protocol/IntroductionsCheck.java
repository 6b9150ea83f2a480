package org.naivechain.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.chain.Chain;
import org.naivechain.chain.MemoryBlockStore;
import org.naivechain.learn.Explain;
import org.slf4j.helpers.NOPLogger;

/** Exercise 4.3: nodes that tell each other who is there. */
class IntroductionsCheck {
    private static final int MANY_FRAMES = 500;

    private final Map<PeerAddress, Node> nodes = new LinkedHashMap<>();
    private final Map<PeerAddress, String> names = new LinkedHashMap<>();
    private final Queue<Runnable> underWay = new ArrayDeque<>();
    /** As {@code from>to:who}. */
    private final List<String> frames = new ArrayList<>();

    @Test
    @DisplayName("A newcomer is introduced to all others, but not to itself")
    void spreadIntroducesANewcomerToTheOthers() {
        Node a = node("a");
        a.peers.register(peer("b"));
        a.peers.register(peer("c"));
        a.peers.register(peer("d"));
        a.introductions.spread(peer("d"));
        Explain.same(
                List.of("a>b:d", "a>c:d"),
                frames,
                "Node a knows b, c, and d, and spread(d) was called; frames as from>to:who.",
                "Everybody but the newcomer must hear of the newcomer, once.");
    }

    @Test
    @DisplayName("A member that hears of a new peer tells the others, and introduces itself to it")
    void aNewPeerIsPassedOn() {
        Node a = node("a");
        a.peers.register(peer("b"));
        Explain.same(Reply.ACK, a.introductions.register(peer("c")), "c introduced itself to a.", "The table took it.");
        Explain.same(
                List.of("a>b:c", "a>c:a"),
                frames.stream().sorted().toList(),
                "Node a knows b, and c introduced itself; frames as from>to:who.",
                "b may not have heard of c. And c may not have heard of a: it may be b that told a of c.");
    }

    @Test
    @DisplayName("A peer that is known already causes no frame")
    void aKnownPeerCausesNothing() {
        Node a = node("a");
        a.peers.register(peer("b"));
        a.peers.register(peer("c"));
        Explain.same(
                Reply.ACK,
                a.introductions.register(peer("c")),
                "c, which a knows already, introduced itself again.",
                "It is not wrong to say a thing twice.");
        Explain.same(
                List.of(),
                frames,
                "c, which a knows already, introduced itself again; frames as from>to:who.",
                "If old news were passed on, two members would tell each other the same for ever.");
    }

    @Test
    @DisplayName("Two that join at the same moment through two members hear of each other, and it ends")
    void thoseThatJoinAtTheSameMomentHearOfEachOther() {
        Node a = node("a");
        Node b = node("b");
        Node c = node("c");
        Node d = node("d");
        a.peers.register(b.self);
        b.peers.register(a.self);
        c.peers.register(a.self);
        d.peers.register(b.self);
        c.introductions.introduceSelf(a.self);
        d.introductions.introduceSelf(b.self);
        run();
        for (Node node : nodes.values()) {
            Explain.same(
                    nodes.values().stream()
                            .map(other -> other.self.id().text())
                            .filter(id -> !id.equals(node.self.id().text()))
                            .toList(),
                    node.peers.peers().stream()
                            .map(other -> other.id().text())
                            .sorted()
                            .toList(),
                    "a and b are members. c introduced itself to a, and d to b, at the same moment. " + frames.size()
                            + " frames later, whom " + node.self.id() + " knows:",
                    "Frames were " + frames + " (from>to:who). Who could have told it of the one that is missing?");
        }
    }

    @Test
    @DisplayName("Twenty that join one member at the same moment all know each other")
    void twentyJoinAtTheSameMoment() {
        Node first = node("n0");
        for (int i = 1; i < 20; i++) {
            Node next = node("n" + i);
            next.peers.register(first.self);
            next.introductions.introduceSelf(first.self);
        }
        run(20 * MANY_FRAMES);
        for (Node node : nodes.values()) {
            Explain.same(
                    19,
                    node.peers.peers().size(),
                    "19 nodes introduced themselves to one member at the same moment. " + frames.size()
                            + " frames later, how many others " + node.self.id() + " knows:",
                    "The list that a newcomer is given is old by the time it is read.");
        }
    }

    @Test
    @DisplayName("A peer that the table refuses is not passed on")
    void aRefusedPeerIsNotPassedOn() {
        Node a = node("a");
        a.peers.register(peer("b"));
        a.peers.register(peer("c"));
        Peer liar = new Peer(new PeerId("c"), new PeerAddress("127.0.0.1", 16_666));
        Reply reply = a.introductions.register(liar);
        Explain.that(
                reply instanceof Reply.Refusal,
                "Somebody at port 16666 says that it is c, but c is known at another port. The answer is " + reply
                        + ".",
                "register returns what the table said.");
        Explain.same(
                List.of(),
                frames,
                "Somebody at port 16666 says that it is c, but c is known elsewhere; frames as from>to:who.",
                "A member that passes on what it does not believe itself spreads the lie with its own name on it.");
    }

    private void run() {
        run(MANY_FRAMES);
    }

    private void run(int most) {
        while (!underWay.isEmpty()) {
            underWay.remove().run();
            Explain.that(
                    frames.size() <= most,
                    "More than " + most + " frames were sent, the last of them "
                            + frames.subList(Math.max(0, frames.size() - 4), frames.size())
                            + " (from>to:who), and it goes on.",
                    "Some event must cause no frame, or the network talks for ever. What does a member that has heard"
                            + " it all before do?");
        }
    }

    private Node node(String id) {
        return new Node(peer(id));
    }

    private Peer peer(String id) {
        PeerAddress address = new PeerAddress("127.0.0.1", 15_000 + Math.floorMod(id.hashCode(), 1_000));
        names.put(address, id);
        return new Peer(new PeerId(id), address);
    }

    private final class Node implements Network {
        private final Peer self;
        private final PeerTable peers;
        private final Introductions introductions;

        Node(Peer self) {
            this.self = self;
            this.peers = new PeerTable(self, PeerStore.inMemory());
            Chain chain = Chain.over(new MemoryBlockStore());
            this.introductions = new Introductions(
                    new NodeContext(chain, peers, this, new Still(), NOPLogger.NOP_LOGGER), peer -> true);
            nodes.put(self.address(), this);
        }

        @Override
        public void send(PeerAddress to, Command command, Consumer<Outcome> then) {
            PeerCommand.AddPeer introduction = (PeerCommand.AddPeer) command;
            frames.add(self.id() + ">" + names.getOrDefault(to, to.toString()) + ":" + introduction.peerId());
            underWay.add(() -> {
                Node receiver = nodes.get(to);
                if (receiver != null) {
                    then.accept(receiver.introductions.register(introduction.peer("127.0.0.1")));
                }
            });
        }
    }

    /** Nothing here takes time. */
    private static final class Still implements Time {
        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public Timer after(Duration delay, Runnable action) {
            return () -> {};
        }
    }
}
