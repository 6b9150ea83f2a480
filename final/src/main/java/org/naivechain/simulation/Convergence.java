package org.naivechain.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.naivechain.gossip.Gossip;
import org.naivechain.gossip.Rumour;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;

/**
 * Measures how fast word gets round: a network of nodes that only gossip forms from one address, takes in a newcomer, and
 * loses a node, under good conditions. For one thread.
 *
 * @param nodes how many nodes the network has
 * @param formation from the moment when all start, each with the address of the same one, until everyone knows everyone
 * @param newcomer from the start of one more node until all know it, and it knows all
 * @param death from the moment when a node is killed until all say that it is gone
 * @param falseAlarms how often a node said of another that it is suspect or gone although it was running
 */
public record Convergence(int nodes, Stage formation, Stage newcomer, Stage death, long falseAlarms) {
    /** The smallest network. */
    public static final int MIN_NODES = 3;

    /** The largest network; the memory grows with the square, and 5,000 nodes take 4 GB. */
    public static final int MAX_NODES = 5_000;

    /** Of how many stages a measurement consists. */
    public static final int STAGES = 5;

    /**
     * How long something took.
     *
     * @param rounds in periods of the gossip
     * @param messagesPerNode commands and replies that a node sent, on average
     */
    public record Stage(double rounds, double messagesPerNode) {}

    /** {@return what the rounds are to be compared with: the logarithm to base 2 of the number of nodes} */
    public double logarithm() {
        return Math.log(nodes) / Math.log(2);
    }

    /**
     * Lets a network form, grow, and shrink.
     *
     * @param nodes how many nodes, {@value #MIN_NODES} to {@value #MAX_NODES}
     * @param seed what all chance is drawn from
     * @param progress told how many of the {@value #STAGES} stages are over, those of rest included
     * @return how long it took; the same for the same number and seed
     * @throws IllegalArgumentException if the number is none of these
     */
    public static Convergence run(int nodes, long seed, IntConsumer progress) {
        if (nodes < MIN_NODES || nodes > MAX_NODES) {
            throw new IllegalArgumentException(
                    "a network that gossips has " + MIN_NODES + " to " + MAX_NODES + " nodes: " + nodes);
        }
        return new Run(nodes, seed).all(progress);
    }

    /** The network, and what is measured of it. */
    private static final class Run {
        private static final int FIRST_PORT = 15_001;
        private static final Duration STEP = Gossip.PERIOD.dividedBy(10);
        /** So many rounds mean that it never happens. */
        private static final int PATIENCE = 1_000;

        private static final int UNTIL_ALL_NEWS_IS_OLD = 10;

        private final VirtualTime time = new VirtualTime();
        private final List<Gossiping> running = new ArrayList<>();
        private final Random random;
        private final VirtualNetwork network;
        private final int nodes;
        private PeerId dead;
        private long falseAlarms;

        Run(int nodes, long seed) {
            this.nodes = nodes;
            this.random = new Random(seed);
            this.network = new VirtualNetwork(time, new Random(random.nextLong()), new Trace(time, false), false);
        }

        Convergence all(IntConsumer progress) {
            for (int i = 0; i < nodes; i++) {
                start();
            }
            Stage formation =
                    until(() -> running.stream().allMatch(node -> node.gossip().others() == nodes - 1));
            progress.accept(1);
            time.advance(Gossip.PERIOD.multipliedBy(UNTIL_ALL_NEWS_IS_OLD));
            progress.accept(2);
            start();
            Stage newcomer =
                    until(() -> running.stream().allMatch(node -> node.gossip().others() == nodes));
            progress.accept(3);
            time.advance(Gossip.PERIOD.multipliedBy(UNTIL_ALL_NEWS_IS_OLD));
            progress.accept(4);
            Gossiping killed = running.remove(1 + random.nextInt(running.size() - 1));
            dead = killed.self().id();
            killed.kill(network);
            Stage death =
                    until(() -> running.stream().allMatch(node -> node.gossip().others() == nodes - 1));
            progress.accept(STAGES);
            return new Convergence(nodes, formation, newcomer, death, falseAlarms);
        }

        private void start() {
            Peer self = new Peer(PeerId.random(random), new PeerAddress("127.0.0.1", FIRST_PORT + running.size()));
            Gossiping node = new Gossiping(self, time, network, new Random(random.nextLong()), this::note);
            if (!running.isEmpty()) {
                node.gossip().contact(running.get(0).self().address());
            }
            running.add(node);
            node.gossip().begin();
        }

        private void note(Rumour rumour) {
            if (!rumour.isAlive() && !rumour.id().equals(dead)) {
                falseAlarms++;
            }
        }

        private Stage until(BooleanSupplier reached) {
            long messages = network.messages();
            int steps = 0;
            while (!reached.getAsBoolean()) {
                if (steps++ > PATIENCE * 10) {
                    throw new IllegalStateException("the word has not got round after " + PATIENCE + " rounds");
                }
                time.advance(STEP);
            }
            return new Stage(
                    steps * STEP.toMillis() / (double) Gossip.PERIOD.toMillis(),
                    (network.messages() - messages) / (double) running.size());
        }
    }
}
