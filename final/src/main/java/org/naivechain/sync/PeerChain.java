package org.naivechain.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.naivechain.blocks.Block;
import org.naivechain.chain.DamagedBlockException;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;

/** The chain of one peer, which is asked for blocks. For the node's thread only. */
public final class PeerChain {
    /** How much of a peer's chain is held in memory before it is written. */
    public static final long MAX_HELD_BYTES = 64L * 1024 * 1024;

    private static final int PAGE_BLOCKS = 1_000;
    private static final int BLOCK_BYTES = 400;

    private final LedgerContext context;
    private final KeptChain chain;
    private final Peer peer;
    private final Consumer<String> failed;

    /**
     * A chain that nothing is known of yet.
     *
     * @param context what it works on and with
     * @param peer whose chain
     * @param failed told why the peer is of no use, and nothing else then
     */
    public PeerChain(LedgerContext context, Peer peer, Consumer<String> failed) {
        this.context = context;
        this.chain = context.chain();
        this.peer = peer;
        this.failed = failed;
    }

    /**
     * How much memory a block takes, roughly.
     *
     * @param block the block
     * @return in bytes
     */
    public static long bytes(Block block) {
        return BLOCK_BYTES + block.data().literal().length();
    }

    /**
     * Asks for a page.
     *
     * @param from the index of the first block
     * @param then takes the page, with at least that block
     */
    public void page(long from, Consumer<SyncReply.Blocks> then) {
        ask(from, PAGE_BLOCKS, page -> {
            if (page.blocks().isEmpty()) {
                failed.accept("it has only " + page.position().length() + " blocks");
            } else {
                then.accept(page);
            }
        });
    }

    /**
     * Asks for some blocks, of which there may be none.
     *
     * @param from the index of the first
     * @param limit how many at the most
     * @param then takes those that there are
     */
    public void ask(long from, int limit, Consumer<SyncReply.Blocks> then) {
        context.network().send(peer.address(), new SyncCommand.GetBlocks(from, limit, 0), outcome -> {
            Optional<String> objection = objection(outcome, from, limit);
            if (objection.isPresent()) {
                failed.accept(objection.get());
            } else {
                then.accept((SyncReply.Blocks) outcome);
            }
        });
    }

    private Optional<String> objection(Outcome outcome, long from, int limit) {
        if (!(outcome instanceof SyncReply.Blocks page)) {
            return Optional.of(outcome.toString());
        }
        if (!page.peerId().equals(peer.id())) {
            return Optional.of("the node there is " + page.peerId());
        }
        for (int i = 0; i < page.blocks().size(); i++) {
            if (i >= limit || page.blocks().get(i).index() != from + i) {
                return Optional.of("it sent other blocks than it was asked for");
            }
        }
        return Optional.empty();
    }

    /**
     * Looks for the last block that both have, among the first ones.
     *
     * @param length among how many; the blocks of this node are sound so far
     * @param then takes its index, and how many questions it took
     */
    public void ancestor(long length, BiConsumer<Long, Integer> then) {
        ancestor(new CommonAncestor(length), 0, then);
    }

    private void ancestor(CommonAncestor search, int asked, BiConsumer<Long, Integer> then) {
        if (search.isFound()) {
            then.accept(search.ancestor(), asked);
            return;
        }
        ask(search.question(), 1, page -> {
            boolean same = !page.blocks().isEmpty()
                    && ours(search.question())
                            .filter(page.blocks().get(0)::equals)
                            .isPresent();
            search.answer(same);
            ancestor(search, asked + 1, then);
        });
    }

    /**
     * A block of this node.
     *
     * @param index its index
     * @return nothing if it is beyond the end, or no block any more
     */
    public Optional<Block> ours(long index) {
        try {
            List<Block> found = index < chain.length() ? chain.page(index, 1) : new ArrayList<>();
            return found.stream().findFirst();
        } catch (DamagedBlockException e) {
            return Optional.empty();
        }
    }
}
