package org.naivechain.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.naivechain.blocks.Block;
import org.naivechain.chain.DamagedBlockException;
import org.naivechain.consensus.majority.Ballot;
import org.naivechain.consensus.majority.BallotBox;
import org.naivechain.consensus.majority.MemoryBallotBox;
import org.naivechain.consensus.majority.Vote;
import org.naivechain.forks.Orphans;
import org.naivechain.ledger.Addition;
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
 * A disk that takes its time: what is written becomes durable together, some milliseconds after somebody asked for it, and
 * what is not durable when the node crashes is lost. For one thread.
 */
final class VirtualDisk {
    private static final int MAX_SYNC_MILLIS = 5;
    private static final int MAX_FLUSH_MILLIS = 50;
    private static final int MAX_LOST = 5;

    private final RandomGenerator random;
    /** What a crash leaves. */
    private Image durable;

    private Optional<Image> backup = Optional.empty();

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

    /** How far the node was whose state the last backup holds; nothing if it stood alone, and nobody else would be asked. */
    Optional<Position> backupPosition() {
        return backup.filter(copy -> copy.memberships.latest().size() > 1).map(Image::position);
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

    /** Leaves nothing that a node under another id must not have; while no node runs. */
    void disown() {
        durable.ballots = new MemoryBallotBox();
        durable.memberships.clear();
        durable.memberships.record(Membership.NONE);
    }

    /** Everything that a node keeps. */
    private static final class Image {
        private final MemoryKeptBlocks blocks = new MemoryKeptBlocks();
        private final MemoryReceipts receipts = new MemoryReceipts();
        private final MemoryMemberships memberships = new MemoryMemberships();
        private MemoryBallotBox ballots = new MemoryBallotBox();
        private final PeerStore peers = PeerStore.inMemory();
        private final Orphans orphans = Orphans.inMemory();
        private final TreeSet<Long> damaged = new TreeSet<>();
        private Optional<Tip> tip = Optional.empty();

        List<Block> read(long from, int limit) {
            Long bad = damaged.ceiling(from);
            if (bad != null && bad < Math.min(from + limit, blocks.length())) {
                throw new DamagedBlockException(bad, "the block is missing");
            }
            return blocks.read(from, limit);
        }

        void write(long from, List<Block> written) {
            blocks.write(from, written);
            damaged.tailSet(from).clear();
            long end = blocks.length();
            if (!written.isEmpty() && tip.stream().allMatch(known -> end >= known.length())) {
                tip = Optional.of(new Tip(end, written.get(written.size() - 1).hash()));
            }
        }

        void replace(long from, List<Block> mended) {
            blocks.replace(from, mended);
            damaged.subSet(from, from + mended.size()).clear();
        }

        Position position() {
            return new Position(blocks.length(), memberships.latest().version());
        }

        Image copy() {
            Image copy = new Image();
            copy.blocks.write(0, blocks.read(0, Integer.MAX_VALUE));
            copy.receipts.record(receipts.between(0, Long.MAX_VALUE));
            memberships.copyTo(copy.memberships);
            ballots.copyTo(copy.ballots);
            copy.peers.write(peers.read());
            copy.orphans.keep(orphans.read());
            copy.damaged.addAll(damaged);
            copy.tip = tip;
            return copy;
        }
    }

    /** How many blocks a crash would leave. */
    long durableLength() {
        return durable.blocks.length();
    }

    /** Some blocks are lost; the last ones only while no node runs, as who runs knows what it has. */
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
            durable.damaged.addAll(lost);
            running.ifPresent(session -> session.seen.damaged.addAll(lost));
        }
    }

    /** The disk as a node that starts finds it; what it promises and votes for is noted. */
    Session open(Time time, Peer node, VoteHistory history) {
        return new Session(time, node, history);
    }

    /** The disk as one run of a node sees it, from its start to its end. */
    final class Session {
        private final Image seen = durable.copy();
        private final List<Runnable> unsynced = new ArrayList<>();
        private List<Runnable> waiting = new ArrayList<>();
        private final Time time;
        private final Peer node;
        private final VoteHistory history;
        private boolean syncing;

        Session(Time time, Peer node, VoteHistory history) {
            this.node = node;
            this.history = history;
            this.time = time;
        }

        Node.Stores stores() {
            return new Node.Stores(
                    new Blocks(), new Keys(), new Members(), new Ballots(), new Peers(), new Syncs(), new Given());
        }

        Map<Long, IdempotencyKey> keys(long from, long to) {
            return seen.receipts.between(from, to);
        }

        /** The node ends here. A sync that was under way may have been finished, without anybody being told. */
        void crash() {
            if (syncing && random.nextBoolean()) {
                finishSync();
            }
        }

        /** As in a real node, what nobody waits for becomes durable soon, too. */
        private void write(Runnable toDurable) {
            if (unsynced.isEmpty()) {
                time.after(Duration.ofMillis(MAX_FLUSH_MILLIS), this::synced);
            }
            unsynced.add(toDurable);
        }

        private void whenDurableWithin(int maxMillis, Runnable then) {
            if (unsynced.isEmpty()) {
                then.run();
                return;
            }
            waiting.add(then);
            // Several may be under way; each finishes what was written when it ends.
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

        private final class Syncs implements Durability {
            @Override
            public void whenDurable(Runnable then) {
                whenDurableWithin(MAX_SYNC_MILLIS, then);
            }

            @Override
            public void inPassing(Runnable then) {
                whenDurableWithin(MAX_FLUSH_MILLIS, then);
            }
        }

        private void finishSync() {
            unsynced.forEach(Runnable::run);
            unsynced.clear();
        }

        private final class Blocks implements KeptBlocks {
            @Override
            public long length() {
                return seen.blocks.length();
            }

            @Override
            public List<Block> read(long from, int limit) {
                return seen.read(from, limit);
            }

            @Override
            public void write(long from, List<Block> blocks) {
                seen.write(from, blocks);
                List<Block> kept = List.copyOf(blocks);
                Session.this.write(() -> durable.write(from, kept));
            }

            @Override
            public Optional<Tip> tip() {
                return seen.tip;
            }

            @Override
            public void replace(long from, List<Block> blocks) {
                seen.replace(from, blocks);
                List<Block> kept = List.copyOf(blocks);
                Session.this.write(() -> durable.replace(from, kept));
            }
        }

        private final class Keys implements Receipts {
            @Override
            public OptionalLong find(IdempotencyKey key) {
                return seen.receipts.find(key);
            }

            @Override
            public Map<Long, IdempotencyKey> between(long from, long to) {
                return seen.receipts.between(from, to);
            }

            @Override
            public void record(Map<Long, IdempotencyKey> keys) {
                seen.receipts.record(keys);
                Map<Long, IdempotencyKey> kept = Map.copyOf(keys);
                write(() -> durable.receipts.record(kept));
            }

            @Override
            public void forget(long from) {
                seen.receipts.forget(from);
                write(() -> durable.receipts.forget(from));
            }
        }

        private final class Members implements Memberships {
            @Override
            public Membership latest() {
                return seen.memberships.latest();
            }

            @Override
            public Membership at(long length) {
                return seen.memberships.at(length);
            }

            @Override
            public Optional<Membership> find(long version) {
                return seen.memberships.find(version);
            }

            @Override
            public void record(Membership membership) {
                seen.memberships.record(membership);
                write(() -> durable.memberships.record(membership));
            }

            @Override
            public void clear() {
                seen.memberships.clear();
                write(durable.memberships::clear);
            }
        }

        private final class Ballots implements BallotBox {
            @Override
            public Ballot promised() {
                return seen.ballots.promised();
            }

            @Override
            public Optional<Vote> vote() {
                return seen.ballots.vote();
            }

            @Override
            public void promise(Ballot ballot) {
                seen.ballots.promise(ballot);
                write(() -> {
                    durable.ballots.promise(ballot);
                    history.promised(node, ballot);
                });
            }

            @Override
            public void vote(Vote vote) {
                seen.ballots.vote(vote);
                write(() -> {
                    durable.ballots.vote(vote);
                    history.voted(node, vote);
                });
            }

            @Override
            public Position seen(PeerId member) {
                return seen.ballots.seen(member);
            }

            @Override
            public void see(PeerId member, Position position) {
                seen.ballots.see(member, position);
                write(() -> durable.ballots.see(member, position));
            }
        }

        private final class Peers implements PeerStore {
            @Override
            public List<Peer> read() {
                return seen.peers.read();
            }

            @Override
            public void write(List<Peer> peers) {
                seen.peers.write(peers);
                Session.this.write(() -> durable.peers.write(peers));
            }
        }

        private final class Given implements Orphans {
            @Override
            public List<Addition> read() {
                return seen.orphans.read();
            }

            @Override
            public void keep(List<Addition> orphans) {
                seen.orphans.keep(orphans);
                write(() -> durable.orphans.keep(orphans));
            }

            @Override
            public void release(Collection<IdempotencyKey> keys) {
                seen.orphans.release(keys);
                List<IdempotencyKey> released = List.copyOf(keys);
                write(() -> durable.orphans.release(released));
            }
        }
    }
}
