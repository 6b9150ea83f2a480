package org.naivechain.membership;

import java.util.Optional;
import java.util.function.Consumer;
import org.naivechain.ledger.BlockFetcher;
import org.naivechain.ledger.Change;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.protocol.JoinOutcome;
import org.naivechain.protocol.JoinPolicy;
import org.naivechain.protocol.OpenPolicy;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.Reply;

/**
 * The members agree on every node of this program that is to become one. Nodes of the original, which have no vote, may come as
 * they like. For the node's thread only.
 */
final class AgreedPolicy implements JoinPolicy {
    static final String LEAVING = "this node is stopping";

    private final LedgerContext context;
    private final Ledger ledger;
    private final BlockFetcher fetcher;
    private final Amendments amendments;
    private final OpenPolicy open;
    private boolean leaving;
    private int asking;
    private boolean isUncertain;

    AgreedPolicy(LedgerContext context, BlockFetcher fetcher, Amendments amendments) {
        this.context = context;
        this.ledger = context.ledger();
        this.fetcher = fetcher;
        this.amendments = amendments;
        this.open = new OpenPolicy(context.node());
    }

    /** While this node leaves it asks nobody to let it in, and takes no upload, after which it would be let in. */
    boolean isLeaving() {
        return leaving;
    }

    void setLeaving(boolean now) {
        leaving = now;
    }

    /** This node has compared its chain with that of a member, which may send an upload now. */
    void beginsToAsk() {
        asking++;
        isUncertain = false;
    }

    void hasAsked(JoinOutcome outcome) {
        asking--;
        isUncertain &= !(outcome instanceof JoinOutcome.Joined);
    }

    /** Whether somebody was about to let this node in, and it did not hear what came of it. */
    boolean isUncertain() {
        return isUncertain;
    }

    @Override
    public boolean isByIntroduction(Peer peer) {
        return !peer.runsThisProgram();
    }

    /** A majority may be missing just now. */
    @Override
    public boolean isRefusalFinal() {
        return false;
    }

    @Override
    public void check(PeerCommand.NewPeerJoin join, Peer joiner, Consumer<Optional<Reply.Refusal>> then) {
        if (!joiner.runsThisProgram()) {
            open.check(join, joiner, then);
            return;
        }
        Optional<Reply.Refusal> objection =
                objection(join).map(Reply.Refusal::new).or(() -> context.peers().objection(joiner));
        Optional<Peer> elsewhere = ledger.membership().find(joiner.id()).filter(member -> !member.equals(joiner));
        if (objection.isPresent() || elsewhere.isEmpty()) {
            then.accept(objection);
        } else {
            askWhetherItMoved(elsewhere.get(), joiner, then);
        }
    }

    private Optional<String> objection(PeerCommand.NewPeerJoin join) {
        if (!ledger.membership().contains(context.peers().self())) {
            return Optional.of("this node is no member itself");
        }
        if (!join.agrees().orElse(false)) {
            // It would count, and never vote.
            return Optional.of("the members here vote by ballots, and the joiner does not: start it with"
                    + " --consensus majority, as they are");
        }
        long length = context.chain().length();
        if (join.length().orElseThrow() > length) {
            fetcher.catchUp();
            return Optional.of("the joiner has " + join.length().get() + " blocks and this node " + length
                    + ": only a node whose chain is the beginning of the network's can join it");
        }
        return Optional.empty();
    }

    /** A member that has moved does not answer any more where it was; if somebody does, the joiner is a copy of it. */
    private void askWhetherItMoved(Peer member, Peer joiner, Consumer<Optional<Reply.Refusal>> then) {
        context.network().send(member.address(), new PeerCommand.Ping(), outcome -> {
            boolean answers =
                    outcome instanceof Reply.Pong pong && pong.peerId().equals(member.id());
            then.accept(
                    answers
                            ? Optional.of(new Reply.Refusal("the member " + member
                                    + " answers there, and an id belongs to one node: stop the node there, or start the"
                                    + " one at " + joiner.address() + " with an empty --data-dir"))
                            : Optional.empty());
        });
    }

    @Override
    public void admit(PeerCommand.NewPeerJoin join, Peer joiner, Consumer<Reply> then) {
        if (joiner.runsThisProgram()) {
            amendments.amend(Change.add(joiner), then);
        } else {
            open.admit(join, joiner, then);
        }
    }

    @Override
    public Optional<Reply.Refusal> objection(PeerCommand.JoinDataUpload upload) {
        if (leaving) {
            return Optional.of(new Reply.Refusal(LEAVING));
        }
        if (upload.length().isPresent() && asking == 0) {
            return Optional.of(
                    new Reply.Refusal("this node did not hear from that one just now who it is, and asks again first"));
        }
        isUncertain = true;
        return Optional.empty();
    }
}
