package org.naivechain.repair;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.naivechain.blocks.Block;
import org.naivechain.chain.DamagedBlockException;
import org.naivechain.chain.Verdict;
import org.naivechain.chain.Verification;
import org.naivechain.ledger.BlockFetcher;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.ledger.Tip;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Peer;
import org.naivechain.sync.PeerChain;

/**
 * Replaces blocks that somebody altered or removed by those of a peer. No peer is believed: what replaces the damage follows
 * a sound block before it, and leads to a block after it that this node has, or to its head; hashes leave no choice between.
 *
 * <p>The bad blocks may begin before the fault, as a forger computes hashes too. So the last block in common with the peer is
 * looked for first. What leads all the way is written in one transaction, if memory holds it (64 MiB). If not, its pages are
 * fetched again and written one by one, and of the first time no more is kept than the hash of each page's last block.
 *
 * <p>A chain that has lost its end is brought up to date like any other that is behind; this class sees to it that it is
 * tried until it succeeds. If what comes next does not follow what is left, that was forged too, and is given up.
 *
 * <p>Where chains can fork, a damaged block may be in a branch that no peer has. Then somebody who is told may take over a peer's
 * branch instead. For the node's thread only.
 */
public final class Repair {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LAST_PAUSE = Duration.ofSeconds(30);

    private final LedgerContext context;
    private final KeptChain chain;
    private final BlockFetcher fetcher;
    private final long maxHeldBytes;
    private Predicate<Branch> otherwise = branch -> false;
    private boolean running;

    /**
     * What a peer has in the place of a damaged block and of all that follows it here.
     *
     * @param blocks in order, after a block that both have; as many as this node has there, or as the peer has
     * @param keys the requests behind them that the peer told, by the index of the block
     */
    public record Branch(Peer peer, List<Block> blocks, Map<Long, IdempotencyKey> keys) {}

    /** Repairs the chain, when it is told of a fault; {@code fetcher} fetches blocks beyond the head. */
    public Repair(LedgerContext context, BlockFetcher fetcher) {
        this(context, fetcher, PeerChain.MAX_HELD_BYTES);
    }

    /** The same, with so many bytes of blocks held in memory. */
    Repair(LedgerContext context, BlockFetcher fetcher, long maxHeldBytes) {
        this.maxHeldBytes = maxHeldBytes;
        this.context = context;
        this.chain = context.chain();
        this.fetcher = fetcher;
    }

    /** Sets who may take over the branch of a peer, if no peer has the blocks that are damaged here, and tells whether it did. */
    public void otherwise(Predicate<Branch> taker) {
        otherwise = taker;
    }

    /** Has the end fetched that the chain has lost, if it has, again and again until it is there. */
    public void begin() {
        chain.lostEnd().ifPresent(tip -> {
            context.log()
                    .error(
                            "The chain has lost its end: there were {} blocks, and {} are left; this node fetches the others from"
                                    + " its peers, and neither votes nor takes data before it has them",
                            tip.length(),
                            chain.length());
            fetchEnd(tip, chain.length(), FIRST_PAUSE);
        });
    }

    private void fetchEnd(Tip tip, long sound, Duration pause) {
        long before = chain.length();
        fetcher.catchUp(() -> {
            if (chain.lostEnd().isEmpty()) {
                context.log().info("The chain has its end again: {} blocks", chain.length());
                return;
            }
            if (chain.length() == before && before > sound) {
                // What was fetched does not lead to where the chain ended.
                context.log().warn("Gave up the blocks fetched from {} on: they do not lead to {}", sound, tip);
                chain.retreat(sound);
            }
            context.time().after(pause, () -> fetchEnd(tip, Math.min(sound, chain.length()), longer(pause)));
        });
    }

    /**
     * Told of a peer whose blocks do not follow this node's. If this chain has lost its end, the blocks that differ may be a
     * forger's: they are given up, to be fetched with the lost end, whose hash only the true ones lead to.
     *
     * @param length how many blocks the peer says that it has
     */
    public void differs(Peer peer, long length) {
        if (running || chain.lostEnd().isEmpty() || length < 1) {
            return;
        }
        running = true;
        new PeerChain(context, peer, reason -> running = false)
                .ancestor(Math.min(length, chain.length()), (ancestor, asked) -> {
                    running = false;
                    if (ancestor >= 0
                            && ancestor + 1 < chain.length()
                            && chain.lostEnd().isPresent()) {
                        giveUp(ancestor + 1);
                        fetcher.catchUp();
                    }
                });
    }

    private void giveUp(long from) {
        context.log().warn("Gave up the blocks from {} on, to fetch them with the lost end", from);
        chain.retreat(from);
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LAST_PAUSE) < 0 ? twice : LAST_PAUSE;
    }

    /**
     * Tries to repair a fault, with one peer after the other, in random order.
     *
     * @param fault the first fault of the chain: all blocks before follow each other from the genesis block on
     * @param then told, later: from where on the chain is to be verified again, or nothing if no peer could help
     */
    public void mend(Verdict.Fault fault, Consumer<OptionalLong> then) {
        if (running) {
            then.accept(OptionalLong.empty());
            return;
        }
        if (fault.index() == 0) {
            context.ledger().mend(List.of(Block.GENESIS), Map.of());
            context.log().info("Wrote the genesis block again, which is the same in every chain");
            then.accept(OptionalLong.of(0));
            return;
        }
        running = true;
        List<Peer> peers = new ArrayList<>(context.peers().ofThisProgram());
        Collections.shuffle(peers, new Random(context.random().nextLong()));
        peers.addAll(context.ledger().formerMembers());
        new Attempt(fault.index(), new ArrayDeque<>(peers), result -> {
                    running = false;
                    then.accept(result);
                })
                .next();
    }

    /** One walk over the peers, until one could help. */
    private final class Attempt {
        private final List<String> reasons = new ArrayList<>();
        private final long fault;
        private final Deque<Peer> candidates;
        private final Consumer<OptionalLong> then;
        private PeerChain peerChain;
        private Peer peer;
        private long first;
        private Verification verification;
        private final Deque<Tip> ends = new ArrayDeque<>();
        private final List<Block> held = new ArrayList<>();
        private final Map<Long, IdempotencyKey> keys = new HashMap<>();
        private long bytes;
        private long joined;
        private Optional<Branch> elsewhere = Optional.empty();

        Attempt(long fault, Deque<Peer> candidates, Consumer<OptionalLong> then) {
            this.fault = fault;
            this.candidates = candidates;
            this.then = then;
        }

        void next() {
            if (candidates.isEmpty()) {
                giveUp();
                return;
            }
            peer = candidates.remove();
            peerChain = new PeerChain(context, peer, this::failed);
            peerChain.ancestor(Math.min(fault, chain.length()), (ancestor, asked) -> begin(ancestor));
        }

        private void failed(String reason) {
            reasons.add(peer + ": " + reason);
            next();
        }

        private void giveUp() {
            if (elsewhere.isPresent() && chain.lostEnd().isPresent() && fault < chain.length()) {
                Repair.this.giveUp(fault);
                then.accept(OptionalLong.of(fault));
                return;
            }
            if (elsewhere.filter(otherwise).isPresent()) {
                then.accept(OptionalLong.of(elsewhere.get().blocks().get(0).index()));
                return;
            }
            context.log()
                    .warn(
                            "No peer can help to repair the chain from block {} on, and it stays as it is until one can: {}",
                            fault,
                            reasons.isEmpty() ? "there is none" : String.join("; ", reasons));
            then.accept(OptionalLong.empty());
        }

        private void begin(long ancestor) {
            if (ancestor < 0) {
                failed("its chain has another first block");
                return;
            }
            first = ancestor + 1;
            ends.clear();
            held.clear();
            keys.clear();
            bytes = 0;
            Optional<Verification> start = peerChain.ours(first - 1).map(Verification::after);
            if (start.isEmpty()) {
                failed("block " + (first - 1) + " is no block here any more either");
                return;
            }
            verification = start.get();
            look(first);
        }

        /** Where do the peer's blocks lead? */
        private void look(long from) {
            peerChain.page(from, page -> {
                if (bytes <= maxHeldBytes) {
                    keys.putAll(page.keys());
                }
                // What is left of a chain that has lost its end is not given up for less.
                long end = chain.lostEnd().isPresent()
                        ? chain.length()
                        : Math.min(chain.length(), page.position().length());
                for (Block block : page.blocks()) {
                    if (verification.next(block) instanceof Verdict.Fault wrong) {
                        failed(wrong.toString());
                        return;
                    }
                    hold(block);
                    if (block.index() >= fault && isHere(block)) {
                        joined = block.index();
                        ends.add(new Tip(joined + 1, block.hash()));
                        write();
                        return;
                    }
                    if (block.index() + 1 >= end) {
                        leadElsewhere();
                        return;
                    }
                }
                Block last = page.blocks().get(page.blocks().size() - 1);
                ends.add(new Tip(last.index() + 1, last.hash()));
                look(last.index() + 1);
            });
        }

        /** The head that is in memory is right, whatever its row holds. */
        private boolean isHere(Block theirs) {
            return theirs.index() == chain.head().index()
                    ? theirs.equals(chain.head()) && chain.lostEnd().isEmpty()
                    : peerChain.ours(theirs.index()).filter(theirs::equals).isPresent();
        }

        /** The peer's blocks do not lead here, and yet some of them may: those up to one that a block of this node names. */
        private void leadElsewhere() {
            // What is left of a chain that has lost its end may be a forger's up to the last block.
            int common = chain.lostEnd().isPresent() ? 0 : held.size();
            while (common > 0 && !isFollowedHere(held.get(common - 1))) {
                common--;
            }
            if (common > 0 && held.get(common - 1).index() >= fault) {
                joined = held.get(common - 1).index();
                mend(List.copyOf(held.subList(0, common)), keys);
                return;
            }
            elsewhere = Optional.of(new Branch(peer, List.copyOf(held), Map.copyOf(keys)));
            failed("its chain does not lead to the head of this one, "
                    + chain.head().hash());
        }

        private boolean isFollowedHere(Block theirs) {
            return peerChain
                    .ours(theirs.index() + 1)
                    .filter(next -> next.previousHash().equals(theirs.hash()))
                    .isPresent();
        }

        private void hold(Block block) {
            bytes += PeerChain.bytes(block);
            if (bytes <= maxHeldBytes) {
                held.add(block);
            } else {
                held.clear();
                keys.clear();
            }
        }

        private void write() {
            if (bytes <= maxHeldBytes) {
                mend(held, keys);
            } else {
                rewrite(first);
            }
        }

        private void rewrite(long from) {
            peerChain.page(from, page -> {
                long got = from + page.blocks().size();
                Tip end = null;
                while (!ends.isEmpty() && ends.peek().length() <= got) {
                    end = ends.remove();
                }
                List<Block> blocks = end == null ? List.of() : page.blocks().subList(0, (int) (end.length() - from));
                if (end == null || !blocks.get(blocks.size() - 1).hash().equals(end.hash())) {
                    failed("it sent other blocks than at first");
                } else {
                    mend(blocks, page.keys());
                }
            });
        }

        private void mend(List<Block> blocks, Map<Long, IdempotencyKey> told) {
            long end = blocks.get(blocks.size() - 1).index() + 1;
            if (end > chain.length()) {
                // Between two pages; a chain that has lost its end may be given up further.
                failed("this chain has only " + chain.length() + " blocks any more");
                return;
            }
            if (written(blocks, told) instanceof Verdict.Fault wrong) {
                if (wrong.index() < first) {
                    // The repair of this rests on that.
                    then.accept(OptionalLong.of(wrong.index()));
                } else {
                    failed(wrong.toString());
                }
                return;
            }
            if (end <= joined) {
                rewrite(end);
                return;
            }
            context.log().info("Repaired the chain from block {} to block {} with what {} has", first, joined, peer);
            then.accept(OptionalLong.of(first));
        }

        private Verdict written(List<Block> blocks, Map<Long, IdempotencyKey> told) {
            try {
                return context.ledger().mend(blocks, told);
            } catch (DamagedBlockException e) {
                return Verdict.fault(e.index(), e.reason());
            }
        }
    }
}
