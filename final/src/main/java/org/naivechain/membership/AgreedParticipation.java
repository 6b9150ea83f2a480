package org.naivechain.membership;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.naivechain.ledger.Change;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.ledger.Membership;
import org.naivechain.protocol.ChainTransfer;
import org.naivechain.protocol.JoinClient;
import org.naivechain.protocol.JoinOutcome;
import org.naivechain.protocol.JoinPolicy;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerTable;
import org.naivechain.protocol.Reply;
import org.naivechain.sync.CatchUp;
import org.slf4j.Logger;

/** A node is a member because the members agreed on it, as the ledger says. For the node's thread only. */
public final class AgreedParticipation implements Participation {
    private final Ledger ledger;
    private final PeerTable peers;
    private final Logger log;
    private final Amendments amendments;
    private final AgreedPolicy policy;
    private final JoinClient joining;
    private final Admission admission;
    private final JoinRetry retry;

    /** A node that stands alone until it joins or is joined. */
    public AgreedParticipation(LedgerContext context, CatchUp catchUp, ChainTransfer transfer, Amendments amendments) {
        this.ledger = context.ledger();
        this.peers = context.peers();
        this.log = context.log();
        this.amendments = amendments;
        this.policy = new AgreedPolicy(context, catchUp, amendments);
        this.joining = new JoinClient(context.node(), policy, transfer);
        this.admission = new Admission(context, policy, joining, catchUp);
        this.retry = new JoinRetry(context, policy::isLeaving, this::join);
        ledger.tellMembers(membership -> comeHome());
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
        admission.begin(at, id, outcome -> {
            then.accept(outcome);
            tryAgain();
        });
    }

    @Override
    public void keepJoining(PeerAddress at, Optional<PeerId> id, Consumer<JoinOutcome> then) {
        if (isMember() && !admission.isFresh()) {
            then.accept(new JoinOutcome.Joined(peers.self()));
            return;
        }
        // Nobody may join a network of its own that this node is about to leave. What was decided there is given up
        // only
        // when it is known to be in the other network, too.
        if (admission.isFresh() && ledger.chain().length() == 1) {
            ledger.secede();
        }
        retry.begin(Optional.of(at), id, then);
    }

    @Override
    public void found() {
        if (ledger.chain().length() == 1) {
            ledger.found(List.of(peers.self()));
        } else if (!isMember()) {
            log.error(
                    "This node belongs to no network and knows of nobody: start it with --peer, the address of a member");
        }
    }

    @Override
    public void comeHome() {
        if (!amendments.hasTakenPart()) {
            tryAgain();
        }
    }

    private void tryAgain() {
        if (!isMember() && !policy.isLeaving()) {
            retry.begin(Optional.empty(), Optional.empty(), outcome -> {});
        }
    }

    @Override
    public void leave(Consumer<Reply> then) {
        policy.setLeaving(true);
        admission.whenOver(() -> {
            if (isMember()) {
                amendments.amend(Change.remove(peers.self()), reply -> {
                    policy.setLeaving(reply instanceof Reply.Ack);
                    then.accept(reply);
                });
            } else if (policy.isUncertain()) {
                then.accept(new Reply.Refusal("it was about to be let in, and did not hear what came of that"));
            } else {
                then.accept(Reply.ACK);
            }
        });
    }

    /** Nobody waits for a node of the original: it is forgotten by this node alone. */
    @Override
    public void evict(Peer peer, Consumer<Reply> then) {
        if (peer.runsThisProgram()) {
            amendments.amend(Change.remove(peer), then);
        } else {
            peers.forget(peer.id());
            then.accept(Reply.ACK);
        }
    }

    @Override
    public boolean isSettled() {
        Membership now = ledger.membership();
        return isMember() && (now.version() > 1 || now.size() > 1);
    }

    @Override
    public boolean isMember() {
        return ledger.membership().contains(peers.self());
    }

    @Override
    public int members() {
        return ledger.membership().size();
    }
}
