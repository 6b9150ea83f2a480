package org.naivechain.consensus.sealed;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Hash;
import org.naivechain.chain.DamagedBlockException;
import org.naivechain.chain.Verdict;
import org.naivechain.consensus.Engine;
import org.naivechain.consensus.MinMembers;
import org.naivechain.ledger.Addition;
import org.naivechain.ledger.BlockFetcher;
import org.naivechain.ledger.BlockRules;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Misbehaviour;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Vocabulary;

/**
 * Extends the chain by sealed blocks. Data waits in the pool of every node that has heard of it, until a block carries it. The user
 * is told when so many blocks follow that another branch is unlikely to win: how unlikely is a matter of the seals. For the node's
 * thread only.
 */
public final class SealedEngine implements Engine {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration TELL_AGAIN = Duration.ofSeconds(10);

    private final Pool pool = new Pool();
    private final LedgerContext context;
    private final KeptChain chain;
    private final BlockFetcher fetcher;
    private final Sealer sealer;
    private final Settings settings;
    private final Answers answers;
    private final String origin;
    private Optional<Sealing> underWay = Optional.empty();
    private Optional<String> stopped = Optional.empty();
    private long lastKey;

    /**
     * What the engine is told.
     *
     * @param name the word after {@code --consensus}
     * @param rules by what rules blocks are sealed, in words; the same text at all nodes of a network
     * @param confirmations how many blocks must follow a block before its user is told
     * @param minMembers how many members the network must have before blocks are sealed
     */
    public record Settings(String name, String rules, int confirmations, int minMembers) {}

    /** What is being sealed. */
    private record Sealing(Block head, Optional<Addition> next) {}

    /** An engine that begins to seal as soon as there are enough members. */
    public SealedEngine(LedgerContext context, BlockFetcher fetcher, Sealer sealer, Settings settings) {
        this.context = context;
        this.chain = context.chain();
        this.fetcher = fetcher;
        this.sealer = sealer;
        this.settings = settings;
        this.origin = context.peers().self().id() + "."
                + Long.toHexString(context.random().nextLong());
        this.answers = new Answers(context, settings.confirmations());
        context.ledger().tell(this::grown);
        context.time().after(Duration.ZERO, this::look);
        context.time().after(TELL_AGAIN, this::tellAgain);
    }

    @Override
    public String name() {
        return settings.name();
    }

    // What users ask.

    @Override
    public void add(BlockData data, Optional<IdempotencyKey> key, Consumer<AddOutcome> then) {
        Optional<String> objection = objection();
        if (objection.isPresent()) {
            then.accept(new AddOutcome.NotAdded(objection.get()));
            return;
        }
        addAgain(new Addition(key.orElseGet(() -> IdempotencyKey.ofNode(origin, ++lastKey)), data), then);
    }

    private Optional<String> objection() {
        return stopped.or(this::tooFew)
                .or(() -> Optional.of(Answers.MAX_WAITING + " adds are waiting at this node, try again later")
                        .filter(full -> answers.isFull()));
    }

    private Optional<String> tooFew() {
        return new MinMembers(settings.minMembers())
                .objection(context.peers().members(), context.peers().self().address());
    }

    @Override
    public void addAgain(Addition addition, Consumer<AddOutcome> then) {
        OptionalLong there = context.ledger().receipts().find(addition.key());
        Optional<BlockData> known = there.isPresent() ? data(there.getAsLong()) : pool.find(addition.key());
        if (known.filter(data -> !data.equals(addition.data())).isPresent()) {
            then.accept(new AddOutcome.Contradicted(
                    "the key " + addition.key() + " belongs to other data: " + known.get()));
        } else if (there.isEmpty() && !pool.put(addition)) {
            then.accept(new AddOutcome.NotAdded(
                    "too much data waits for a block; the data was not added, try again later"));
        } else {
            answers.await(addition.key(), then);
            tell(addition);
            proceed();
        }
    }

    private Optional<BlockData> data(long index) {
        try {
            return Optional.of(chain.page(index, 1).get(0).data());
        } catch (DamagedBlockException e) {
            return Optional.empty();
        }
    }

    @Override
    public void stop(String reason) {
        stopped = Optional.of(reason);
        sealer.stop();
        underWay = Optional.empty();
        answers.stop(reason);
    }

    // What follows from the chain.

    private void grown(List<Block> blocks, Map<Long, IdempotencyKey> keys) {
        pool.remove(keys.values());
        answers.grown(blocks.get(0).index());
        blocks.forEach(this::examine);
        proceed();
    }

    private void examine(Block block) {
        sealer.evidence(block).ifPresent(this::accuse);
    }

    /** What proves a fault is data, as any other. All who have the same proof add it under the same key. */
    private void accuse(BlockData proof) {
        if (stopped.isPresent()) {
            return;
        }
        String name = Hash.of(Hash.ORIGIN, proof).text();
        addAgain(new Addition(IdempotencyKey.ofNode(name, 0), proof), outcome -> {
            if (outcome instanceof AddOutcome.Contradicted) {
                add(proof, Optional.empty(), again -> {});
            } else if (outcome instanceof AddOutcome.NotAdded) {
                context.time().after(TELL_AGAIN, () -> accuse(proof));
            }
        });
    }

    /** Seals what comes next. */
    private void proceed() {
        if (stopped.isPresent() || tooFew().isPresent() || chain.lostEnd().isPresent()) {
            return;
        }
        Sealing wanted = new Sealing(chain.head(), pool.first());
        if (underWay.filter(wanted::equals).isEmpty()) {
            underWay = Optional.of(wanted);
            sealer.seal(wanted.head(), wanted.next(), this::sealed);
        }
    }

    /** This node has sealed a block: others hear of it when it is durable, or they might have what this node has lost. */
    private void sealed(Block block) {
        underWay = Optional.empty();
        Verdict verdict = context.ledger().adopt(List.of(block), Map.of());
        if (verdict.isSound()) {
            context.log().info("Block {} sealed: {}", block.index(), block.hash());
            context.durability()
                    .whenDurable(() -> broadcast(
                            new SealedCommand.Sealed(context.peers().self().id(), block)));
        } else {
            context.log().warn("Sealed a block that does not fit: {}", verdict);
        }
        proceed();
    }

    // What others say.

    @Override
    public List<Vocabulary.Installed<?>> handlers() {
        return List.of(SealedCommand.VOCABULARY.handledBy((sender, command, answer) ->
                command.accept(new SealedCommand.Visitor() {
                    @Override
                    public void sealed(SealedCommand.Sealed announcement) {
                        Reply reply = take(announcement.peerId(), announcement.block());
                        if (!announcement.block().hasRightHash()) {
                            sender.accuse(Misbehaviour.FORGED_BLOCK, "the hash of its sealed block is wrong");
                        }
                        context.durability().whenDurable(() -> answer.accept(reply));
                    }

                    @Override
                    public void pending(SealedCommand.Pending data) {
                        answer.accept(keep(data.addition()));
                    }

                    @Override
                    public void askRules() {
                        answer.accept(new SealedReply.Rules(settings.rules()));
                    }
                })));
    }

    private Reply take(PeerId from, Block block) {
        examine(block);
        if (chain.head().equals(block)) {
            return Reply.ACK;
        }
        if (block.index() > chain.length()
                || block.index() == chain.length()
                        && !block.previousHash().equals(chain.head().hash())) {
            // Its branch is at least as long as this one: fetched, it may weigh more.
            fetcher.catchUp();
            return new Reply.Refusal("this node's chain ends before, or differs: " + chain.length() + " blocks");
        }
        Verdict verdict = context.ledger().adopt(List.of(block), Map.of());
        if (verdict instanceof Verdict.Fault fault) {
            BlockRules rules = chain.rules();
            if (block.index() < chain.length() && rules.weight(block).compareTo(rules.weight(chain.head())) > 0) {
                // Such a branch may weigh more although it is shorter.
                context.peers().ofThisProgram().stream()
                        .filter(peer -> peer.id().equals(from))
                        .forEach(peer -> fetcher.compare(peer, block.index() + 1));
            }
            return new Reply.Refusal(fault.toString());
        }
        context.log().info("Block {} added: {}", block.index(), block.hash());
        return Reply.ACK;
    }

    private Reply keep(Addition addition) {
        if (context.ledger().receipts().find(addition.key()).isEmpty()) {
            if (!pool.put(addition)) {
                return new Reply.Refusal("too much data waits for a block here");
            }
            proceed();
        }
        return Reply.ACK;
    }

    private void tell(Addition addition) {
        broadcast(new SealedCommand.Pending(addition));
    }

    private void broadcast(SealedCommand command) {
        for (Peer peer : context.peers().ofThisProgram()) {
            context.network().send(peer.address(), command, outcome -> {});
        }
    }

    /** The members may be enough since a moment ago. */
    private void look() {
        proceed();
        context.time().after(LOOK, this::look);
    }

    /** A node that was away has not heard of what waits. */
    private void tellAgain() {
        for (IdempotencyKey key : answers.waiting()) {
            pool.find(key).ifPresent(data -> tell(new Addition(key, data)));
        }
        context.time().after(TELL_AGAIN, this::tellAgain);
    }

    @Override
    public void examine(PeerAddress at, Consumer<Optional<String>> then) {
        context.network().send(at, new SealedCommand.AskRules(), outcome -> {
            String theirs = outcome instanceof SealedReply.Rules rules ? rules.text() : "none (" + outcome + ")";
            // Whoever says nothing now may be a node of this network, and says so when it is asked again.
            boolean fits = theirs.equals(settings.rules()) || outcome instanceof Outcome.Silence;
            then.accept(
                    fits
                            ? Optional.empty()
                            : Optional.of("the rules for blocks must be the same at all nodes: " + settings.rules()
                                    + "; those of the node at " + at + " are: " + theirs));
        });
    }

    // What nodes that vote ask.

    @Override
    public Reply vote(Block block) {
        return nobodyVotes();
    }

    @Override
    public Reply commit(PeerCommand.AddBlock commit) {
        return nobodyVotes();
    }

    @Override
    public Reply confirm(Block block) {
        return nobodyVotes();
    }

    private Reply nobodyVotes() {
        return new Reply.Refusal("nobody votes in this network; it agrees by " + settings.rules());
    }
}
