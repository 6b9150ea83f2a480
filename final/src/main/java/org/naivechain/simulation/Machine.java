package org.naivechain.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Verdict;
import org.naivechain.consensus.majority.BallotCommand;
import org.naivechain.ledger.Position;
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
    private final String name;
    private final boolean isDeaf;
    private final VirtualTime time;
    private final VirtualNetwork network;
    private final Trace trace;
    private final VoteHistory history;
    private final Build build;
    private final RandomGenerator random;
    private final VirtualDisk disk;
    private final DriftingClock clock;
    private Peer self;
    private Optional<PeerAddress> contact = Optional.empty();
    private Optional<Run> run = Optional.empty();
    /** The slow check of a chain takes half of a run's time, and finds nothing where nothing is lost. */
    private boolean hasLostBlocks;

    Machine(
            String name,
            Peer self,
            VirtualTime time,
            VirtualNetwork network,
            Trace trace,
            VoteHistory history,
            Build build,
            RandomGenerator random) {
        this(
                name,
                self,
                time,
                network,
                trace,
                history,
                build,
                random,
                new VirtualDisk(new Random(random.nextLong())),
                false);
    }

    private Machine(
            String name,
            Peer self,
            VirtualTime time,
            VirtualNetwork network,
            Trace trace,
            VoteHistory history,
            Build build,
            RandomGenerator random,
            VirtualDisk disk,
            boolean isDeaf) {
        this.isDeaf = isDeaf;
        this.name = name;
        this.self = self;
        this.time = time;
        this.network = network;
        this.trace = trace;
        this.history = history;
        this.build = build;
        this.random = random;
        this.disk = disk;
        this.clock = new DriftingClock(time);
    }

    /**
     * Another machine with a copy of the disk; at the address of this one it can call others, and they
     * do not reach it: none of its votes may count.
     */
    Machine copy(PeerAddress address) {
        Random chance = new Random(random.nextLong());
        Machine copy = new Machine(
                name + "'",
                new Peer(self.id(), address),
                time,
                network,
                trace,
                address.equals(self.address()) ? new VoteHistory() : history,
                build,
                chance,
                disk.copy(chance),
                address.equals(self.address()));
        copy.hasLostBlocks = hasLostBlocks;
        return copy;
    }

    @Override
    public String toString() {
        return name;
    }

    Peer self() {
        return self;
    }

    /** Who the other members are is on the disk before the first start. */
    void knows(List<Peer> peers) {
        VirtualDisk.Session preparation = disk.open(time, self, history);
        Node.Stores stores = preparation.stores();
        stores.peers().write(peers);
        stores.durability().whenDurable(() -> {});
        time.advance(Duration.ofSeconds(1));
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

    boolean isUp() {
        return run.isPresent();
    }

    boolean isPaused() {
        return run.filter(current -> current.paused).isPresent();
    }

    /** Where a node that knows nobody asks to join, from its next start on. */
    void joinsThrough(PeerAddress address) {
        contact = Optional.of(address);
    }

    /** Starts a node from what the disk holds. */
    Node start() {
        trace.note(() -> name + " starts at " + self.address());
        Run started = new Run();
        run = Optional.of(started);
        if (hasLostBlocks) {
            started.beginHealthCheck();
        }
        started.node.whenOutdated(reason -> time.after(Duration.ZERO, () -> startAnew(started, reason)));
        if (!isDeaf) {
            network.connect(
                    self.address(),
                    (sender, command, answer) -> started.does(() -> started.node.receive(sender, command, answer)));
        }
        if (contact.isPresent() && !started.node.isSettled()) {
            started.node.keepJoining(contact.get(), Optional.empty(), outcome -> {});
        } else {
            started.node.comeHome();
        }
        started.node.begin(List.of());
        return started.node;
    }

    /** What {@link org.naivechain.node.LiveNode} does: the node takes a new id. */
    private void startAnew(Run outdated, String reason) {
        if (!outdated.over) {
            trace.note(() -> name + " begins anew: " + reason);
            crash();
            disk.disown();
            self = new Peer(PeerId.random(random), self.address());
            start();
        }
    }

    /** Has the node say goodbye, and ends it when it has, or has tried long enough. */
    void leave() {
        trace.note(() -> name + " leaves");
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

    /** Has the node ask that another be removed. */
    void evict(Peer member) {
        trace.note(() -> name + " has " + member + " removed");
        run.ifPresent(current -> current.does(() -> current.node.evict(member, reply -> {})));
    }

    /** Ends the node without warning. */
    void crash() {
        trace.note(() -> name + " crashes");
        run.ifPresent(current -> {
            current.over = true;
            current.session.crash();
        });
        run = Optional.empty();
        if (!isDeaf) {
            network.crash(self.address());
        }
    }

    /** Copies what is on the disk, to be put back later. */
    void backUp() {
        disk.backUp();
    }

    /** How far the node was when the disk was copied, if it was and others were members. */
    Optional<Position> backupPosition() {
        return disk.backupPosition();
    }

    /** Ends the node, and starts it again from the copy of its disk. */
    void restore() {
        trace.note(() -> name + " is given an old copy of its disk");
        if (isUp()) {
            crash();
        }
        disk.restore();
        start();
    }

    /** How far it is known here, durably, that another node was. */
    Position seen(Machine other) {
        return disk.seen(other.self.id());
    }

    /** The requests behind the blocks of the node that runs here, by the index of the block. */
    Map<Long, IdempotencyKey> keys() {
        return run.map(current -> current.session.keys(0, Long.MAX_VALUE)).orElse(Map.of());
    }

    /** The request behind one of these blocks. */
    IdempotencyKey key(long index) {
        return run.orElseThrow().session.keys(index, index + 1).get(index);
    }

    /** How many blocks a crash would leave. */
    long durableLength() {
        return disk.durableLength();
    }

    /** Loses some of the blocks that are kept. */
    void damage() {
        trace.note(() -> name + " loses blocks");
        disk.damage(run.map(current -> current.session));
        if (!hasLostBlocks) {
            hasLostBlocks = true;
            run.ifPresent(Run::beginHealthCheck);
        }
    }

    /** Stops the node in the middle of whatever it does. */
    void pause() {
        trace.note(() -> name + " is paused");
        run.ifPresent(current -> current.paused = true);
    }

    /** Has the node go on: everything that came meanwhile happens now. */
    void resume() {
        trace.note(() -> name + " goes on");
        run.ifPresent(Run::resume);
    }

    /** Has the clock run too fast or too slow: 2 is twice as fast as it should be, 1 is right. */
    void setClockSpeed(double speed) {
        trace.note(() -> "the clock of " + name + " runs at the speed " + speed);
        clock.setSpeed(speed);
    }

    /** Has the node add a text; nothing, if it does not run. */
    void add(UserRequest request) {
        run.ifPresent(current ->
                current.does(() -> current.node.add(BlockData.of(request.text()), request.key(), outcome -> {
                    note(request, outcome);
                    request.then().accept(outcome);
                })));
    }

    private void note(UserRequest request, AddOutcome outcome) {
        if (outcome instanceof AddOutcome.Added added) {
            long index = added.block().index();
            trace.note(index, index + 1, () -> name + " adds \"" + request.text() + "\" as block " + index);
        } else {
            trace.note(0, 0, () -> name + " does not add \"" + request.text() + "\": " + outcome);
        }
    }

    /** From one start to the crash that ends it. */
    private final class Run implements Time {
        private final List<Runnable> missed = new ArrayList<>();
        private final VirtualDisk.Session session = disk.open(this, self, history);
        private boolean over;
        private boolean paused;
        private boolean leaving;
        private final Node node = newNode();

        private Node newNode() {
            RandomGenerator chance = new Random(random.nextLong());
            Network port = network.from(self);
            return new Node(
                    self,
                    build.stores().apply(session.stores()),
                    new Node.Ports(
                            build.network().apply((to, command, then) -> {
                                if (command instanceof BallotCommand.Decide decision) {
                                    history.told(self, decision);
                                }
                                port.send(to, command, outcome -> does(() -> then.accept(outcome)));
                            }),
                            this,
                            chance),
                    build.engine(),
                    this::logger);
        }

        void beginHealthCheck() {
            new HealthCheck(node, this, logger("BLOCKCHAIN")).begin(Verdict.SOUND);
        }

        private Logger logger(String actor) {
            return trace.logger(name + " " + actor);
        }

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
