package org.naivechain.consensus;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.naivechain.blocks.BlockData;
import org.naivechain.ledger.Addition;
import org.naivechain.ledger.Position;
import org.naivechain.membership.Amendments;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Vocabulary;
import org.naivechain.protocol.Voter;

/**
 * A way to agree on blocks: it adds data on behalf of this node's users, and answers what others propose, with the commands of
 * the original or with some of its own. For the node's thread only; no method blocks.
 */
public interface Engine extends Voter {
    /**
     * Has data added to the chain of every member.
     *
     * @param key what makes it safe for the user to ask again; none if the user gave none
     * @param then takes the outcome, exactly once, now or later
     */
    void add(BlockData data, Optional<IdempotencyKey> key, Consumer<AddOutcome> then);

    /** Adds, under its old key, what was in a block of this node and was given up in a reorganisation; as {@link #add} does. */
    default void addAgain(Addition orphan, Consumer<AddOutcome> then) {
        add(orphan.data(), Optional.of(orphan.key()), then);
    }

    /** {@return the engine's own commands, and what handles them} */
    default List<Vocabulary.Installed<?>> handlers() {
        return List.of();
    }

    /** {@return how the members agree on who they are; nothing if everybody is one, as in the original} */
    default Optional<Amendments> amendments() {
        return Optional.empty();
    }

    /**
     * {@return whether two members may have chains that differ; then their forks are settled, and blocks of nodes of the original
     * are as good as others}
     */
    default boolean canFork() {
        return true;
    }

    /**
     * Looks whether the node at an address can be in one network with this one, before either joins the other; must not block.
     *
     * @param then takes what speaks against it, if anything does, now or later
     */
    default void examine(PeerAddress at, Consumer<Optional<String>> then) {
        then.accept(Optional.empty());
    }

    /** Takes in how far another node said that it is, durably, when it was called at its address. */
    default void see(Peer peer, Position position) {}

    /**
     * {@return whether others have told how far they know this node to have been before it started; until then it must not tell
     * them how far it has come since; true at any time, if nobody needs to be asked}
     */
    default boolean hasResumed() {
        return true;
    }

    /**
     * Tells why, once, if this node turns out to have started from an old copy of its store: it must not vote under its id again,
     * and may join anew under another.
     */
    default void whenOutdated(Consumer<String> then) {}

    /** Ends every add that is under way, and refuses further ones; those who wait are told the reason. */
    void stop(String reason);

    /** {@return what users call it: the word after {@code --consensus}} */
    String name();

    /** {@return the member that proposes blocks just now: nobody, if none is heard of or there is no proposer at any time} */
    default Optional<PeerId> proposer() {
        return Optional.empty();
    }
}
