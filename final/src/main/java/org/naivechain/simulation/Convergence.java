package org.naivechain.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.naivechain.blocks.Block;
import org.naivechain.gossip.Gossip;
import org.naivechain.gossip.GossipCommand;
import org.naivechain.gossip.GossipListener;
import org.naivechain.gossip.Height;
import org.naivechain.gossip.Rumour;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.CommandHandler;
import org.naivechain.protocol.Complaints;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Sender;
import org.naivechain.protocol.Time;
import org.slf4j.helpers.NOPLogger;

/**
 * Measures how fast gossip spreads: a network of nodes that only gossip forms from one address, takes in a newcomer, and
 * loses a node, under good conditions. For one thread.
 *
 * @param nodes how many nodes the network has
 * @param formation from the common start, where each node has the address of the same one, until every node knows all
 * @param newcomer from the start of one more node until all know it, and it knows all
 * @param death from the moment when a node is killed until all say that it is gone
 * @param falseAlarms how often a node called a running node suspect or gone
 */
public record Convergence(int nodes, Stage formation, Stage newcomer, Stage death, long falseAlarms) {
    /** The smallest network. */
    public static final int MIN_NODES = 3;

    /** The largest network; the memory grows with the square, and 5,000 nodes take 4 GB. */
    public static final int MAX_NODES = 5_000;

    /** How many stages a measurement has. */
    public static final int STAGES = 5;

    /**
     * How long something took.
     *
     * @param rounds in periods of the gossip
     * @param messagesPerNode commands and replies that a node sent, on average
     * @param spread how many nodes knew all at the end of each round
     */
    public record Stage(double rounds, double messagesPerNode, List<Integer> spread) {
        /** Keeps a copy. */
        public Stage {
            spread = List.copyOf(spread);
        }
    }

    /** {@return what the rounds are compared with: the logarithm to base 2 of the number of nodes} */
    public double logarithm() {
        return Math.log(nodes) / Math.log(2);
    }

    /**
     * Measures a network of {@value #MIN_NODES} to {@value #MAX_NODES} nodes; the same number and seed give the same result.
     *
     * @param progress receives how many of the {@value #STAGES} stages are over, those of rest included
     * @throws IllegalArgumentException if the number of nodes is out of range
     * @throws CancellationException if the thread is interrupted
     */
    public static Convergence run(int nodes, long seed, IntConsumer progress) {
        if (nodes < MIN_NODES || nodes > MAX_NODES) {
            throw new IllegalArgumentException(
                    "a network that gossips has " + MIN_NODES + " to " + MAX_NODES + " nodes: " + nodes);
        }
        return new Run(seed).measure(nodes, progress);
    }

    /** A network, and what is measured of it. */
    private static final class Run {
        private static final int FIRST_PORT = 15_001;
        private static final int STEPS_PER_ROUND = 10;
        private static final Duration STEP = Gossip.PERIOD.dividedBy(STEPS_PER_ROUND);
        /** After so many rounds it is clear that it never happens. */
        private static final int PATIENCE = 1_000;

        private static final Duration UNTIL_ALL_NEWS_IS_OLD = Gossip.PERIOD.multipliedBy(10);

        private final VirtualTime time = new VirtualTime();
        private final List<Gossiping> running = new ArrayList<>();
        private final Random random;
        private final VirtualNetwork network;
        private PeerId dead;
        private long falseAlarms;

        Run(long seed) {
            this.random = new Random(seed);
            this.network = new VirtualNetwork(time, new Random(random.nextLong()), new Trace(time, false), false);
        }

        Convergence measure(int nodes, IntConsumer progress) {
            for (int i = 0; i < nodes; i++) {
                start();
            }
            Stage formation = untilAllKnow(nodes - 1);
            progress.accept(1);
            time.advance(UNTIL_ALL_NEWS_IS_OLD);
            progress.accept(2);
            start();
            Stage newcomer = untilAllKnow(nodes);
            progress.accept(3);
            time.advance(UNTIL_ALL_NEWS_IS_OLD);
            progress.accept(4);
            running.remove(1 + random.nextInt(running.size() - 1)).kill();
            Stage death = untilAllKnow(nodes - 1);
            progress.accept(STAGES);
            return new Convergence(nodes, formation, newcomer, death, falseAlarms);
        }

        private void start() {
            Gossiping node = new Gossiping();
            if (!running.isEmpty()) {
                node.gossip.contact(running.get(0).self.address());
            }
            running.add(node);
            node.gossip.begin();
        }

        private Stage untilAllKnow(int others) {
            long messages = network.messages();
            List<Integer> spread = new ArrayList<>();
            int steps = 0;
            int informed = informed(others);
            while (informed < running.size()) {
                if (steps++ > PATIENCE * STEPS_PER_ROUND) {
                    throw new IllegalStateException("the news has not reached all nodes after " + PATIENCE + " rounds");
                }
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("the measurement was interrupted");
                }
                time.advance(STEP);
                informed = informed(others);
                if (steps % STEPS_PER_ROUND == 0 || informed == running.size()) {
                    spread.add(informed);
                }
            }
            return new Stage(
                    steps * STEP.toMillis() / (double) Gossip.PERIOD.toMillis(),
                    (network.messages() - messages) / (double) running.size(),
                    spread);
        }

        private int informed(int others) {
            return (int) running.stream()
                    .filter(node -> node.gossip.others() == others)
                    .count();
        }

        /** A node that gossips and does nothing else, until it is killed. */
        private final class Gossiping implements CommandHandler<Command>, GossipListener, Time {
            private final Peer self =
                    new Peer(PeerId.random(random), new PeerAddress("127.0.0.1", FIRST_PORT + running.size()));
            private final Gossip gossip = new Gossip(
                    self,
                    this,
                    new Gossip.Ports(
                            network.from(self),
                            this,
                            new Random(random.nextLong()),
                            NOPLogger.NOP_LOGGER,
                            new Complaints(NOPLogger.NOP_LOGGER, time::now)));
            private boolean killed;

            Gossiping() {
                network.connect(self.address(), this);
            }

            void kill() {
                killed = true;
                dead = self.id();
                network.crash(self.address());
            }

            @Override
            public void receive(Sender sender, Command command, Consumer<Reply> answer) {
                if (command instanceof GossipCommand gossiped) {
                    gossip.receive(sender, gossiped, answer);
                } else {
                    answer.accept(new Reply.Pong(self.id()));
                }
            }

            @Override
            public Height height() {
                return new Height(1, 0, Block.GENESIS.hash());
            }

            @Override
            public List<Peer> registered() {
                return List.of();
            }

            @Override
            public void heard(Rumour rumour) {
                if (!rumour.isAlive() && !rumour.id().equals(dead)) {
                    falseAlarms++;
                }
            }

            @Override
            public void grown(Rumour rumour) {}

            @Override
            public Instant now() {
                return time.now();
            }

            @Override
            public Timer after(Duration delay, Runnable action) {
                return time.after(delay, () -> {
                    if (!killed) {
                        action.run();
                    }
                });
            }
        }
    }
}
