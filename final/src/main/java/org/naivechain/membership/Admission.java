package org.naivechain.membership;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.naivechain.blocks.Block;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.protocol.JoinClient;
import org.naivechain.protocol.JoinOutcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerTable;
import org.naivechain.protocol.Reply;
import org.naivechain.sync.CatchUp;
import org.naivechain.sync.SyncCommand;
import org.naivechain.sync.SyncReply;

/**
 * The asking side of a join where the members are agreed on. A node that asks has the whole chain first, so that it can vote
 * as soon as it is a member; and it belongs to no other network, because it votes in one only. For the node's thread only.
 */
final class Admission {
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int LOOKS = 25;

    private final LedgerContext context;
    private final Ledger ledger;
    private final PeerTable peers;
    private final AgreedPolicy policy;
    private final JoinClient joining;
    private final CatchUp catchUp;
    private final List<Runnable> waiting = new ArrayList<>();
    private int underWay;

    Admission(LedgerContext context, AgreedPolicy policy, JoinClient joining, CatchUp catchUp) {
        this.policy = policy;
        this.context = context;
        this.ledger = context.ledger();
        this.peers = context.peers();
        this.joining = joining;
        this.catchUp = catchUp;
    }

    /** Whether nobody but this node has ever been in its network. */
    boolean isFresh() {
        return isMember()
                && ledger.membership().version() == 1
                && ledger.membership().size() == 1;
    }

    boolean isMember() {
        return ledger.membership().contains(peers.self());
    }

    /** Has somebody told when no attempt is under way any more, and it shows whether this node is a member. */
    void whenOver(Runnable then) {
        if (underWay == 0) {
            then.run();
        } else {
            waiting.add(then);
        }
    }

    void begin(PeerAddress at, Optional<PeerId> id, Consumer<JoinOutcome> then) {
        underWay++;
        attempt(at, id, outcome -> {
            underWay--;
            then.accept(outcome);
            if (underWay == 0) {
                List<Runnable> told = List.copyOf(waiting);
                waiting.clear();
                told.forEach(Runnable::run);
            }
        });
    }

    private void attempt(PeerAddress at, Optional<PeerId> id, Consumer<JoinOutcome> then) {
        context.network().send(at, new PeerCommand.Ping(), outcome -> {
            if (outcome instanceof Reply.Pong pong) {
                Peer member = new Peer(id.orElse(pong.peerId()), at);
                if (pong.peerId().equals(member.id())) {
                    compare(member, then);
                } else {
                    then.accept(JoinOutcome.NotJoined.ever(
                            "cannot join " + member + ": the node there is " + pong.peerId() + ", not " + member.id()));
                }
            } else if (id.isPresent()) {
                // A node of the original knows no such question.
                Peer original = new Peer(id.get(), at);
                ask(original, joined -> then.accept(memberThrough(original, joined)));
            } else {
                then.accept(JoinClient.toldNoId(at, outcome));
            }
        });
    }

    private void ask(Peer member, Consumer<JoinOutcome> then) {
        if (policy.isLeaving()) {
            then.accept(JoinOutcome.NotJoined.ever(AgreedPolicy.LEAVING));
            return;
        }
        policy.beginsToAsk();
        joining.join(member, outcome -> {
            policy.hasAsked(outcome);
            then.accept(outcome);
        });
    }

    /** A node of the original takes everybody in, which makes nobody a member here. */
    private JoinOutcome memberThrough(Peer original, JoinOutcome outcome) {
        return isMember() || outcome instanceof JoinOutcome.NotJoined
                ? outcome
                : JoinOutcome.NotJoined.yet(original + " is a node of the older Python system, which has no members:"
                        + " start all nodes of this program with --consensus naive, or join one of them");
    }

    /** One block tells whether the histories are the same, because its hash depends on all blocks before it. */
    private void compare(Peer member, Consumer<JoinOutcome> then) {
        Optional<String> objection = objection(member);
        if (objection.isPresent()) {
            then.accept(JoinOutcome.NotJoined.ever("cannot join " + member + ": " + objection.get()));
            return;
        }
        if (ledger.membership().contains(member.id()) && isMember()) {
            catchUp.from(member, () -> then.accept(new JoinOutcome.Joined(member)));
            return;
        }
        Block head = ledger.chain().head();
        var question = new SyncCommand.GetBlocks(head.index(), 1, 0);
        context.network().send(member.address(), question, outcome -> {
            if (!(outcome instanceof SyncReply.Blocks page)) {
                then.accept(JoinOutcome.NotJoined.yet("cannot join " + member + ": " + outcome));
            } else if (!page.peerId().equals(member.id())) {
                then.accept(JoinOutcome.NotJoined.yet(
                        "cannot join " + member + ": the node there is " + page.peerId() + " now"));
            } else if (!ledger.chain().head().equals(head) || objection(member).isPresent()) {
                then.accept(JoinOutcome.NotJoined.yet(
                        "cannot join " + member + ": this node's own network has changed meanwhile"));
            } else if (objection(head, page).isPresent()) {
                // Who was a member may have more than one that is behind.
                boolean passing = page.blocks().isEmpty() && !isFresh();
                then.accept(new JoinOutcome.NotJoined(
                        "cannot join " + member + ": " + objection(head, page).get(), passing));
            } else if (!isFresh()
                    && page.position().version() < ledger.membership().version()) {
                then.accept(
                        JoinOutcome.NotJoined.yet(
                                "cannot join " + member + ": it is at " + page.position()
                                        + " and this node has been at " + ledger.position()
                                        + "; it is behind, or of another network, which only a node with an empty --data-dir can join"));
            } else if (page.position().version() == 0 && hasGivenWayTo(member)) {
                then.accept(foundAgain(member));
            } else if (page.position().version() == 0) {
                then.accept(JoinOutcome.NotJoined.yet("cannot join " + member
                        + ": it is not a member of a network itself yet (one node must be started without --peer), or not of"
                        + " one whose members vote by ballots (start all with the same --consensus)"));
            } else {
                fetch(member, then);
            }
        });
    }

    /**
     * Whether two nodes have each left their own network at once, to join the other's, and it is this one that begins anew. It
     * has asked nobody else to let it in, as it would know that one, too; and who has let it in is a member itself.
     */
    private boolean hasGivenWayTo(Peer member) {
        return ledger.membership().version() == 0
                && peers.ofThisProgram().equals(List.of(member))
                && peers.self().id().text().compareTo(member.id().text()) < 0;
    }

    private JoinOutcome foundAgain(Peer member) {
        ledger.found(List.of(peers.self()));
        context.log()
                .info(
                        "This node and {} each left their network for the other's: this one begins anew, and that one joins it",
                        member);
        return JoinOutcome.NotJoined.yet("cannot join " + member + ": it was joining this node at the same moment, and"
                + " becomes a member here");
    }

    private Optional<String> objection(Peer member) {
        if (isMember() && !isFresh() && !ledger.membership().contains(member.id())) {
            return Optional.of("this node is a member of another network, which has "
                    + ledger.membership().size()
                    + "; two networks do not merge: let that node join this one, or stop this one, which makes it leave,"
                    + " and start it with an empty --data-dir");
        }
        return peers.objection(member).map(Reply.Refusal::toString);
    }

    private static Optional<String> objection(Block head, SyncReply.Blocks page) {
        List<Block> theirs = page.blocks();
        if (theirs.isEmpty()) {
            return Optional.of(
                    "its chain has " + page.position().length() + " blocks, this node's " + (head.index() + 1)
                            + ": only a node whose chain is the beginning of the network's can join it; let it join this one, or"
                            + " start this one with an empty --data-dir");
        }
        return theirs.get(0).equals(head)
                ? Optional.empty()
                : Optional.of(
                        "the chains differ: block " + head.index() + " is " + head.hash() + " here, and "
                                + theirs.get(0).hash()
                                + " there; two networks do not merge: start this node with an empty --data-dir to take theirs over");
    }

    private void fetch(Peer member, Consumer<JoinOutcome> then) {
        // Who was a member of a larger network has voted in it, and must not forget what it knew when it did.
        if (isFresh()) {
            ledger.secede();
        }
        peers.register(member);
        catchUp.from(
                member,
                () -> ask(member, outcome -> {
                    if (outcome instanceof JoinOutcome.Joined) {
                        look(member, LOOKS, then);
                    } else {
                        then.accept(outcome);
                    }
                }));
    }

    /** The member knows that this node is one, too; now this node must hear it. */
    private void look(Peer member, int looks, Consumer<JoinOutcome> then) {
        catchUp.from(member, () -> {
            if (isMember()) {
                context.log()
                        .info(
                                "This node is a member now; the network has {}",
                                ledger.membership().size());
                then.accept(new JoinOutcome.Joined(member));
            } else if (looks > 0) {
                context.time().after(PAUSE, () -> look(member, looks - 1, then));
            } else {
                then.accept(JoinOutcome.NotJoined.yet(
                        "cannot join " + member + ": it agreed, but does not name this node as a member"));
            }
        });
    }
}
