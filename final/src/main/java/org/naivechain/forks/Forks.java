package org.naivechain.forks;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.naivechain.blocks.Block;
import org.naivechain.chain.DamagedBlockException;
import org.naivechain.chain.Verdict;
import org.naivechain.chain.Verification;
import org.naivechain.ledger.Addition;
import org.naivechain.ledger.BlockFetcher;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Peer;
import org.naivechain.sync.PeerChain;
import org.naivechain.sync.SyncReply;

/**
 * Ends forks, where the vote lets them happen. Every few seconds this node compares its head with a peer's. If their chains
 * differ, the last block in common is found with a logarithmic number of questions, and {@link ForkChoice} says which branch
 * stays; if that is the peer's, it is fetched and verified, and takes the place of this node's in one transaction.
 *
 * <p>What this node's users had added in a branch that is given up is added again; see {@code Rescue}. For the node's thread
 * only.
 */
public final class Forks {
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int PAGE_BLOCKS = 1_000;

    private final LedgerContext context;
    private final KeptChain chain;
    private final BlockFetcher fetcher;
    private final Rescue rescue;
    private boolean comparing;

    /** Ends forks, once it has begun; {@code again} adds an orphan under its own key. */
    public Forks(
            LedgerContext context,
            BlockFetcher fetcher,
            Orphans orphans,
            BiConsumer<Addition, Consumer<AddOutcome>> again) {
        this.context = context;
        this.chain = context.chain();
        this.fetcher = fetcher;
        this.rescue = new Rescue(context, orphans, again);
    }

    /** Compares with a peer and adds orphans again, every few seconds from now on. */
    public void begin() {
        rescue.begin();
        later();
    }

    private void later() {
        long millis = PAUSE.toMillis();
        context.time().after(Duration.ofMillis(millis + context.random().nextLong(millis)), () -> {
            rescue.addAgain();
            compare();
            later();
        });
    }

    private void compare() {
        List<Peer> peers = context.peers().ofThisProgram();
        if (peers.isEmpty() || comparing) {
            return;
        }
        Peer peer = peers.get(context.random().nextInt(peers.size()));
        comparing = true;
        Block head = chain.head();
        new PeerChain(context, peer, this::over).ask(head.index(), 1, page -> {
            if (page.blocks().isEmpty() && chain.rules().heavierWins()) {
                // Fewer blocks may weigh more.
                new Settlement(peer, page.position().length()).begin();
            } else if (page.blocks().isEmpty()) {
                over("it is behind, and will ask this node itself");
            } else if (!page.blocks().get(0).equals(head)) {
                new Settlement(peer, page.position().length()).begin();
            } else {
                over("the chains are the same");
                if (page.position().length() > chain.length()) {
                    fetcher.catchUp();
                }
            }
        });
    }

    /** Compares with a peer whose blocks do not follow this node's, and that says that it has so many. */
    public void suspect(Peer peer, long length) {
        if (!comparing && peer.runsThisProgram() && length > 0) {
            comparing = true;
            new Settlement(peer, length).begin();
        }
    }

    private void over(String outcome) {
        comparing = false;
        context.log().debug("Compared chains: {}", outcome);
    }

    /**
     * Settles with a whole chain that a node of the original sent, as it cannot be asked for less.
     *
     * @return sound if this node's chain now is theirs, or why it is not
     */
    public Verdict settle(List<Block> theirs) {
        return unlessDamaged(() -> settleSound(theirs));
    }

    /**
     * Takes over a peer's branch although this node's may be preferred: a block of that is damaged, and no peer has it, so that
     * nobody could ever take it over.
     *
     * @param branch what follows a block that both have; none if it is more than memory holds
     * @return whether this node's chain now ends with it
     */
    public boolean replace(List<Block> branch, Map<Long, IdempotencyKey> keys, Peer peer) {
        return !branch.isEmpty()
                && unlessDamaged(() -> reorganise(branch, keys, peer.toString(), rescue::readable))
                        .isSound();
    }

    /** What cannot be read could not be added again: then the damage is repaired first. */
    private static Verdict unlessDamaged(Supplier<Verdict> action) {
        try {
            return action.get();
        } catch (DamagedBlockException e) {
            return Verdict.fault(e.index(), "this chain is damaged: " + e.reason());
        }
    }

    private Verdict settleSound(List<Block> theirs) {
        int same = 0;
        while (same < Math.min(theirs.size(), chain.length())
                && theirs.get(same).equals(chain.page(same, 1).get(0))) {
            same++;
        }
        if (same == 0 || same == theirs.size() || same == chain.length()) {
            return chain.compare(theirs);
        }
        List<Block> branch = theirs.subList(same, theirs.size());
        Block ours = chain.page(same, 1).get(0);
        return wins(branch, ours)
                ? reorganise(branch, Map.of(), "the sender")
                : Verdict.fault(
                        same,
                        "the chains differ from here on, and this node's is kept: it is longer, or its block here"
                                + " has the smaller hash");
    }

    /** Where blocks have a weight, the heavier branch wins, and of two that are as heavy this node keeps its own. */
    private boolean wins(List<Block> branch, Block ours) {
        return chain.rules().heavierWins()
                ? isLighterFrom(ours.index(), weight(branch))
                : wins(branch.get(0).index() + branch.size(), branch.get(0), ours);
    }

    private BigInteger weight(List<Block> blocks) {
        return blocks.stream().map(chain.rules()::weight).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** Reads no more blocks than that takes, as anybody may send a light branch that begins far back. */
    private boolean isLighterFrom(long index, BigInteger theirs) {
        BigInteger sum = BigInteger.ZERO;
        long from = index;
        while (from < chain.length() && sum.compareTo(theirs) < 0) {
            List<Block> page = chain.page(from, PAGE_BLOCKS);
            sum = sum.add(weight(page));
            from += page.size();
        }
        return sum.compareTo(theirs) < 0;
    }

    private boolean wins(long length, Block first, Block ours) {
        return ForkChoice.prefers(new ForkChoice.Branch(length, first), new ForkChoice.Branch(chain.length(), ours));
    }

    /** One comparison with a peer whose chain differs. */
    private final class Settlement {
        private final List<Block> branch = new ArrayList<>();
        private final Map<Long, IdempotencyKey> keys = new HashMap<>();
        private final Peer peer;
        private final long length;
        private final PeerChain peerChain;
        private Verification verification;
        private Block base;
        private long bytes;

        Settlement(Peer peer, long length) {
            this.peer = peer;
            this.length = length;
            this.peerChain = new PeerChain(context, peer, Forks.this::over);
        }

        void begin() {
            peerChain.ancestor(Math.min(length, chain.length()), (ancestor, asked) -> {
                Optional<Block> common = ancestor < 0 ? Optional.empty() : peerChain.ours(ancestor);
                if (common.isEmpty()) {
                    context.complaints().log("The chain of {} is of another network: not a block is the same", peer);
                    over("nothing in common");
                    return;
                }
                if (ancestor == length - 1) {
                    over("all of its blocks are this node's, too, and it will ask for more itself");
                    return;
                }
                context.log()
                        .info(
                                "The chain has forked: block {} is the last in common with {}, as {} questions showed",
                                ancestor,
                                peer,
                                asked);
                base = common.get();
                verification = Verification.after(base);
                fetch(base.index() + 1);
            });
        }

        private void fetch(long from) {
            peerChain.page(from, page -> {
                for (Block block : page.blocks()) {
                    bytes += PeerChain.bytes(block);
                    if (verification.next(block) instanceof Verdict.Fault fault) {
                        context.complaints().log("Refused the branch of {}: {}", peer, fault);
                        over(fault.toString());
                        return;
                    }
                    branch.add(block);
                }
                keys.putAll(page.keys());
                proceed(page);
            });
        }

        private void proceed(SyncReply.Blocks page) {
            Optional<Block> ours = peerChain.ours(base.index() + 1);
            boolean hopeless = ours.isPresent()
                    && !chain.rules().heavierWins()
                    && !wins(page.position().length(), branch.get(0), ours.get());
            long end = base.index() + 1 + branch.size();
            if (hopeless) {
                over("this node's branch is kept");
            } else if (bytes > PeerChain.MAX_HELD_BYTES) {
                context.complaints()
                        .log(
                                "The branch of {} from block {} on takes more than {} bytes, and is not compared: start this node"
                                        + " with an empty --data-dir to take it over",
                                peer,
                                base.index() + 1,
                                PeerChain.MAX_HELD_BYTES);
                over("too long");
            } else if (end < page.position().length()) {
                fetch(end);
            } else {
                conclude(ours);
            }
        }

        /** This node's chain may have changed meanwhile. */
        private void conclude(Optional<Block> ours) {
            unlessDamaged(() -> settleWith(ours));
            over("settled");
        }

        private Verdict settleWith(Optional<Block> ours) {
            boolean stays = peerChain.ours(base.index()).filter(base::equals).isPresent();
            // A chain that lost its end gets another, if the others have agreed on another meanwhile.
            boolean wins = ours.map(first -> wins(branch, first))
                    .orElse(chain.lostEnd()
                            .filter(lost -> branch.size() + base.index() >= lost.index())
                            .isPresent());
            return stays && wins ? reorganise(branch, keys, peer.toString()) : Verdict.SOUND;
        }
    }

    private Verdict reorganise(List<Block> branch, Map<Long, IdempotencyKey> told, String whose) {
        return reorganise(
                branch, told, whose, index -> Optional.of(chain.page(index, 1).get(0)));
    }

    private Verdict reorganise(
            List<Block> branch, Map<Long, IdempotencyKey> told, String whose, LongFunction<Optional<Block>> ours) {
        long from = branch.get(0).index();
        long before = chain.length();
        Map<Long, IdempotencyKey> keys = rescue.keysOf(branch, told);
        // Together with the blocks, or what was acknowledged might be nowhere.
        List<Addition> lost = rescue.keep(from, keys.values(), ours);
        Verdict verdict = context.ledger().reorganise(branch, keys);
        if (verdict.isSound()) {
            context.log()
                    .warn(
                            "Reorganised: gave up the blocks {} to {} for {} blocks of {}; {} of them are this node's users'"
                                    + " and will be added again",
                            from,
                            Math.max(from, before) - 1,
                            branch.size(),
                            whose,
                            lost.size());
        } else {
            rescue.release(lost);
        }
        return verdict;
    }
}
