package org.naivechain.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Verdict;
import org.naivechain.consensus.majority.BallotCommand;
import org.naivechain.ledger.BlockRules;
import org.naivechain.node.HealthCheck;
import org.naivechain.node.Node;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Network;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Time;
import org.slf4j.Logger;

/** A simulated computer: it has a disk and an address, and runs one node at a time. For one thread. */
final class Machine {
    private final Simulation simulation;
    private final String name;
    private final Build build;
    private final RandomGenerator random;
    private final VirtualDisk disk;
    private final DriftingClock clock;
    private Peer self;
    private VoteHistory history;
    private boolean isDeaf;
    private Optional<PeerAddress> contact = Optional.empty();
    private Optional<Run> run = Optional.empty();
    /** The slow check of a chain takes half of a run's time, and finds nothing where nothing is lost. */
    private boolean hasLostBlocks;

    Machine(Simulation simulation, String name, Peer self, Build build, RandomGenerator random) {
        this(simulation, name, self, build, random, new VirtualDisk(new Random(random.nextLong())));
    }

    private Machine(
            Simulation simulation, String name, Peer self, Build build, RandomGenerator random, VirtualDisk disk) {
        this.simulation = simulation;
        this.name = name;
        this.self = self;
        this.build = build;
        this.random = random;
        this.disk = disk;
        this.history = simulation.votes();
        this.clock = new DriftingClock(simulation.time());
    }

    /**
     * Another machine with a copy of the disk. At the address of this one it can call others, and they do not reach it, so that
     * none of its votes may count.
     */
    Machine copy(PeerAddress address) {
        Random chance = new Random(random.nextLong());
        Machine copy =
                new Machine(simulation, name + "'", new Peer(self.id(), address), build, chance, disk.copy(chance));
        copy.hasLostBlocks = hasLostBlocks;
        if (address.equals(self.address())) {
            copy.isDeaf = true;
            copy.history = new VoteHistory();
        }
        return copy;
    }

    @Override
    public String toString() {
        return name;
    }

    Peer self() {
        return self;
    }

    VirtualDisk disk() {
        return disk;
    }

    /** Writes the other members to the disk, before the first start. */
    void knows(List<Peer> peers) {
        Node.Stores stores = disk.open(simulation.time(), self, history).stores();
        stores.peers().write(peers);
        stores.durability().whenDurable(() -> {});
        simulation.time().advance(Duration.ofSeconds(1));
    }

    /** The node, if one runs here. */
    Optional<Node> node() {
        return run.map(current -> current.node);
    }

    /** Whether a node runs here that takes itself for a member. */
    boolean isMember() {
        return node().filter(Node::isMember).isPresent();
    }

    /** Whether a node runs here that takes itself for the proposer. */
    boolean isProposer() {
        return node().flatMap(Node::proposer).filter(self.id()::equals).isPresent();
    }

    /** Whether a node runs here, even if it is paused. */
    boolean isUp() {
        return run.isPresent();
    }

    /** Whether a node runs here and is not paused. */
    boolean isActive() {
        return run.filter(current -> !current.paused).isPresent();
    }

    /** Sets where a node that knows no other asks to join, from its next start on. */
    void joinsThrough(PeerAddress address) {
        contact = Optional.of(address);
    }

    /** Starts a node from what the disk holds. */
    Node start() {
        note("starts at " + self.address());
        Run started = new Run();
        run = Optional.of(started);
        if (hasLostBlocks) {
            started.beginHealthCheck();
        }
        Node node = started.node;
        node.whenOutdated(reason -> simulation.time().after(Duration.ZERO, () -> startAnew(started, reason)));
        if (!isDeaf) {
            simulation
                    .network()
                    .connect(
                            self.address(),
                            (sender, command, answer) -> started.does(() -> node.receive(sender, command, answer)));
        }
        if (contact.isPresent() && !node.isSettled()) {
            node.keepJoining(contact.get(), Optional.empty(), outcome -> {});
        } else {
            node.comeHome();
        }
        // Where nobody agrees on who belongs to the network, a newcomer may join another newcomer: gossip connects
        // them.
        node.begin(build.regime() != Regime.VOTES ? contact.stream().toList() : List.of());
        return node;
    }

    /** Does what {@link org.naivechain.node.LiveNode} does: the node takes a new id. */
    private void startAnew(Run outdated, String reason) {
        if (!outdated.over) {
            note("begins anew: " + reason);
            crash();
            disk.disown();
            self = new Peer(PeerId.random(random), self.address());
            start();
        }
    }

    /** Has the node say goodbye, and ends it when it has, or has tried long enough. */
    void leave() {
        note("leaves");
        run.ifPresent(current -> current.does(() -> {
            current.leaving = true;
            current.node.leave(reply -> {
                if (current.leaving && !current.over) {
                    crash();
                }
            });
        }));
    }

    /** Has the node stay, if it has not left yet. */
    void stay() {
        run.ifPresent(current -> current.leaving = false);
    }

    /** Has the node ask for the removal of another. */
    void evict(Peer member) {
        note("has " + member + " removed");
        run.ifPresent(current -> current.does(() -> current.node.evict(member, reply -> {})));
    }

    /** Ends the node without warning. */
    void crash() {
        note("crashes");
        run.ifPresent(current -> {
            current.over = true;
            current.session.crash();
        });
        run = Optional.empty();
        if (!isDeaf) {
            simulation.network().crash(self.address());
        }
    }

    /** Ends the node, and starts it again from the backup of its disk. */
    void restore() {
        note("is given an old copy of its disk");
        if (isUp()) {
            crash();
        }
        disk.restore();
        start();
    }

    /** The requests behind some blocks of the node that runs here, by the index of the block, up to the one before an index. */
    Map<Long, IdempotencyKey> keys(long from, long to) {
        return run.map(current -> current.session.keys(from, to)).orElse(Map.of());
    }

    /** What the network demands of blocks. */
    BlockRules rules() {
        return build.promised().rules(clock);
    }

    /** Loses some blocks of the disk. */
    void damage() {
        note("loses blocks");
        disk.damage(run.map(current -> current.session));
        if (!hasLostBlocks) {
            hasLostBlocks = true;
            run.ifPresent(Run::beginHealthCheck);
        }
    }

    /** Stops the node in the middle of whatever it does. */
    void pause() {
        note("is paused");
        run.ifPresent(current -> current.paused = true);
    }

    /** Has a paused node go on: everything that came meanwhile happens now. */
    void resume() {
        run.filter(current -> current.paused).ifPresent(current -> {
            note("goes on");
            current.resume();
        });
    }

    /** Has the clock run too fast or too slow: 1 is right, 2 is twice as fast. */
    void setClockSpeed(double speed) {
        simulation.trace().note(() -> "the clock of " + name + " runs at the speed " + speed);
        clock.setSpeed(speed);
    }

    /** Has the node add a text for a user; does nothing if no node runs here. */
    void add(String text, Optional<IdempotencyKey> key, Consumer<AddOutcome> then) {
        run.ifPresent(current -> current.does(() -> current.node.add(BlockData.of(text), key, outcome -> {
            note(text, outcome);
            then.accept(outcome);
        })));
    }

    private void note(String text, AddOutcome outcome) {
        if (outcome instanceof AddOutcome.Added added) {
            long index = added.block().index();
            simulation.trace().note(index, index + 1, () -> name + " adds \"" + text + "\" as block " + index);
        } else {
            simulation.trace().note(0, 0, () -> name + " does not add \"" + text + "\": " + outcome);
        }
    }

    private void note(String event) {
        simulation.trace().note(() -> name + " " + event);
    }

    /** One run of a node, from a start to the crash that ends it. */
    private final class Run implements Time {
        private final List<Runnable> missed = new ArrayList<>();
        private final VirtualDisk.Session session = disk.open(this, self, history);
        private boolean over;
        private boolean paused;
        private boolean leaving;
        private final Node node = newNode();

        private Node newNode() {
            RandomGenerator chance = new Random(random.nextLong());
            Network port = simulation.network().from(self);
            Network guarded = build.network().apply((to, command, then) -> {
                if (command instanceof BallotCommand.Decide decision) {
                    history.told(self, decision);
                }
                port.send(to, command, outcome -> does(() -> then.accept(outcome)));
            });
            return new Node(
                    self,
                    build.stores().apply(session.stores()),
                    new Node.Ports(guarded, this, chance),
                    build.engine(),
                    this::logger);
        }

        void beginHealthCheck() {
            new HealthCheck(node, this, logger("BLOCKCHAIN")).begin(Verdict.SOUND);
        }

        private Logger logger(String actor) {
            return simulation.trace().logger(name + " " + actor);
        }

        /** Acts now, or later if the node is paused, or never if it has ended. */
        void does(Runnable action) {
            if (paused) {
                missed.add(action);
            } else if (!over) {
                action.run();
            }
        }

        void resume() {
            paused = false;
            List<Runnable> now = List.copyOf(missed);
            missed.clear();
            now.forEach(this::does);
        }

        @Override
        public Instant now() {
            return clock.now();
        }

        @Override
        public Timer after(Duration delay, Runnable action) {
            // A paused node may cancel what it has missed.
            boolean[] cancelled = new boolean[1];
            Timer timer = clock.after(
                    delay,
                    () -> does(() -> {
                        if (!cancelled[0]) {
                            action.run();
                        }
                    }));
            return () -> {
                cancelled[0] = true;
                timer.cancel();
            };
        }
    }
}
