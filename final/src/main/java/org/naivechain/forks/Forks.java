package org.naivechain.forks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.Hash;
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
 * <p>A block that is given up is an orphan. Each node adds again what its own users had added, which it knows by the receipts,
 * and nobody else's, so that two nodes that gave up the same branch do not both add it again. Orphans are kept in the
 * transaction that gives up their blocks, until they are in the chain again, as often as it takes. For the node's thread only.
 */
public final class Forks {
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int MAX_REMEMBERED = 10_000;

    /** Blocks that were given up, should a later branch bring them back. */
    private final Map<Hash, IdempotencyKey> givenUp = new LinkedHashMap<>();

    private final LedgerContext context;
    private final KeptChain chain;
    private final BlockFetcher fetcher;
    private final Orphans orphans;
    private final String origin;
    private final BiConsumer<Addition, Consumer<AddOutcome>> again;
    private boolean comparing;
    private boolean adding;

    /**
     * What ends forks, once it has begun.
     *
     * @param context what it works on and with
     * @param fetcher what fetches blocks beyond the head
     * @param orphans what is to be added again
     * @param again adds an orphan under its own key
     */
    public Forks(
            LedgerContext context,
            BlockFetcher fetcher,
            Orphans orphans,
            BiConsumer<Addition, Consumer<AddOutcome>> again) {
        this.context = context;
        this.chain = context.chain();
        this.fetcher = fetcher;
        this.orphans = orphans;
        this.origin = context.peers().self().id().text();
        this.again = again;
    }

    /** Compares with a peer and adds orphans again, every few seconds from now on. */
    public void begin() {
        context.ledger().tell(this::grown);
        later();
    }

    private void later() {
        long millis = PAUSE.toMillis();
        context.time().after(Duration.ofMillis(millis + context.random().nextLong(millis)), () -> {
            addAgain();
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
            if (page.blocks().isEmpty()) {
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

    /**
     * Somebody's blocks do not follow this node's.
     *
     * @param peer whose blocks
     * @param length how many it says that it has
     */
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
     * @param theirs all of its blocks
     * @return sound if this node's chain now is theirs, or why it is not
     */
    public Verdict settle(List<Block> theirs) {
        try {
            return settleSound(theirs);
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

    private boolean wins(List<Block> branch, Block ours) {
        Block first = branch.get(0);
        return ForkChoice.prefers(
                new ForkChoice.Branch(first.index() + branch.size(), first),
                new ForkChoice.Branch(chain.length(), ours));
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
                    && !ForkChoice.prefers(
                            new ForkChoice.Branch(page.position().length(), branch.get(0)),
                            new ForkChoice.Branch(chain.length(), ours.get()));
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
            boolean stays = peerChain.ours(base.index()).filter(base::equals).isPresent();
            // A chain that lost its end gets another, if the others have agreed on another meanwhile.
            boolean wins = ours.map(first -> wins(branch, first))
                    .orElse(chain.lostEnd().isPresent()
                            && branch.size() + base.index()
                                    >= chain.lostEnd().get().index());
            if (stays && wins) {
                reorganise(branch, keys, peer.toString());
            }
            over("settled");
        }
    }

    /** What cannot be read could not be added again: then the damage is repaired first. */
    private Verdict reorganise(List<Block> branch, Map<Long, IdempotencyKey> told, String whose) {
        try {
            return reorganiseSound(branch, told, whose);
        } catch (DamagedBlockException e) {
            return Verdict.fault(e.index(), "this chain is damaged: " + e.reason());
        }
    }

    private Verdict reorganiseSound(List<Block> branch, Map<Long, IdempotencyKey> told, String whose) {
        long from = branch.get(0).index();
        Map<Long, IdempotencyKey> keys = new TreeMap<>(told);
        branch.forEach(
                block -> Optional.ofNullable(givenUp.get(block.hash())).ifPresent(key -> keys.put(block.index(), key)));
        List<Addition> lost = ownOf(from, new HashSet<>(keys.values()));
        long before = chain.length();
        // Together with the blocks, or what was acknowledged might be nowhere.
        orphans.keep(lost);
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
            orphans.release(lost.stream().map(Addition::key).toList());
        }
        return verdict;
    }

    /** What this node's users added from an index on, and is not in the other branch. */
    private List<Addition> ownOf(long from, Set<IdempotencyKey> brought) {
        List<Addition> own = new ArrayList<>();
        context.ledger().receipts().between(from, chain.length()).forEach((index, key) -> {
            if (isOwn(key)) {
                Block block = chain.page(index, 1).get(0);
                givenUp.put(block.hash(), key);
                if (!brought.contains(key)) {
                    own.add(new Addition(key, block.data()));
                }
            }
        });
        while (givenUp.size() > MAX_REMEMBERED) {
            givenUp.remove(givenUp.keySet().iterator().next());
        }
        return own;
    }

    private boolean isOwn(IdempotencyKey key) {
        return key.isOfNode() && key.toString().startsWith(origin + ".");
    }

    private void grown(List<Block> blocks, Map<Long, IdempotencyKey> keys) {
        List<IdempotencyKey> waiting =
                orphans.read().stream().map(Addition::key).toList();
        if (waiting.isEmpty()) {
            return;
        }
        Set<IdempotencyKey> there = new HashSet<>(keys.values());
        there.retainAll(waiting);
        Map<Long, IdempotencyKey> back = blocks.stream()
                .filter(block -> !keys.containsKey(block.index()))
                .filter(block -> waiting.contains(givenUp.get(block.hash())))
                .collect(Collectors.toMap(Block::index, block -> givenUp.get(block.hash())));
        if (!back.isEmpty()) {
            context.ledger().receipts().record(back);
            there.addAll(back.values());
        }
        if (!there.isEmpty()) {
            orphans.release(there);
        }
    }

    private void addAgain() {
        if (adding || chain.lostEnd().isPresent()) {
            return;
        }
        orphans.read().stream().findFirst().ifPresent(orphan -> {
            adding = true;
            again.accept(orphan, outcome -> {
                adding = false;
                if (outcome instanceof AddOutcome.Added added) {
                    context.log()
                            .info(
                                    "Added an orphan again, as block {}",
                                    added.block().index());
                    addAgain();
                }
            });
        });
    }
}
