package org.naivechain.protocol;

import java.util.Optional;
import java.util.function.Consumer;

/** Everybody may join, as in the original: whoever has asked is a member, and is introduced to the others. */
public class OpenPolicy implements JoinPolicy {
    private final NodeContext context;
    private final Introductions introductions;

    /** A policy. */
    public OpenPolicy(NodeContext context) {
        this.context = context;
        this.introductions = new Introductions(context, peer -> true);
    }

    @Override
    public boolean isByIntroduction(Peer peer) {
        return true;
    }

    @Override
    public void check(PeerCommand.NewPeerJoin join, Peer joiner, Consumer<Optional<Reply.Refusal>> then) {
        then.accept(context.peers().objection(joiner));
    }

    /** The word is spread to those who were admitted meanwhile, too; they introduce themselves to the joiner. */
    @Override
    public void admit(PeerCommand.NewPeerJoin join, Peer joiner, Consumer<Reply> then) {
        Reply reply = context.peers().register(joiner);
        if (reply instanceof Reply.Ack) {
            context.log()
                    .info(
                            "Peer {} joined; the network has {} members",
                            joiner,
                            context.peers().members());
            introductions.spread(joiner);
        }
        then.accept(reply);
    }

    @Override
    public Optional<Reply.Refusal> objection(PeerCommand.JoinDataUpload upload) {
        return Optional.empty();
    }
}
