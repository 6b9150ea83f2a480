package org.naivechain.protocol;

import java.util.List;
import org.naivechain.chain.Verdict;

/** How a joiner comes by the chain: a port, used by the node's thread, at both ends. */
public interface ChainTransfer {
    /** {@return how this node asks a member to join} */
    PeerCommand.NewPeerJoin request(Peer member);

    /**
     * What a joiner is sent.
     *
     * @throws org.naivechain.chain.DamagedBlockException if a block that it needs is damaged here
     * @throws IllegalStateException if it cannot be sent; the message says why
     */
    PeerCommand.JoinDataUpload upload(PeerCommand.NewPeerJoin join, List<PeerCommand.ListedPeer> others);

    /** {@return sound if this node, which has asked to join, could take what it is sent, or what does not fit} */
    Verdict check(PeerCommand.JoinDataUpload upload);

    /** {@return sound if this node now has what it was sent, or what does not fit} */
    Verdict take(PeerCommand.JoinDataUpload upload);
}
