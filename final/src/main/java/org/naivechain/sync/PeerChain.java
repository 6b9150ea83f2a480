package org.naivechain.sync;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
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

    /** A chain that nothing is known of yet; if the peer is of no use, only {@code failed} is told, and why. */
    public PeerChain(LedgerContext context, Peer peer, Consumer<String> failed) {
        this.context = context;
        this.chain = context.chain();
        this.peer = peer;
        this.failed = failed;
    }

    /** {@return roughly how much memory a block takes, in bytes} */
    public static long bytes(Block block) {
        return BLOCK_BYTES + block.data().literal().length();
    }

    /** Asks for a page that begins with the block at an index, and has at least that. */
    public void page(long from, Consumer<SyncReply.Blocks> then) {
        ask(from, PAGE_BLOCKS, page -> {
            if (page.blocks().isEmpty()) {
                failed.accept("it has only " + page.position().length() + " blocks");
            } else {
                then.accept(page);
            }
        });
    }

    /** Asks for at most so many blocks from an index on, of which there may be none. */
    public void ask(long from, int limit, Consumer<SyncReply.Blocks> then) {
        Consumer<SyncReply.Blocks> checked = page -> {
            List<Block> blocks = page.blocks();
            if (blocks.size() <= limit
                    && IntStream.range(0, blocks.size())
                            .allMatch(i -> blocks.get(i).index() == from + i)) {
                then.accept(page);
            } else {
                failed.accept("it sent other blocks than it was asked for");
            }
        };
        Consumer<Outcome> otherwise = outcome -> failed.accept(
                outcome instanceof SyncReply.Blocks page ? "the node there is " + page.peerId() : outcome.toString());
        ask(context, peer, new SyncCommand.GetBlocks(from, limit, 0), checked, otherwise);
    }

    /** Asks a peer for blocks; {@code otherwise} takes what is no page of this very peer, but perhaps of another node there. */
    static void ask(
            LedgerContext context,
            Peer peer,
            SyncCommand.GetBlocks request,
            Consumer<SyncReply.Blocks> then,
            Consumer<Outcome> otherwise) {
        context.network().send(peer.address(), request, outcome -> {
            if (outcome instanceof SyncReply.Blocks page && page.peerId().equals(peer.id())) {
                then.accept(page);
            } else {
                otherwise.accept(outcome);
            }
        });
    }

    /**
     * Looks for the last block that both have, among the first ones.
     *
     * @param length among how many; the blocks of this node are sound so far
     * @param then takes the block's index, or -1, and how many questions were asked
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
            Optional<Block> theirs = page.blocks().stream().findFirst();
            search.answer(theirs.isPresent() && theirs.equals(ours(search.question())));
            ancestor(search, asked + 1, then);
        });
    }

    /** {@return a block of this node, or nothing if it is beyond the end, or no block any more} */
    public Optional<Block> ours(long index) {
        try {
            return index < chain.length() ? chain.page(index, 1).stream().findFirst() : Optional.empty();
        } catch (DamagedBlockException e) {
            return Optional.empty();
        }
    }
}
