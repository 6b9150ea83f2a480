package org.naivechain.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.naivechain.blocks.Block;
import org.naivechain.chain.DamagedBlockException;
import org.naivechain.consensus.majority.Ballot;
import org.naivechain.consensus.majority.BallotBox;
import org.naivechain.consensus.majority.MemoryBallotBox;
import org.naivechain.consensus.majority.Vote;
import org.naivechain.forks.Orphans;
import org.naivechain.ledger.Durability;
import org.naivechain.ledger.KeptBlocks;
import org.naivechain.ledger.Membership;
import org.naivechain.ledger.Memberships;
import org.naivechain.ledger.MemoryKeptBlocks;
import org.naivechain.ledger.MemoryMemberships;
import org.naivechain.ledger.MemoryReceipts;
import org.naivechain.ledger.Position;
import org.naivechain.ledger.Receipts;
import org.naivechain.ledger.Tip;
import org.naivechain.node.Node;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerStore;
import org.naivechain.protocol.Time;

/**
 * A disk that takes its time: writes become durable together, some milliseconds after a request for that, and a crash of the
 * node loses those that are not durable. For one thread.
 */
final class VirtualDisk {
    private static final int MAX_SYNC_MILLIS = 5;
    private static final int MAX_FLUSH_MILLIS = 50;
    private static final int MAX_LOST = 5;

    private final RandomGenerator random;
    /** What a crash leaves. */
    private Image durable;

    private Optional<Image> backup = Optional.empty();

    private final TreeSet<Long> everLost = new TreeSet<>();

    VirtualDisk(RandomGenerator random) {
        this(random, new Image());
    }

    private VirtualDisk(RandomGenerator random, Image durable) {
        this.random = random;
        this.durable = durable;
    }

    /** A disk with the same content, for another machine. */
    VirtualDisk copy(RandomGenerator chance) {
        return new VirtualDisk(chance, durable.copy());
    }

    /** Copies what is durable now. */
    void backUp() {
        backup = Optional.of(durable.copy());
    }

    /** How far the node was at the last backup; nothing if it stood alone, as it would ask no other node then. */
    Optional<Position> backupPosition() {
        return backup.filter(copy -> copy.memberships.latest().size() > 1)
                .map(copy -> new Position(
                        copy.blocks.length(), copy.memberships.latest().version()));
    }

    /** Puts the last backup back, while no node runs. */
    void restore() {
        durable = backup.orElseThrow();
        backup = Optional.empty();
    }

    /** How far it is known here that another node was. */
    Position seen(PeerId other) {
        return durable.ballots.seen(other);
    }

    /** Removes what a node under another id must not have, while no node runs. */
    void disown() {
        durable.ballots = new MemoryBallotBox();
        durable.memberships.clear();
        durable.memberships.record(Membership.NONE);
    }

    /** Whether a crash would leave all the blocks here that it would leave on the other disk. */
    boolean holdsAllOf(VirtualDisk other) {
        long last = other.durable.blocks.length() - 1;
        return last < 0
                || last < durable.blocks.length()
                        && durable.blocks.kept.read(last, 1).equals(other.durable.blocks.kept.read(last, 1));
    }

    /** Whether a block from an index on was ever lost here. */
    boolean hasLostSince(long index) {
        return everLost.ceiling(index) != null;
    }

    /** Loses some blocks; the last ones only while no node runs, as a running node knows its length. */
    void damage(Optional<Session> running) {
        long length = durable.blocks.length();
        if (length <= MAX_LOST) {
            return;
        }
        long from = random.nextLong(length - MAX_LOST);
        if (running.isEmpty() && random.nextBoolean()) {
            durable.blocks.write(length - 1 - random.nextInt(MAX_LOST), List.of());
        } else {
            List<Long> lost = LongStream.rangeClosed(from, from + random.nextInt(MAX_LOST))
                    .boxed()
                    .toList();
            everLost.addAll(lost);
            durable.blocks.lost.addAll(lost);
            running.ifPresent(session -> session.seen.blocks.lost.addAll(lost));
        }
    }

    /** The disk for a node that starts; the history is told what the node promises and votes for. */
    Session open(Time time, Peer node, VoteHistory history) {
        return new Session(time, node, history);
    }

    /** Everything that a node keeps. */
    private static final class Image {
        private final Blocks blocks = new Blocks();
        private final MemoryReceipts receipts = new MemoryReceipts();
        private final MemoryMemberships memberships = new MemoryMemberships();
        private MemoryBallotBox ballots = new MemoryBallotBox();
        private final PeerStore peers = PeerStore.inMemory();
        private final Orphans orphans = Orphans.inMemory();

        Image copy() {
            Image copy = new Image();
            copy.blocks.kept.write(0, blocks.kept.read(0, Integer.MAX_VALUE));
            copy.blocks.lost.addAll(blocks.lost);
            copy.blocks.tip = blocks.tip;
            copy.receipts.record(receipts.between(0, Long.MAX_VALUE));
            memberships.copyTo(copy.memberships);
            ballots.copyTo(copy.ballots);
            copy.peers.write(peers.read());
            copy.orphans.keep(orphans.read());
            return copy;
        }
    }

    /** Blocks of which some may be lost. */
    private static final class Blocks implements KeptBlocks {
        private final MemoryKeptBlocks kept = new MemoryKeptBlocks();
        private final TreeSet<Long> lost = new TreeSet<>();
        private Optional<Tip> tip = Optional.empty();

        @Override
        public long length() {
            return kept.length();
        }

        @Override
        public List<Block> read(long from, int limit) {
            Long first = lost.ceiling(from);
            if (first != null && first < Math.min(from + limit, kept.length())) {
                throw new DamagedBlockException(first, "the block is missing");
            }
            return kept.read(from, limit);
        }

        @Override
        public void write(long from, List<Block> blocks) {
            kept.write(from, blocks);
            lost.tailSet(from).clear();
            long end = kept.length();
            if (!blocks.isEmpty() && tip.stream().allMatch(known -> end >= known.length())) {
                tip = Optional.of(new Tip(end, blocks.get(blocks.size() - 1).hash()));
            }
        }

        @Override
        public void replace(long from, List<Block> blocks) {
            kept.replace(from, blocks);
            lost.subSet(from, from + blocks.size()).clear();
        }

        @Override
        public Optional<Tip> tip() {
            return tip;
        }
    }

    /** The disk as one run of a node sees it, from its start to its end. */
    final class Session implements Durability {
        private final Image seen = durable.copy();
        private final List<Runnable> unsynced = new ArrayList<>();
        private List<Runnable> waiting = new ArrayList<>();
        private final Time time;
        private final Peer node;
        private final VoteHistory history;
        private boolean syncing;

        private Session(Time time, Peer node, VoteHistory history) {
            this.node = node;
            this.history = history;
            this.time = time;
        }

        Node.Stores stores() {
            return new Node.Stores(
                    store(KeptBlocks.class, image -> image.blocks),
                    store(Receipts.class, image -> image.receipts),
                    store(Memberships.class, image -> image.memberships),
                    store(BallotBox.class, image -> image.ballots),
                    store(PeerStore.class, image -> image.peers),
                    this,
                    store(Orphans.class, image -> image.orphans));
        }

        /**
         * A store as the node sees it. A method that returns nothing writes: it changes what the node sees at once, and what a
         * crash leaves later.
         */
        private <T> T store(Class<T> port, Function<Image, T> part) {
            return port.cast(Proxy.newProxyInstance(
                    port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                        Object answer = call(method, part.apply(seen), arguments);
                        if (method.getReturnType() == void.class) {
                            Object[] written = copies(arguments);
                            write(() -> {
                                call(method, part.apply(durable), written);
                                List.of(written).forEach(this::noteBallot);
                            });
                        }
                        return answer;
                    }));
        }

        /** Tells the history of a promise or a vote that has become durable. */
        private void noteBallot(Object written) {
            if (written instanceof Ballot promised) {
                history.promised(node, promised);
            } else if (written instanceof Vote vote) {
                history.voted(node, vote);
            }
        }

        /** The requests behind some blocks, by the index of the block, up to the one before an index. */
        Map<Long, IdempotencyKey> keys(long from, long to) {
            return seen.receipts.between(from, to);
        }

        /** Ends the session with its node. A sync under way may have finished, although nobody was told. */
        void crash() {
            if (syncing && random.nextBoolean()) {
                finishSync();
            }
        }

        /** As in a real node, a write for which nobody waits becomes durable soon, too. */
        private void write(Runnable toDurable) {
            if (unsynced.isEmpty()) {
                time.after(Duration.ofMillis(MAX_FLUSH_MILLIS), this::synced);
            }
            unsynced.add(toDurable);
        }

        @Override
        public void whenDurable(Runnable then) {
            whenDurableWithin(MAX_SYNC_MILLIS, then);
        }

        @Override
        public void inPassing(Runnable then) {
            whenDurableWithin(MAX_FLUSH_MILLIS, then);
        }

        private void whenDurableWithin(int maxMillis, Runnable then) {
            if (unsynced.isEmpty()) {
                then.run();
                return;
            }
            waiting.add(then);
            // Several syncs may be under way; each finishes what was written when it ends.
            syncing = true;
            time.after(Duration.ofMillis(random.nextInt(maxMillis + 1)), this::synced);
        }

        private void synced() {
            syncing = false;
            finishSync();
            List<Runnable> told = waiting;
            waiting = new ArrayList<>();
            told.forEach(Runnable::run);
        }

        private void finishSync() {
            unsynced.forEach(Runnable::run);
            unsynced.clear();
        }
    }

    private static Object call(Method method, Object store, Object[] arguments) {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a port's methods are public", e);
        }
    }

    /** Copies what a caller may change after the write. */
    private static Object[] copies(Object[] arguments) {
        return Stream.ofNullable(arguments)
                .flatMap(Arrays::stream)
                .map(each -> each instanceof Collection<?> some
                        ? List.copyOf(some)
                        : each instanceof Map<?, ?> map ? Map.copyOf(map) : each)
                .toArray();
    }
}
