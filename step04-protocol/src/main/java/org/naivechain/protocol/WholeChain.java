package org.naivechain.protocol;

import java.util.List;
import java.util.Optional;
import org.naivechain.blocks.Block;
import org.naivechain.chain.Chain;
import org.naivechain.chain.Verdict;

/** The whole chain in one frame, as in the original: what does not fit into a frame cannot be joined. */
public final class WholeChain implements ChainTransfer {
    /** The longest frame that a node of the original takes. */
    private static final int MAX_FRAME_BYTES = 1024 * 1024;

    private static final Codec CODEC = new Codec(List.of(PeerCommand.VOCABULARY));

    private final Chain chain;
    private final Peer self;

    /** A transfer to and from this node. */
    public WholeChain(NodeContext context) {
        this.chain = context.chain();
        this.self = context.peers().self();
    }

    @Override
    public PeerCommand.NewPeerJoin request(Peer member) {
        return new PeerCommand.NewPeerJoin(self, member.id());
    }

    @Override
    public PeerCommand.JoinDataUpload upload(PeerCommand.NewPeerJoin join, List<PeerCommand.ListedPeer> others) {
        List<Block> blocks = chain.page(0, Integer.MAX_VALUE, MAX_FRAME_BYTES);
        var upload = new PeerCommand.JoinDataUpload(others, blocks, Optional.empty());
        if (blocks.size() < chain.length() || CODEC.encode(upload).length() > MAX_FRAME_BYTES) {
            throw new IllegalStateException("the chain has " + chain.length() + " blocks, too many for one frame");
        }
        return upload;
    }

    @Override
    public Verdict check(PeerCommand.JoinDataUpload upload) {
        return chain.compare(upload.dataList());
    }

    @Override
    public Verdict take(PeerCommand.JoinDataUpload upload) {
        return chain.adopt(upload.dataList());
    }
}
