package org.naivechain.membership;

import java.util.Optional;
import java.util.function.Consumer;
import org.naivechain.protocol.JoinClient;
import org.naivechain.protocol.JoinOutcome;
import org.naivechain.protocol.JoinPolicy;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;

/**
 * How a node belongs to a network: by introduction, as in the original, or because the members agreed on it. No method blocks.
 * For the node's thread only.
 */
public interface Participation {
    /** {@return who may join through this node} */
    JoinPolicy policy();

    /** {@return what sends this node's requests to join} */
    JoinClient joining();

    /**
     * Becomes a member of the network of a node that is one already, and fetches its chain.
     *
     * @param id who is expected there; a node of the original cannot be joined without
     * @param then takes the outcome, now or later
     */
    void join(PeerAddress at, Optional<PeerId> id, Consumer<JoinOutcome> then);

    /**
     * Joins, now or later: an attempt that may succeed later is made again, until one does.
     *
     * @param then told what came of the first attempt, and what is final; so it may be told twice
     */
    void keepJoining(PeerAddress at, Optional<PeerId> id, Consumer<JoinOutcome> then);

    /** Begins a network of its own, if this node belongs to none. */
    void found();

    /**
     * Joins anew, through the peers that are known, if the members are agreed on and this node is none of them; also if it
     * hears so only later. A node that is removed after it has taken part stays out.
     */
    void comeHome();

    /**
     * Has this node removed from the members, and keeps it from joining again. A join that is under way is waited for.
     *
     * @param then told an acknowledgement when it is no member, or a refusal; after that it may join again
     */
    void leave(Consumer<Reply> then);

    /**
     * Has a peer removed that has gone for good.
     *
     * @param then told an acknowledgement when it is gone, or a refusal
     */
    void evict(Peer peer, Consumer<Reply> then);

    /** {@return whether this node has a network, and need not join one} */
    boolean isSettled();

    /** {@return whether this node is a member of a network, as far as it knows; true where everybody is} */
    boolean isMember();

    /** {@return how many nodes have a vote, this one included: 0 if this node does not know yet} */
    int members();
}
