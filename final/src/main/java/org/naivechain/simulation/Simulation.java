package org.naivechain.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.node.Node;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.JoinOutcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;

/** A network of nodes in one thread, with everything that chance decides drawn from one seed. */
public final class Simulation {
    private static final int FIRST_PORT = 15_001;
    private static final Duration LONG_ENOUGH_TO_JOIN = Duration.ofSeconds(20);

    private final VirtualTime time = new VirtualTime();
    private final Trace trace;
    private final Random random;
    private final VirtualNetwork network;
    private final Build build;
    private final VoteHistory votes = new VoteHistory();
    private final List<Machine> machines = new ArrayList<>();

    /**
     * A network without nodes, of which everything is noted.
     *
     * @param seed what all chance is drawn from
     * @param build which nodes run
     */
    public Simulation(long seed, Build build) {
        this(seed, build, true);
    }

    Simulation(long seed, Build build, boolean traced) {
        this.random = new Random(seed);
        this.trace = new Trace(time, traced);
        this.network = new VirtualNetwork(time, new Random(random.nextLong()), trace, traced);
        this.build = build;
    }

    /**
     * Starts a node that stands alone.
     *
     * @return the node
     */
    public Node start() {
        return machine().start();
    }

    private PeerAddress nextAddress() {
        return new PeerAddress("127.0.0.1", FIRST_PORT + 2 * machines.size());
    }

    /** A machine that has a copy of another's disk, at an address of its own or, where nobody reaches it, at that one's. */
    Machine copy(Machine original, boolean elsewhere) {
        Machine copy = original.copy(elsewhere ? nextAddress() : original.self().address());
        machines.add(copy);
        return copy;
    }

    /** Puts a machine into the network, on which no node runs yet. */
    Machine machine() {
        Random chance = new Random(random.nextLong());
        Peer self = new Peer(PeerId.random(chance), nextAddress());
        Machine machine = new Machine("node" + (machines.size() + 1), self, time, network, trace, votes, build, chance);
        machines.add(machine);
        return machine;
    }

    /**
     * Starts a node and has it join through another.
     *
     * @param member the other
     * @return the node
     * @throws IllegalStateException if it cannot join
     */
    public Node startAndJoin(Node member) {
        Node node = start();
        List<JoinOutcome> outcomes = new ArrayList<>();
        node.join(member.self().address(), Optional.of(member.self().id()), outcomes::add);
        time.advance(LONG_ENOUGH_TO_JOIN);
        if (!outcomes.equals(List.of(new JoinOutcome.Joined(member.self())))) {
            throw new IllegalStateException("the join failed: " + outcomes);
        }
        return node;
    }

    /**
     * Has a node add a text.
     *
     * @param node the node that is asked
     * @param text what the block is to carry
     * @param then takes the outcome, when time passes
     */
    public void add(Node node, String text, Consumer<AddOutcome> then) {
        node.add(BlockData.of(text), outcome -> {
            trace.note(() -> node.self().address() + " adds " + text + ": " + outcome);
            then.accept(outcome);
        });
    }

    /** {@return the clock of all nodes, which makes things happen} */
    public VirtualTime time() {
        return time;
    }

    /** {@return the network of all nodes, which can be broken} */
    public VirtualNetwork network() {
        return network;
    }

    /** {@return what has happened so far: every message, log line, and add} */
    public List<String> trace() {
        return trace.lines();
    }

    /** What every node promised and voted for. */
    VoteHistory votes() {
        return votes;
    }

    /** What has happened so far, to search in. */
    Trace log() {
        return trace;
    }

    /**
     * The whole chain of a node.
     *
     * @param node the node
     * @return its blocks, from the genesis block on
     */
    public static List<Block> chain(Node node) {
        List<Block> blocks = new ArrayList<>();
        while (blocks.size() < node.length()) {
            blocks.addAll(node.page(blocks.size(), Integer.MAX_VALUE));
        }
        return blocks;
    }
}
