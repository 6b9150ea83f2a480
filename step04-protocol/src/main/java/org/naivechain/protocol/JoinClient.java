package org.naivechain.protocol;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.naivechain.blocks.Block;
import org.naivechain.chain.Verdict;

/**
 * The asking side of a join: ask a member, be given its chain and its peers, and introduce this node to them. One join at a
 * time, because an upload does not say which join it belongs to. For the node's thread only.
 */
public final class JoinClient {
    private final NodeContext context;
    private final JoinPolicy policy;
    private final ChainTransfer transfer;
    private final Introductions introductions;
    private Optional<Attempt> underWay = Optional.empty();

    /** What joins networks, when it is told to. */
    public JoinClient(NodeContext context, JoinPolicy policy, ChainTransfer transfer) {
        this.context = context;
        this.policy = policy;
        this.transfer = transfer;
        this.introductions = new Introductions(context, policy::isByIntroduction);
    }

    /** What has been received of a join that is under way. */
    private static final class Attempt {
        private Optional<PeerCommand.JoinDataUpload> upload = Optional.empty();
        private List<Peer> introduceTo = List.of();
    }

    /**
     * Joins the network of a member; must not block.
     *
     * @param id who is expected there; a node of the original, which does not tell who it is, cannot be joined without
     * @param then takes the outcome, now or later
     */
    public void join(PeerAddress at, Optional<PeerId> id, Consumer<JoinOutcome> then) {
        if (id.isPresent()) {
            join(new Peer(id.get(), at), then);
            return;
        }
        context.network().send(at, new PeerCommand.Ping(), outcome -> {
            if (outcome instanceof Reply.Pong pong) {
                join(new Peer(pong.peerId(), at), then);
            } else {
                then.accept(toldNoId(at, outcome));
            }
        });
    }

    /** {@return the outcome of a join, if it could not be found out who listens there} */
    public static JoinOutcome toldNoId(PeerAddress at, Outcome outcome) {
        return JoinOutcome.NotJoined.yet("cannot join " + at + ": " + outcome
                + "; name the WebSocket port of a running node (HTTP is on the next one), and of a node of the older"
                + " Python system its id, too");
    }

    /** Joins the network of a member whose id is known. */
    public void join(Peer member, Consumer<JoinOutcome> then) {
        String cannot = "cannot join " + member + ": ";
        Optional<Reply.Refusal> objection = context.peers().objection(member);
        if (objection.isPresent()) {
            then.accept(JoinOutcome.NotJoined.ever(cannot + objection.get()));
            return;
        }
        if (underWay.isPresent()) {
            then.accept(JoinOutcome.NotJoined.yet(cannot + "another join is under way, try again later"));
            return;
        }
        context.log().info("Joining remote peer {}", member);
        Attempt attempt = new Attempt();
        underWay = Optional.of(attempt);
        context.network().send(member.address(), transfer.request(member), outcome -> {
            underWay = Optional.empty();
            then.accept(conclude(member, attempt, outcome));
        });
    }

    /** Keeps what the member sends, if it is sound, until the member has acknowledged the join. */
    Reply receive(Sender sender, PeerCommand.JoinDataUpload upload) {
        if (underWay.isEmpty()) {
            context.complaints().log("Refused an upload from {} that nobody asked for", sender.host());
            return new Reply.Refusal("no upload was asked for");
        }
        List<Peer> introduceTo = upload.peers(sender.host());
        if (transfer.check(upload) instanceof Verdict.Fault fault) {
            context.complaints().log("Refused the upload from {}: {}", sender.host(), fault);
            if (!upload.dataList().stream().allMatch(Block::hasRightHash)) {
                sender.accuse(Misbehaviour.FORGED_BLOCK, "a hash in its upload is wrong");
            }
            return new Reply.Refusal(fault.toString());
        }
        Optional<Reply.Refusal> objection = policy.objection(upload);
        if (objection.isPresent()) {
            return objection.get();
        }
        context.log()
                .info(
                        "Saving data from remote peer: {} blocks, {} peers",
                        upload.dataList().size(),
                        introduceTo.size());
        underWay.get().upload = Optional.of(upload);
        underWay.get().introduceTo = introduceTo;
        return Reply.ACK;
    }

    private JoinOutcome conclude(Peer member, Attempt attempt, Outcome outcome) {
        String cannot = "cannot join " + member + ": ";
        if (!(outcome instanceof Reply.Ack)) {
            return new JoinOutcome.NotJoined(
                    cannot + outcome, !(outcome instanceof Reply.Refusal) || !policy.isRefusalFinal());
        }
        if (attempt.upload.isEmpty()) {
            return JoinOutcome.NotJoined.yet(cannot + "it agreed, but sent no chain");
        }
        PeerCommand.JoinDataUpload upload = attempt.upload.get();
        if (transfer.take(upload) instanceof Verdict.Fault fault) {
            return JoinOutcome.NotJoined.ever(cannot + fault);
        }
        Peer.Kind kind = upload.length().isPresent() ? Peer.Kind.THIS_PROGRAM : Peer.Kind.ORIGINAL;
        context.peers().register(new Peer(member.id(), member.address(), kind));
        for (Peer other : attempt.introduceTo) {
            if (context.peers().register(other) instanceof Reply.Ack && policy.isByIntroduction(other)) {
                introductions.introduceSelf(other);
            }
        }
        return new JoinOutcome.Joined(member);
    }
}
