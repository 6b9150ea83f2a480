package org.naivechain.protocol;

import java.util.function.Consumer;

/** What a node does when it hears a {@link PeerCommand}. For the node's thread only. */
public final class PeerHandler implements CommandHandler<PeerCommand> {
    private final PeerTable peers;
    private final JoinPolicy policy;
    private final JoinHandler joinHandler;
    private final JoinClient joining;
    private final Introductions introductions;
    private final Voter voter;

    /** A handler. It does nothing by itself before it hears a command. */
    public PeerHandler(
            NodeContext context, JoinPolicy policy, ChainTransfer transfer, JoinClient joining, Voter voter) {
        this.peers = context.peers();
        this.policy = policy;
        this.joinHandler = new JoinHandler(context, policy, transfer);
        this.joining = joining;
        this.introductions = new Introductions(context, policy::isByIntroduction);
        this.voter = voter;
    }

    /** Registers a node that was heard of, as if it had introduced itself, if that makes a node a member. */
    public void register(Peer peer) {
        if (policy.isByIntroduction(peer) && !peers.knows(peer)) {
            introductions.register(peer);
        }
    }

    @Override
    public void receive(Sender sender, PeerCommand command, Consumer<Reply> answer) {
        command.accept(new PeerCommand.Visitor() {
            @Override
            public void newPeerJoin(PeerCommand.NewPeerJoin join) {
                Peer joiner = join.peer(sender.host());
                if (policy.isByIntroduction(joiner)) {
                    checkId(sender, joiner);
                }
                joinHandler.receive(join, joiner, answer);
            }

            @Override
            public void joinDataUpload(PeerCommand.JoinDataUpload upload) {
                answer.accept(joining.receive(sender, upload));
            }

            @Override
            public void addPeer(PeerCommand.AddPeer introduction) {
                Peer introduced = introduction.peer(sender.host());
                checkId(sender, introduced);
                answer.accept(introductions.register(introduced));
            }

            @Override
            public void validateBlock(PeerCommand.ValidateBlock vote) {
                answer.accept(voter.vote(vote.block()));
            }

            @Override
            public void addBlock(PeerCommand.AddBlock commit) {
                answer.accept(voter.commit(commit));
            }

            @Override
            public void confirmBlock(PeerCommand.ConfirmBlock confirmation) {
                answer.accept(voter.confirm(confirmation.block()));
            }

            @Override
            public void ping() {
                answer.accept(new Reply.Pong(peers.self().id()));
            }
        });
    }

    private void checkId(Sender sender, Peer claimed) {
        if (peers.contradicts(claimed)) {
            sender.accuse(Misbehaviour.FALSE_ID, "it says that " + claimed + " is new");
        }
    }
}
