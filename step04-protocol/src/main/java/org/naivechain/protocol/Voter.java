package org.naivechain.protocol;

import java.util.function.Consumer;
import org.naivechain.blocks.Block;

/**
 * The member's part in deciding on blocks: a port, called by the node's thread, behind which a consensus engine stands. What
 * is answered is sent when everything that was written before is durable. An engine knows either the commands of the original
 * or those with ballots; to the others it says that it does not.
 */
public interface Voter {
    /**
     * A member proposes a block, as in the original.
     *
     * @param block the proposed block
     * @return an acknowledgement, which is a vote for it, or a refusal
     */
    Reply vote(Block block);

    /**
     * A member says that a block was agreed on, as in the original.
     *
     * @param commit the commit
     * @return an acknowledgement if the block is now in the chain, or a refusal
     */
    Reply commit(Command.AddBlock commit);

    /**
     * A member names a block that it appended, as in the original.
     *
     * @param block the block
     * @return an acknowledgement if this node has it too, or a refusal
     */
    Reply confirm(Block block);

    /**
     * A member asks who is here, and what is known of it.
     *
     * @param question who asks
     * @return {@link Reply.Identified}, or a refusal
     */
    default Reply identify(Command.Identify question) {
        return NO_BALLOTS;
    }

    /**
     * A member wants to propose.
     *
     * @param prepare the ballot that it wants to use
     * @param then told, now or when the member was called back, {@link Reply.Promised}, {@link Reply.Outbid},
     *     {@link Reply.Ahead} if the asker is no member any more, or a refusal
     */
    default void promise(Command.Prepare prepare, Consumer<Reply> then) {
        then.accept(NO_BALLOTS);
    }

    /**
     * A member proposes blocks under a ballot.
     *
     * @param proposal the ballot and the blocks
     * @return an acknowledgement, which is a vote for them, {@link Reply.Outbid}, {@link Reply.Ahead} to who is no member any
     *     more, or a refusal
     */
    default Reply vote(Command.Propose proposal) {
        return NO_BALLOTS;
    }

    /**
     * The proposer says what has been decided.
     *
     * @param decision how far the chain is decided
     * @return an acknowledgement if this node has all of it, {@link Reply.Outbid}, {@link Reply.Ahead} to who is no member any
     *     more, or a refusal
     */
    default Reply learn(Command.Decide decision) {
        return NO_BALLOTS;
    }

    /**
     * A member hands over what its users want to add.
     *
     * @param submission what to add
     * @return an acknowledgement if this node is the proposer and has taken it, or a refusal
     */
    default Reply take(Command.Submit submission) {
        return NO_BALLOTS;
    }

    /**
     * Somebody wants to change who the members are.
     *
     * @param change who is to come or to go
     * @param then told, now or later, an acknowledgement when it is so, or a refusal; after a refusal it may still come to
     *     be so, unless the change is one that cannot be made
     */
    default void amend(Change change, Consumer<Reply> then) {
        then.accept(NO_BALLOTS);
    }

    /**
     * A member hands over to the proposer a change of who the members are.
     *
     * @param amendment the change
     * @param then told as for {@link #amend}; a refusal if this node is not the proposer
     */
    default void take(Command.Amend amendment, Consumer<Reply> then) {
        then.accept(NO_BALLOTS);
    }

    /** {@return whether this node has taken part in decisions since it started; true if the others have counted it} */
    default boolean hasTakenPart() {
        return false;
    }

    /**
     * {@return whether missing blocks may be fetched from nodes of the original, too; false if these need not hold what the
     * members decided; they say nothing of the requests behind the blocks either}
     */
    default boolean trustsOriginals() {
        return true;
    }

    /** What an engine without ballots says to those that use them. */
    Reply NO_BALLOTS = new Reply.Refusal(
            "this node does not vote by ballots: start all nodes of a network with the same --consensus");
}
