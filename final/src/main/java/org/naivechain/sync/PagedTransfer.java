package org.naivechain.sync;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.naivechain.blocks.Block;
import org.naivechain.chain.Verdict;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.protocol.ChainTransfer;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.WholeChain;

/**
 * A chain of any length for a joiner of this program: it is sent one block that tells whether its chain is the beginning of
 * this one, and fetches the rest in pages. Nodes of the original send and are sent the whole chain. For the node's thread only.
 */
public final class PagedTransfer implements ChainTransfer {
    private final LedgerContext context;
    private final KeptChain chain;
    private final WholeChain whole;
    private final boolean agreesOnMembers;
    private Optional<Function<List<Block>, Verdict>> settlement = Optional.empty();

    /** A transfer to and from this node, which says when it joins whether it agrees with others on who the members are. */
    public PagedTransfer(LedgerContext context, boolean agreesOnMembers) {
        this.context = context;
        this.chain = context.chain();
        this.whole = new WholeChain(context.node());
        this.agreesOnMembers = agreesOnMembers;
    }

    /** Has forks settled with nodes of the original: {@code how} takes a whole chain that differs, or says why not. */
    public void settleForks(Function<List<Block>, Verdict> how) {
        settlement = Optional.of(how);
    }

    @Override
    public PeerCommand.NewPeerJoin request(Peer member) {
        Peer self = context.peers().self();
        return new PeerCommand.NewPeerJoin(
                self.id(),
                self.address().host(),
                self.address().port(),
                Optional.of(member.id()),
                Optional.of(chain.length()),
                Optional.of(agreesOnMembers));
    }

    /** A hash depends on all blocks before it: the last block that both could have tells whether they are the same. */
    @Override
    public PeerCommand.JoinDataUpload upload(PeerCommand.NewPeerJoin join, List<PeerCommand.ListedPeer> others) {
        if (!join.runsThisProgram()) {
            return whole.upload(join, others);
        }
        long shorter = Math.min(join.length().orElseThrow(), chain.length());
        return new PeerCommand.JoinDataUpload(
                others, chain.page(Math.max(0, shorter - 1), 1), Optional.of(chain.length()));
    }

    @Override
    public Verdict check(PeerCommand.JoinDataUpload upload) {
        boolean mayDiffer = settlement.isPresent() && upload.length().isEmpty();
        return mayDiffer ? Verdict.SOUND : chain.compare(upload.dataList());
    }

    @Override
    public Verdict take(PeerCommand.JoinDataUpload upload) {
        if (upload.length().isPresent()) {
            return chain.compare(upload.dataList());
        }
        Verdict verdict = context.ledger().adopt(upload.dataList(), Map.of());
        return verdict.isSound() || settlement.isEmpty()
                ? verdict
                : settlement.get().apply(upload.dataList());
    }
}
