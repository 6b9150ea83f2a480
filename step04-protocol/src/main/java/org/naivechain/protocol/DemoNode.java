package org.naivechain.protocol;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.naivechain.blocks.Block;
import org.naivechain.chain.Chain;

/** A node of this step: it joins, and lets others join, and copies chains; it does not vote. For the node's thread only. */
public final class DemoNode implements CommandHandler<Command> {
    private final NodeContext context;
    private final JoinClient joining;
    private final Router router;

    /** A node that stands alone until it joins or is joined. */
    public DemoNode(NodeContext context) {
        this.context = context;
        JoinPolicy policy = new OpenPolicy(context);
        ChainTransfer transfer = new WholeChain(context);
        this.joining = new JoinClient(context, policy, transfer);
        this.router = new Router(List.of(PeerCommand.VOCABULARY.handledBy(
                new PeerHandler(context, policy, transfer, joining, new Abstaining()))));
    }

    /** {@return this node's id and address} */
    public Peer self() {
        return context.peers().self();
    }

    /** {@return this node's chain} */
    public Chain chain() {
        return context.chain();
    }

    /** {@return the other nodes that this one knows} */
    public PeerTable peers() {
        return context.peers();
    }

    /** {@return what reads and writes this node's frames} */
    public Codec codec() {
        return router.codec();
    }

    /** Joins the network of another node; see {@link JoinClient#join(PeerAddress, Optional, Consumer)}. */
    public void join(PeerAddress at, Optional<PeerId> id, Consumer<JoinOutcome> then) {
        joining.join(at, id, then);
    }

    @Override
    public void receive(Sender sender, Command command, Consumer<Reply> answer) {
        router.receive(sender, command, answer);
    }

    /** How nodes agree on blocks comes with the finished node. */
    private static final class Abstaining implements Voter {
        private static final Reply NO_VOTE = new Reply.Refusal("this node does not vote");

        @Override
        public Reply vote(Block block) {
            return NO_VOTE;
        }

        @Override
        public Reply commit(PeerCommand.AddBlock commit) {
            return NO_VOTE;
        }

        @Override
        public Reply confirm(Block block) {
            return NO_VOTE;
        }
    }
}
