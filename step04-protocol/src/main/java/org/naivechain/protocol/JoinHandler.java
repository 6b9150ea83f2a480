package org.naivechain.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.naivechain.chain.DamagedBlockException;

/**
 * The receiving side of a join: before a joiner is acknowledged it is called back and given the chain and the peers. A joiner
 * of the original calls before it listens, so the call back is tried again for a while. For the node's thread only.
 */
final class JoinHandler {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(250);
    /** Each holds an upload until it is answered. */
    private static final int MAX_AT_ONCE = 16;

    private final NodeContext context;
    private final JoinPolicy policy;
    private final ChainTransfer transfer;
    private int underWay;

    JoinHandler(NodeContext context, JoinPolicy policy, ChainTransfer transfer) {
        this.context = context;
        this.policy = policy;
        this.transfer = transfer;
    }

    void receive(PeerCommand.NewPeerJoin join, Peer joiner, Consumer<Reply> answer) {
        if (underWay >= MAX_AT_ONCE) {
            answer.accept(new Reply.Refusal(MAX_AT_ONCE + " nodes are joining just now, try again later"));
        } else {
            underWay++;
            new Guest(join, joiner, answer).welcome();
        }
    }

    /** One joiner. */
    private final class Guest {
        private final PeerCommand.NewPeerJoin join;
        private final Peer joiner;
        private final Consumer<Reply> answer;
        private final Instant deadline = context.time().now().plus(PATIENCE);

        Guest(PeerCommand.NewPeerJoin join, Peer joiner, Consumer<Reply> answer) {
            this.join = join;
            this.joiner = joiner;
            this.answer = answer;
        }

        void welcome() {
            PeerId self = context.peers().self().id();
            if (join.expectedId().isPresent() && !join.expectedId().get().equals(self)) {
                refuse("the node there is " + self + ", not "
                        + join.expectedId().get());
                return;
            }
            policy.check(join, joiner, objection -> objection.ifPresentOrElse(this::conclude, this::upload));
        }

        private void upload() {
            PeerCommand.JoinDataUpload upload;
            try {
                upload = transfer.upload(join, othersThanTheJoiner());
            } catch (DamagedBlockException e) {
                refuse("damaged here: " + e.getMessage());
                return;
            } catch (IllegalStateException e) {
                refuse(e.getMessage());
                return;
            }
            context.network().send(joiner.address(), upload, outcome -> {
                if (outcome instanceof Reply.Refusal refusal) {
                    refuse("the joiner refused the upload: " + refusal);
                } else if (outcome instanceof Reply) {
                    policy.admit(join, joiner, this::conclude);
                } else if (context.time().now().isBefore(deadline)) {
                    context.time().after(PAUSE, this::upload);
                } else {
                    refuse("cannot call " + joiner.address() + " back for the upload: " + outcome);
                }
            });
        }

        private List<PeerCommand.ListedPeer> othersThanTheJoiner() {
            return context.peers().peers().stream()
                    .filter(peer -> !peer.id().equals(joiner.id()))
                    .map(PeerCommand.ListedPeer::new)
                    .toList();
        }

        private void refuse(String reason) {
            conclude(new Reply.Refusal(reason));
        }

        private void conclude(Reply reply) {
            if (reply instanceof Reply.Refusal refusal) {
                context.complaints().log("Refused to let {} join: {}", joiner, refusal);
            }
            underWay--;
            answer.accept(reply);
        }
    }
}
