package org.naivechain.consensus.naive;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Hash;
import org.naivechain.chain.Verdict;
import org.naivechain.consensus.Engine;
import org.naivechain.consensus.MinMembers;
import org.naivechain.ledger.Addition;
import org.naivechain.ledger.BlockFetcher;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerTable;
import org.naivechain.protocol.Reply;

/**
 * The vote of the original: a member proposes a block, and commits it when a majority agrees that it comes next. The
 * majority is one of all members, this node included; a silent member counts. With one writer at a time all chains stay
 * equal; two writers at once may fork, because a member may agree to two blocks for the same index.
 *
 * <p>A member appends only blocks that it voted for. Whatever else it is told of, it fetches from a member that it calls
 * itself. For the node's thread only.
 */
public final class NaiveVote implements Engine {
    private static final int MAX_WAITING = 1_000;
    private static final int MAX_VOTES = 100;
    private static final String NO_KEYS =
            "the naive vote cannot make an add safe to repeat: leave the Idempotency-Key out,"
                    + " or start all nodes with --consensus majority";

    private final Deque<Proposal> waiting = new ArrayDeque<>();
    /** The blocks for the next index that this node has voted for. */
    private final Map<Hash, Block> votedFor = new LinkedHashMap<>();

    private final LedgerContext context;
    private final KeptChain chain;
    private final PeerTable peers;
    private final BlockFetcher fetcher;
    private final MinMembers minMembers;
    private final String origin;
    private long lastKey;
    private Optional<Proposal> underWay = Optional.empty();
    private boolean proceeding;
    private Optional<String> stopped = Optional.empty();

    /**
     * Proposes nothing yet.
     *
     * @param fetcher what to call when others turn out to have blocks that this node misses
     * @param minMembers how many members the network must have before data can be added
     */
    public NaiveVote(LedgerContext context, BlockFetcher fetcher, int minMembers) {
        this.context = context;
        this.chain = context.chain();
        this.peers = context.peers();
        this.fetcher = fetcher;
        this.minMembers = new MinMembers(minMembers);
        this.origin =
                peers.self().id() + "." + Long.toHexString(context.random().nextLong());
    }

    @Override
    public void add(BlockData data, Optional<IdempotencyKey> key, Consumer<AddOutcome> then) {
        if (key.isPresent()) {
            then.accept(new AddOutcome.NotAdded(NO_KEYS));
        } else {
            addAgain(new Addition(IdempotencyKey.ofNode(origin, ++lastKey), data), then);
        }
    }

    /** The key is a note of this node's own that the block is its users'; it does not make the add safe to repeat. */
    @Override
    public void addAgain(Addition addition, Consumer<AddOutcome> then) {
        Optional<String> objection = objection();
        if (objection.isPresent()) {
            then.accept(new AddOutcome.NotAdded(objection.get()));
        } else {
            waiting.add(new Proposal(context, addition, then, this::concluded, fetcher));
            proceed();
        }
    }

    private Optional<String> objection() {
        return stopped.or(
                        () -> minMembers.objection(peers.members(), peers.self().address()))
                .or(() -> Optional.of(MAX_WAITING + " adds are waiting at this node, try again later")
                        .filter(full -> waiting.size() >= MAX_WAITING));
    }

    /** Starts the next proposal; a loop and no recursion, because a lone node concludes each before it returns. */
    private void proceed() {
        if (proceeding) {
            return;
        }
        proceeding = true;
        try {
            while (underWay.isEmpty() && !waiting.isEmpty()) {
                underWay = Optional.of(waiting.remove());
                underWay.get().start();
            }
        } finally {
            proceeding = false;
        }
    }

    private void concluded() {
        underWay = Optional.empty();
        proceed();
    }

    @Override
    public void stop(String reason) {
        stopped = Optional.of(reason);
        underWay.ifPresent(waiting::addFirst);
        List<Proposal> ended = List.copyOf(waiting);
        waiting.clear();
        ended.forEach(proposal -> proposal.abandon(reason));
    }

    @Override
    public Reply vote(Block block) {
        Optional<String> endIsLost = context.ledger().endIsLost();
        if (endIsLost.isPresent()) {
            return new Reply.Refusal(endIsLost.get());
        }
        if (chain.check(block) instanceof Verdict.Fault fault) {
            if (block.index() > chain.length()) {
                fetcher.catchUp();
            }
            return new Reply.Refusal(fault.toString());
        }
        forgetOldVotes();
        if (votedFor.size() >= MAX_VOTES && !votedFor.containsKey(block.hash())) {
            // The oldest proposal has failed most likely; if not, its block will be fetched from a member that has it.
            votedFor.remove(votedFor.keySet().iterator().next());
        }
        votedFor.put(block.hash(), block);
        return Reply.ACK;
    }

    @Override
    public Reply commit(PeerCommand.AddBlock commit) {
        return commit.block().map(this::take).orElseGet(() -> take(commit.blockData()));
    }

    @Override
    public Reply confirm(Block block) {
        return take(block);
    }

    /** A member of the original says only what the block carries: it means the block that it had us vote for. */
    private Reply take(BlockData data) {
        forgetOldVotes();
        Optional<Block> meant = votedFor.values().stream()
                .filter(block -> block.data().equals(data))
                .findFirst();
        if (meant.isPresent()) {
            return take(meant.get());
        }
        if (chain.head().data().equals(data)) {
            return Reply.ACK;
        }
        fetcher.catchUp();
        return new Reply.Refusal("this node voted for no block with the data " + data);
    }

    private Reply take(Block block) {
        if (block.index() < chain.length()) {
            Block ours = chain.page(block.index(), 1).get(0);
            return ours.equals(block) ? Reply.ACK : differs(block, ours);
        }
        forgetOldVotes();
        if (!block.equals(votedFor.get(block.hash()))) {
            fetcher.catchUp();
            return new Reply.Refusal("this node did not vote for block " + block.index() + " " + block.hash());
        }
        if (chain.append(block) instanceof Verdict.Fault fault) {
            return new Reply.Refusal(fault.toString());
        }
        context.log().info("Block {} added: {}", block.index(), block.hash());
        return Reply.ACK;
    }

    private Reply differs(Block theirs, Block ours) {
        if (theirs.hash().equals(theirs.computedHash()) && theirs.previousHash().equals(ours.previousHash())) {
            context.complaints()
                    .log(
                            "The chains may have forked: block {} is {} here, and somebody names {}",
                            ours.index(),
                            ours.hash(),
                            theirs.hash());
        }
        return new Reply.Refusal("block " + ours.index() + " is " + ours.hash() + " here, not " + theirs.hash());
    }

    /** Votes are for the next index; once a block has it they say nothing any more. */
    private void forgetOldVotes() {
        votedFor.values().removeIf(block -> block.index() != chain.length());
    }

    @Override
    public String name() {
        return "naive";
    }
}
