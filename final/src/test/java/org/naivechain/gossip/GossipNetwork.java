package org.naivechain.gossip;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.naivechain.blocks.Block;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.CommandHandler;
import org.naivechain.protocol.Complaints;
import org.naivechain.protocol.Misbehaviour;
import org.naivechain.protocol.Network;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Sender;
import org.naivechain.protocol.Time;
import org.naivechain.simulation.Trace;
import org.naivechain.simulation.VirtualNetwork;
import org.naivechain.simulation.VirtualTime;

/** Nodes that gossip, on a virtual network. */
final class GossipNetwork {
    final VirtualTime time = new VirtualTime();
    final Trace trace;
    final VirtualNetwork network;
    final List<TestNode> nodes = new ArrayList<>();
    /** Whom the nodes have reported, and for what. */
    final List<String> misbehaviour = new ArrayList<>();

    private final Random random;

    GossipNetwork(long seed) {
        this(seed, false);
    }

    /** A network of which every frame is written, read, and noted, perhaps, which takes most of a test's time. */
    GossipNetwork(long seed, boolean traced) {
        random = new Random(seed);
        trace = new Trace(time, traced);
        network = new VirtualNetwork(time, new Random(random.nextLong()), trace, traced);
    }

    static PeerAddress at(int port) {
        return new PeerAddress("127.0.0.1", port);
    }

    static Height height(long length) {
        return new Height(length, 0, Block.GENESIS.hash());
    }

    /** A number of nodes that know the first, and some time to find the others. */
    GossipNetwork formed(int count) {
        for (int i = 0; i < count; i++) {
            TestNode node = node("n" + i, 15_001 + i);
            if (i > 0) {
                node.gossip.contact(nodes.get(0).self.address());
            }
            node.gossip.begin();
        }
        pass(20);
        return this;
    }

    TestNode node(String id, int port) {
        TestNode node = new TestNode(new Peer(new PeerId(id), at(port)));
        nodes.add(node);
        return node;
    }

    TestNode started(String id, int port, PeerAddress contact) {
        TestNode node = node(id, port);
        node.gossip.contact(contact);
        node.gossip.begin();
        return node;
    }

    void pass(int seconds) {
        time.advance(Duration.ofSeconds(seconds));
    }

    /** A node without a chain. */
    final class TestNode implements CommandHandler<Command>, GossipListener, Time {
        final Peer self;
        final Gossip gossip;
        final List<String> events = new ArrayList<>();
        final List<GossipCommand.Gossip> told = new ArrayList<>();
        final List<Peer> registered = new ArrayList<>();
        Height height = GossipNetwork.height(1);
        private final List<Runnable> missed = new ArrayList<>();
        private final List<Runnable> missedTimers = new ArrayList<>();
        private boolean paused;
        private boolean pausesWhenItCalls;
        private boolean dead;

        TestNode(Peer self) {
            this.self = self;
            var log = trace.logger(self.id().text());
            gossip = new Gossip(
                    self,
                    this,
                    new Gossip.Ports(
                            calling(network.from(self)),
                            this,
                            new Random(random.nextLong()),
                            log,
                            new Complaints(log, time::now)));
            network.connect(
                    self.address(),
                    (sender, command, answer) -> does(() -> receive(reported(sender.host()), command, answer)));
        }

        /** What it answers to somebody on this machine. */
        Reply hears(GossipCommand.Gossip gossiped) {
            List<Reply> replies = new ArrayList<>();
            gossip.receive(reported("127.0.0.1"), gossiped, replies::add);
            return replies.get(0);
        }

        private Sender reported(String host) {
            return new Sender() {
                @Override
                public String host() {
                    return host;
                }

                @Override
                public void accuse(Misbehaviour what, String detail) {
                    misbehaviour.add(host + " " + what + ": " + detail);
                }
            };
        }

        private Network calling(Network port) {
            return new Network() {
                @Override
                public void send(PeerAddress to, Command command, Consumer<Outcome> then) {
                    port.send(to, command, outcome -> does(() -> then.accept(outcome)));
                    paused |= pausesWhenItCalls;
                }

                @Override
                public void accuse(PeerAddress called, Misbehaviour what, String detail) {
                    misbehaviour.add(called + " " + what + ": " + detail);
                }
            };
        }

        /** What it knows of another: its state and incarnation. */
        String of(TestNode other) {
            return gossip.seen(other.self.id())
                    .map(seen -> seen.rumour().state() + " " + seen.rumour().incarnation())
                    .orElse("unknown");
        }

        Seen seen(TestNode other) {
            return gossip.seen(other.self.id()).orElseThrow();
        }

        void kill() {
            dead = true;
            network.crash(self.address());
        }

        /** Stops in the middle of what it does, when it has called others and not heard from them yet. */
        void pauseAtTheNextCall() {
            pausesWhenItCalls = true;
        }

        /** Goes on: its clock is faster than what came over the network meanwhile. */
        void resume() {
            pausesWhenItCalls = false;
            paused = false;
            List<Runnable> now = new ArrayList<>(missedTimers);
            now.addAll(missed);
            missedTimers.clear();
            missed.clear();
            now.forEach(this::does);
        }

        private void does(Runnable action) {
            if (paused) {
                missed.add(action);
            } else if (!dead) {
                action.run();
            }
        }

        @Override
        public void receive(Sender sender, Command command, Consumer<Reply> answer) {
            if (command instanceof GossipCommand.Gossip gossiped) {
                told.add(gossiped);
            }
            if (command instanceof GossipCommand gossiping) {
                gossip.receive(sender, gossiping, answer);
            } else {
                answer.accept(new Reply.Pong(self.id()));
            }
        }

        @Override
        public Height height() {
            return height;
        }

        @Override
        public List<Peer> registered() {
            return registered;
        }

        @Override
        public void heard(Rumour rumour) {
            events.add(rumour.id() + " " + rumour.state());
        }

        @Override
        public void grown(Rumour rumour) {
            events.add(rumour.id() + " " + rumour.height().length());
        }

        @Override
        public Instant now() {
            return time.now();
        }

        @Override
        public Timer after(Duration delay, Runnable action) {
            return time.after(delay, () -> {
                if (paused) {
                    missedTimers.add(action);
                } else {
                    does(action);
                }
            });
        }
    }
}
