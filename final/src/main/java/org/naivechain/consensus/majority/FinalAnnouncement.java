package org.naivechain.consensus.majority;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;

/**
 * Says what has been decided for a proposer that is no member any more, its own end included, until a quorum of those that stay has
 * heard it. If it went before, nobody might be able to find out: its vote may have been needed. For the node's thread only.
 */
final class FinalAnnouncement {
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int TIMES = 40;

    private final Set<PeerId> heard = new HashSet<>();
    private final Member member;
    private final BallotCommand.Decide decision;
    private final int quorum;
    private final Runnable then;
    private int left = TIMES;

    FinalAnnouncement(Member member, BallotCommand.Decide decision, Runnable then) {
        this.member = member;
        this.decision = decision;
        this.quorum = member.quorum();
        this.then = then;
    }

    void tell(List<Peer> members) {
        if (heard.size() >= quorum || left-- == 0) {
            return;
        }
        for (Peer peer : members) {
            member.send(peer, decision, outcome -> {
                boolean knows = outcome instanceof Reply.Ack || outcome instanceof BallotReply.Ahead;
                if (knows && heard.add(peer.id()) && heard.size() == quorum) {
                    then.run();
                }
            });
        }
        member.context().time().after(PAUSE, () -> tell(members));
    }
}
