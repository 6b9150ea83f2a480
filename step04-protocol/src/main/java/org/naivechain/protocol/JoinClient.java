package org.naivechain.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.naivechain.blocks.Block;
import org.naivechain.chain.Chain;
import org.naivechain.chain.Verdict;
import org.slf4j.Logger;

/**
 * The asking side of a join: ask a member, be given its chain and its peers, and introduce this node to them. One join at a
 * time, because an upload does not say which join it belongs to. For the node's thread only.
 */
public final class JoinClient {
    private static final String LEAVING = "this node is stopping";

    private final Ledger ledger;
    private final Chain chain;
    private final PeerTable peers;
    private final Network network;
    private final Introductions introductions;
    private final Logger log;
    private final Complaints complaints;
    private final Misbehaviour misbehaviour;
    private Optional<Attempt> underWay = Optional.empty();
    private boolean open = true;
    private boolean uncertain;
    private Optional<Function<List<Block>, Verdict>> settlement = Optional.empty();

    /**
     * What joins networks, when it is told to.
     *
     * @param context what it works on and with
     */
    public JoinClient(NodeContext context) {
        this.ledger = context.ledger();
        this.chain = context.chain();
        this.peers = context.peers();
        this.network = context.network();
        this.introductions = new Introductions(context);
        this.log = context.log();
        this.complaints = context.complaints();
        this.misbehaviour = context.misbehaviour();
    }

    /** What is known of a join that is under way. */
    private static final class Attempt {
        private final boolean compared;
        private Optional<Command.JoinDataUpload> upload = Optional.empty();
        private List<Peer> introduceTo = List.of();

        Attempt(boolean compared) {
            this.compared = compared;
        }
    }

    /**
     * Has forks settled with nodes of the original, instead of refusing what they send.
     *
     * @param how takes a whole chain that differs, and says whether this node's is now the same
     */
    public void settleForks(Function<List<Block>, Verdict> how) {
        settlement = Optional.of(how);
    }

    /** While this node leaves it asks nobody to let it in, and takes no upload, after which it would be let in. */
    void open(boolean now) {
        open = now;
    }

    /** Whether somebody was about to let this node in, and it did not hear what came of it. */
    boolean isUncertain() {
        return uncertain;
    }

    void join(PeerAddress at, Optional<PeerId> id, Consumer<JoinOutcome> then) {
        if (id.isPresent()) {
            join(new Peer(id.get(), at), false, then);
            return;
        }
        network.send(at, new Command.Ping(), outcome -> {
            if (outcome instanceof Reply.Pong pong) {
                join(new Peer(pong.peerId(), at), false, then);
            } else {
                then.accept(toldNoId(at, outcome));
            }
        });
    }

    static JoinOutcome toldNoId(PeerAddress at, Outcome outcome) {
        return JoinOutcome.NotJoined.yet("cannot join " + at + ": " + outcome
                + "; name the WebSocket port of a running node (HTTP is on the next one), and of a node of the older"
                + " Python system its id, too");
    }

    /** With whether the chain of the member's network has been compared with this node's, and this node belongs to no other. */
    void join(Peer member, boolean compared, Consumer<JoinOutcome> then) {
        if (!open) {
            then.accept(JoinOutcome.NotJoined.ever(LEAVING));
            return;
        }
        Optional<Reply.Refusal> objection = peers.objection(member);
        if (objection.isPresent()) {
            then.accept(JoinOutcome.NotJoined.ever("cannot join " + member + ": " + objection.get()));
            return;
        }
        if (underWay.isPresent()) {
            then.accept(JoinOutcome.NotJoined.yet(
                    "cannot join " + member + ": another join is under way, try again later"));
            return;
        }
        log.info("Joining remote peer {}", member);
        Attempt attempt = new Attempt(compared);
        underWay = Optional.of(attempt);
        Peer self = peers.self();
        var join = new Command.NewPeerJoin(
                self.id(),
                self.address().host(),
                self.address().port(),
                Optional.of(member.id()),
                Optional.of(chain.length()),
                Optional.of(ledger.areMembersAgreed()));
        network.send(member.address(), join, outcome -> {
            underWay = Optional.empty();
            then.accept(conclude(member, attempt, outcome));
        });
    }

    /** Keeps what the member sends, if it is sound, until the member has acknowledged the join. */
    Reply receive(String sentFrom, Command.JoinDataUpload upload) {
        if (underWay.isEmpty()) {
            complaints.log("Refused an upload from {} that nobody asked for", sentFrom);
            return new Reply.Refusal("no upload was asked for");
        }
        if (!open) {
            return new Reply.Refusal(LEAVING);
        }
        if (ledger.areMembersAgreed() && upload.length().isPresent() && !underWay.get().compared) {
            return new Reply.Refusal("this node did not hear from that one just now who it is, and asks again first");
        }
        List<Peer> introduceTo = upload.peers(sentFrom);
        boolean mayDiffer = settlement.isPresent() && upload.length().isEmpty();
        if (!mayDiffer && chain.compare(upload.dataList()) instanceof Verdict.Fault fault) {
            complaints.log("Refused the upload from {}: {}", sentFrom, fault);
            if (!upload.dataList().stream().allMatch(Block::hasRightHash)) {
                misbehaviour.ofSender(sentFrom, Misbehaviour.Kind.FORGED_BLOCK, "a hash in its upload is wrong");
            }
            return new Reply.Refusal(fault.toString());
        }
        log.info(
                "Saving data from remote peer: {} blocks, {} peers",
                upload.dataList().size(),
                introduceTo.size());
        underWay.get().upload = Optional.of(upload);
        underWay.get().introduceTo = introduceTo;
        return Reply.ACK;
    }

    private JoinOutcome conclude(Peer member, Attempt attempt, Outcome outcome) {
        uncertain = !(outcome instanceof Reply.Ack) && attempt.upload.isPresent();
        if (!(outcome instanceof Reply.Ack)) {
            // A majority may be missing just now; who decides alone has decided.
            boolean passing = !(outcome instanceof Reply.Refusal) || ledger.areMembersAgreed();
            return new JoinOutcome.NotJoined("cannot join " + member + ": " + outcome, passing);
        }
        if (attempt.upload.isEmpty()) {
            return JoinOutcome.NotJoined.yet("cannot join " + member + ": it agreed, but sent no chain");
        }
        Command.JoinDataUpload upload = attempt.upload.get();
        boolean ours = upload.length().isPresent();
        // A member of this program sends a block to compare; what this node misses is fetched in pages afterwards.
        Verdict verdict = ours ? chain.compare(upload.dataList()) : ledger.adopt(upload.dataList(), Map.of());
        if (!ours && !verdict.isSound() && settlement.isPresent()) {
            verdict = settlement.get().apply(upload.dataList());
        }
        if (verdict instanceof Verdict.Fault fault) {
            return JoinOutcome.NotJoined.ever("cannot join " + member + ": " + fault);
        }
        peers.register(new Peer(member.id(), member.address(), ours ? Peer.Kind.THIS_PROGRAM : Peer.Kind.ORIGINAL));
        for (Peer other : attempt.introduceTo) {
            // Where the members are agreed on they know of this one already.
            boolean knows = other.runsThisProgram() && ledger.areMembersAgreed();
            if (peers.register(other) instanceof Reply.Ack && !knows) {
                introductions.introduceSelf(other);
            }
        }
        return new JoinOutcome.Joined(member);
    }
}
