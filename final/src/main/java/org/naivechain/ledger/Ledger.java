package org.naivechain.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.naivechain.blocks.Block;
import org.naivechain.chain.Chain;
import org.naivechain.chain.Verdict;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerId;

/**
 * Everything that is decided: the chain, the receipts that belong to it, and, where they are agreed on, who the members are. They
 * change together. For the node's thread only.
 */
public final class Ledger {
    private static final int MEMBERSHIPS_BACK = 10;

    private final List<Reader> readers = new ArrayList<>();
    private final KeptChain chain;
    private final Receipts receipts;
    private final Memberships memberships;
    private final List<Consumer<Membership>> audience = new ArrayList<>();
    private Membership membership = Membership.NONE;
    private boolean membersAgreed;

    /** Who wants to know what the chain gains. */
    @FunctionalInterface
    public interface Reader {
        /**
         * The chain has grown.
         *
         * @param blocks what it gained, in order
         * @param keys the requests behind them, by the index of the block
         */
        void grown(List<Block> blocks, Map<Long, IdempotencyKey> keys);
    }

    /** A ledger that nobody watches yet. */
    public Ledger(KeptChain chain, Receipts receipts, Memberships memberships) {
        this.chain = chain;
        this.receipts = receipts;
        this.memberships = memberships;
        // A chain that has lost blocks at its end, and need not get the same ones back, has no requests behind them
        // either.
        if (chain.lostEnd().isEmpty()
                && !receipts.between(chain.length(), Long.MAX_VALUE).isEmpty()) {
            receipts.forget(chain.length());
        }
    }

    /**
     * From now on the members are agreed on, as blocks are.
     *
     * @param first who the members are if they never were agreed on before
     */
    public void agreeOnMembers(List<Peer> first) {
        membersAgreed = true;
        membership = memberships.latest();
        if (isAnotherAddressOf(first)) {
            // Nobody else knows the old one.
            memberships.clear();
        }
        if (memberships.find(membership.version()).isEmpty()) {
            found(first);
        }
    }

    private boolean isAnotherAddressOf(List<Peer> first) {
        return membership.version() == 1
                && membership.size() == 1
                && first.size() == 1
                && membership.contains(first.get(0).id())
                && !membership.members().equals(first);
    }

    /** Begins a network, if the members are agreed on and this node belongs to none. */
    public void found(List<Peer> first) {
        if (membersAgreed && memberships.latest().version() == 0) {
            adopt(new Membership(1, chain.length(), first));
        }
    }

    /** {@return whether the members are agreed on; false where everybody counts who introduces itself, as in the original} */
    public boolean areMembersAgreed() {
        return membersAgreed;
    }

    /** {@return who votes: {@link Membership#NONE} if this node has not heard, or the members are not agreed on} */
    public Membership membership() {
        return membership;
    }

    /** {@return who voted once: what is kept of the memberships} */
    public Memberships memberships() {
        return memberships;
    }

    /** Forgets who the members are, to hear it from those of another network; and remembers that it belongs to none. */
    public void secede() {
        memberships.clear();
        adopt(Membership.NONE);
    }

    /** Has somebody told whenever the members change. */
    public void tellMembers(Consumer<Membership> listener) {
        audience.add(listener);
    }

    /**
     * {@return how far decisions reach, as far as this node knows: the length of the chain and the version of the membership}
     */
    public Position position() {
        return new Position(chain.length(), membership.version());
    }

    /**
     * {@return who was a member not long ago and is none any more: the members may have lost blocks that these still have;
     * those of the last few memberships}
     */
    public List<Peer> formerMembers() {
        Map<PeerId, Peer> former = new LinkedHashMap<>();
        for (long version = membership.version() - 1;
                version > 0 && version >= membership.version() - MEMBERSHIPS_BACK;
                version--) {
            memberships
                    .find(version)
                    .ifPresent(then -> then.members().stream()
                            .filter(peer -> !membership.contains(peer.id()))
                            .forEach(peer -> former.putIfAbsent(peer.id(), peer)));
        }
        return List.copyOf(former.values());
    }

    /**
     * What others may want to know of the members at some length of the chain.
     *
     * @return a later membership that had begun by then
     */
    public Optional<Membership> membershipSince(long known, long length) {
        Membership then = membership.from() <= length ? membership : memberships.at(length);
        return Optional.of(then).filter(found -> found.version() > known);
    }

    /** {@return the chain, to read} */
    public KeptChain chain() {
        return chain;
    }

    /** {@return why this node neither votes nor takes data: decided blocks are missing here; nothing if all are there} */
    public Optional<String> endIsLost() {
        return chain.lostEnd()
                .map(tip -> "this node has lost the end of its chain, from block " + chain.length()
                        + " on, and is fetching it");
    }

    /** {@return the requests behind the blocks, to read} */
    public Receipts receipts() {
        return receipts;
    }

    /** Has somebody told whenever the chain grows. */
    public void tell(Reader reader) {
        readers.add(reader);
    }

    /**
     * Takes over blocks as {@link Chain#adopt} does, with their receipts. All or nothing.
     *
     * @param blocks blocks in order, the first at most one beyond the head
     * @param keys the requests behind them, by the index of the block
     * @return sound if the chain now holds all of them, or the first block that does not fit
     */
    public Verdict adopt(List<Block> blocks, Map<Long, IdempotencyKey> keys) {
        long before = chain.length();
        Verdict repeated = repeated(before, blocks);
        return repeated.isSound() ? record(before, blocks, keys, chain.adopt(blocks)) : repeated;
    }

    /**
     * Takes over blocks that another node has sent, and who the members are by then.
     *
     * @param blocks blocks in order, the first at most one beyond the head
     * @param keys the requests behind them, by the index of the block
     * @param then who the members are after the last of them, if that is told
     * @return sound if the chain now holds all of them, or the first block that does not fit
     */
    public Verdict adopt(List<Block> blocks, Map<Long, IdempotencyKey> keys, Optional<Membership> then) {
        Verdict verdict = adopt(blocks, keys);
        if (verdict.isSound() && membersAgreed) {
            then.filter(theirs -> theirs.version() > membership.version() && theirs.from() <= chain.length())
                    .ifPresent(this::adopt);
        }
        return verdict;
    }

    private void adopt(Membership next) {
        memberships.record(next);
        membership = next;
        audience.forEach(listener -> listener.accept(next));
    }

    /**
     * Appends what was decided: blocks with their receipts, or who the members are. All or nothing.
     *
     * @param batch follows the chain, or a block of it
     * @return sound if the chain now ends as the batch does
     */
    public Verdict append(Batch batch) {
        if (batch.next().isPresent()) {
            return appendMembership(batch);
        }
        long before = chain.length();
        Map<Long, IdempotencyKey> keys = new TreeMap<>();
        for (int i = 0; i < batch.additions().size(); i++) {
            keys.put(batch.from() + i, batch.additions().get(i).key());
        }
        List<Block> blocks = batch.blocks();
        Verdict verdict = batch.from() == before ? chain.appendComputed(blocks) : chain.adopt(blocks);
        return record(before, blocks, keys, verdict);
    }

    private Verdict appendMembership(Batch batch) {
        if (!batch.start().equals(position())
                || !batch.previousHash().equals(chain.head().hash())) {
            return Verdict.fault(
                    chain.length(), "the members must change at " + position() + ", not at " + batch.start());
        }
        batch.next().ifPresent(this::adopt);
        return Verdict.SOUND;
    }

    /**
     * Replaces blocks that were altered or are missing as {@link KeptChain#mend} does, with their receipts. All or nothing.
     *
     * @param blocks what belongs there, in order, none beyond the head; at least one block
     * @param keys the requests behind them, by the index of the block
     * @return sound if they are now in their places, or the first that does not follow the one before
     */
    public Verdict mend(List<Block> blocks, Map<Long, IdempotencyKey> keys) {
        Verdict verdict = chain.mend(blocks);
        if (verdict.isSound()) {
            receipts.record(within(blocks, chain.rules().keys(blocks, keys)));
        }
        return verdict;
    }

    /**
     * Gives up the end of the chain for another as {@link KeptChain#reorganise} does, with the receipts. All or nothing.
     *
     * @param branch what follows a block that stays, in order; at least one block
     * @param keys the requests behind them, by the index of the block
     * @return sound if the chain now ends with the branch, or the first block of it that does not fit
     */
    public Verdict reorganise(List<Block> branch, Map<Long, IdempotencyKey> keys) {
        Verdict verdict = repeated(branch.get(0).index(), branch);
        verdict = verdict.isSound() ? chain.reorganise(branch) : verdict;
        if (verdict.isSound()) {
            Map<Long, IdempotencyKey> theirs = within(branch, chain.rules().keys(branch, keys));
            receipts.forget(branch.get(0).index());
            receipts.record(theirs);
            readers.forEach(reader -> reader.grown(branch, theirs));
        }
        return verdict;
    }

    /** A block that says whose request it is must be the only one that says so, on its chain. */
    private Verdict repeated(long from, List<Block> blocks) {
        Map<IdempotencyKey, Long> met = new HashMap<>();
        for (Block block : blocks) {
            Optional<IdempotencyKey> key =
                    block.index() < from ? Optional.empty() : chain.rules().key(block);
            if (key.isPresent()) {
                Long within = met.putIfAbsent(key.get(), block.index());
                OptionalLong before = receipts.find(key.get());
                if (within != null || before.isPresent() && before.getAsLong() < from) {
                    return Verdict.fault(
                            block.index(),
                            "the request " + key.get() + " is in block "
                                    + (within != null ? within : before.getAsLong()) + " already");
                }
            }
        }
        return Verdict.SOUND;
    }

    private static Map<Long, IdempotencyKey> within(List<Block> blocks, Map<Long, IdempotencyKey> keys) {
        Map<Long, IdempotencyKey> theirs = new TreeMap<>(keys);
        long end = blocks.get(0).index() + blocks.size();
        theirs.keySet().removeIf(index -> index < blocks.get(0).index() || index >= end);
        return theirs;
    }

    private Verdict record(long before, List<Block> blocks, Map<Long, IdempotencyKey> keys, Verdict verdict) {
        if (chain.length() > before) {
            List<Block> gained =
                    blocks.stream().filter(block -> block.index() >= before).toList();
            Map<Long, IdempotencyKey> added = chain.rules().keys(gained, keys);
            added.keySet().removeIf(index -> index < before || index >= chain.length());
            receipts.record(added);
            readers.forEach(reader -> reader.grown(gained, added));
        }
        return verdict;
    }
}
