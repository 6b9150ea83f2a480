package org.naivechain.membership;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.protocol.ChainTransfer;
import org.naivechain.protocol.JoinClient;
import org.naivechain.protocol.JoinOutcome;
import org.naivechain.protocol.JoinPolicy;
import org.naivechain.protocol.OpenPolicy;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerTable;
import org.naivechain.protocol.Reply;
import org.naivechain.sync.CatchUp;

/** Everybody is a member that is in the peer table, as in the original. For the node's thread only. */
public final class OpenParticipation implements Participation {
    private final PeerTable peers;
    private final CatchUp catchUp;
    private final JoinPolicy policy;
    private final JoinClient joining;
    private final JoinRetry retry;
    private final BiConsumer<PeerAddress, Consumer<Optional<String>>> examination;

    /**
     * A node that stands alone until it joins or is joined.
     *
     * @param examination looks whether the node at an address can be in one network with this one
     */
    public OpenParticipation(
            LedgerContext context,
            CatchUp catchUp,
            ChainTransfer transfer,
            BiConsumer<PeerAddress, Consumer<Optional<String>>> examination) {
        this.peers = context.peers();
        this.catchUp = catchUp;
        this.examination = examination;
        this.policy = new OpenPolicy(context.node()) {
            @Override
            public void check(PeerCommand.NewPeerJoin join, Peer joiner, Consumer<Optional<Reply.Refusal>> then) {
                super.check(
                        join,
                        joiner,
                        refused -> refused.ifPresentOrElse(
                                refusal -> then.accept(refused),
                                () -> examination.accept(
                                        joiner.address(),
                                        objection -> then.accept(objection.map(Reply.Refusal::new)))));
            }

            @Override
            public void admit(PeerCommand.NewPeerJoin join, Peer joiner, Consumer<Reply> then) {
                super.admit(join, joiner, then);
                if (join.length().orElse(0L) > context.chain().length()) {
                    catchUp.catchUp();
                }
            }
        };
        this.joining = new JoinClient(context.node(), policy, transfer);
        this.retry = new JoinRetry(context, () -> false, this::join);
    }

    @Override
    public JoinPolicy policy() {
        return policy;
    }

    @Override
    public JoinClient joining() {
        return joining;
    }

    @Override
    public void join(PeerAddress at, Optional<PeerId> id, Consumer<JoinOutcome> then) {
        examination.accept(
                at,
                objection -> objection.ifPresentOrElse(
                        reason -> then.accept(JoinOutcome.NotJoined.ever("cannot join " + at + ": " + reason)),
                        () -> joinExamined(at, id, then)));
    }

    private void joinExamined(PeerAddress at, Optional<PeerId> id, Consumer<JoinOutcome> then) {
        joining.join(at, id, outcome -> {
            if (outcome instanceof JoinOutcome.Joined joined) {
                catchUp.from(joined.peer(), () -> then.accept(joined));
            } else {
                then.accept(outcome);
            }
        });
    }

    @Override
    public void keepJoining(PeerAddress at, Optional<PeerId> id, Consumer<JoinOutcome> then) {
        retry.begin(Optional.of(at), id, then);
    }

    @Override
    public void found() {
        // Whoever knows nobody is a network of its own.
    }

    @Override
    public void comeHome() {
        // Nobody loses a place that has one.
    }

    @Override
    public void leave(Consumer<Reply> then) {
        then.accept(Reply.ACK);
    }

    @Override
    public void evict(Peer peer, Consumer<Reply> then) {
        peers.forget(peer.id());
        then.accept(Reply.ACK);
    }

    @Override
    public boolean isSettled() {
        return !peers.peers().isEmpty();
    }

    @Override
    public boolean isMember() {
        return true;
    }

    @Override
    public int members() {
        return peers.members();
    }
}
