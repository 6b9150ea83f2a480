package org.naivechain.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.naivechain.blocks.Block;
import org.naivechain.node.Node;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;

/** A network of nodes in one thread; one seed is the source of all chance. */
final class Simulation {
    private static final int FIRST_PORT = 15_001;

    private final VirtualTime time = new VirtualTime();
    private final VoteHistory votes = new VoteHistory();
    private final Trace trace;
    private final Random random;
    private final VirtualNetwork network;
    private final Build build;
    private int machines;

    /** A traced network without nodes. */
    Simulation(long seed, Build build) {
        this(seed, build, true);
    }

    Simulation(long seed, Build build, boolean traced) {
        this.random = new Random(seed);
        this.trace = new Trace(time, traced);
        this.network = new VirtualNetwork(time, new Random(random.nextLong()), trace, traced);
        this.build = build;
    }

    /** A new machine, on which no node runs yet. */
    Machine machine() {
        Random chance = new Random(random.nextLong());
        Peer self = new Peer(PeerId.random(chance), nextAddress());
        return new Machine(this, "node" + machines, self, build, chance);
    }

    /** A machine with a copy of another's disk: at an address of its own, or at the original's, where nobody reaches it. */
    Machine copy(Machine original, boolean elsewhere) {
        PeerAddress own = nextAddress();
        return original.copy(elsewhere ? own : original.self().address());
    }

    /** Starts machines that know each other. */
    static void start(List<Machine> machines) {
        for (Machine machine : machines) {
            machine.knows(machines.stream()
                    .filter(other -> other != machine)
                    .map(Machine::self)
                    .toList());
        }
        machines.forEach(Machine::start);
    }

    /** {@return the number of the machine with an address, from 0 on} */
    static int machineAt(PeerAddress address) {
        return (address.port().number() - FIRST_PORT) / 2;
    }

    private PeerAddress nextAddress() {
        return new PeerAddress("127.0.0.1", FIRST_PORT + 2 * machines++);
    }

    VirtualTime time() {
        return time;
    }

    VirtualNetwork network() {
        return network;
    }

    /** What all nodes promised and voted for. */
    VoteHistory votes() {
        return votes;
    }

    Trace trace() {
        return trace;
    }

    /** The whole chain of a node, from the genesis block on. */
    static List<Block> chain(Node node) {
        List<Block> blocks = new ArrayList<>();
        while (blocks.size() < node.length()) {
            blocks.addAll(node.page(blocks.size(), Integer.MAX_VALUE));
        }
        return blocks;
    }
}
