package org.naivechain.protocol;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Who may become a member, and how: a port, used by the node's thread. In this step everybody may ({@link OpenPolicy}); in the
 * finished node the members can agree on each.
 */
public interface JoinPolicy {
    /**
     * Whether a node is taken for a member as soon as it introduces itself, or is introduced by one.
     *
     * @param peer a node, known or not
     */
    boolean isByIntroduction(Peer peer);

    /**
     * Looks for what speaks against a joiner; must not block.
     *
     * @param joiner the joiner, at the address at which it can be called
     * @param then takes the objection, if there is one, now or later
     */
    void check(PeerCommand.NewPeerJoin join, Peer joiner, Consumer<Optional<Reply.Refusal>> then);

    /**
     * Makes a joiner a member that has taken what it was sent; must not block.
     *
     * @param then takes an acknowledgement when the joiner is a member, or a refusal
     */
    void admit(PeerCommand.NewPeerJoin join, Peer joiner, Consumer<Reply> then);

    /** {@return whether a member that refuses a joiner decides alone, so that it need not be asked again} */
    default boolean isRefusalFinal() {
        return true;
    }

    /** {@return why this node, which asked to join, does not take what it is sent; empty if it does} */
    Optional<Reply.Refusal> objection(PeerCommand.JoinDataUpload upload);
}
