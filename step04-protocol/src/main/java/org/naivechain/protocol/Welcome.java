package org.naivechain.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.naivechain.blocks.Block;
import org.naivechain.chain.Chain;
import org.slf4j.Logger;

/**
 * The receiving side of a join: before a joiner is acknowledged it is called back and given the chain and the peers. A joiner
 * of the original calls before it listens, so the call back is tried again for a while. For the node's thread only.
 */
final class Welcome {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int FIRST_PAGE_BLOCKS = 1_000;

    /** The longest frame that a node of the original takes. */
    private static final int ORIGINALS_FRAME_BYTES = 1024 * 1024;

    /** Each holds an upload until it is answered. */
    private static final int MAX_AT_ONCE = 16;

    private final Chain chain;
    private final PeerTable peers;
    private final Network network;
    private final Time time;
    private final CatchUp catchUp;
    private final Logger log;
    private int underWay;

    Welcome(Surroundings surroundings, CatchUp catchUp) {
        this.chain = surroundings.chain();
        this.peers = surroundings.peers();
        this.network = surroundings.network();
        this.time = surroundings.time();
        this.log = surroundings.log();
        this.catchUp = catchUp;
    }

    void receive(String sentFrom, Command.NewPeerJoin join, Consumer<Reply> answer) {
        Peer joiner = join.peer(sentFrom);
        Optional<Reply.Refusal> objection = objection(join, joiner);
        if (objection.isPresent()) {
            log.warn("Refused to let {} join: {}", joiner, objection.get());
            answer.accept(objection.get());
            return;
        }
        underWay++;
        upload(joiner, join.length(), time.now().plus(PATIENCE), reply -> {
            underWay--;
            answer.accept(reply);
        });
    }

    private Optional<Reply.Refusal> objection(Command.NewPeerJoin join, Peer joiner) {
        PeerId self = peers.self().id();
        if (join.expectedId().isPresent() && !join.expectedId().get().equals(self)) {
            return Optional.of(new Reply.Refusal(
                    "this node is " + self + ", not " + join.expectedId().get()));
        }
        if (underWay >= MAX_AT_ONCE) {
            return Optional.of(new Reply.Refusal(MAX_AT_ONCE + " nodes are joining just now, try again later"));
        }
        return peers.objection(joiner);
    }

    private void upload(Peer joiner, Optional<Long> joinersLength, Instant deadline, Consumer<Reply> answer) {
        // Only who says that it can fetch pages is sent one; the original needs the whole chain in a single frame.
        List<Block> blocks = joinersLength.isPresent()
                ? chain.page(0, FIRST_PAGE_BLOCKS)
                : chain.page(0, Integer.MAX_VALUE, ORIGINALS_FRAME_BYTES);
        if (joinersLength.isEmpty() && blocks.size() < chain.length()) {
            answer.accept(new Reply.Refusal("the chain has " + chain.length() + " blocks, too many for one frame"));
            return;
        }
        var upload = new Command.JoinDataUpload(othersThan(joiner), blocks, Optional.of(chain.length()));
        network.send(joiner.address(), upload, outcome -> {
            if (outcome instanceof Reply.Refusal refusal) {
                answer.accept(new Reply.Refusal("the joiner refused the upload: " + refusal));
            } else if (outcome instanceof Reply) {
                answer.accept(admit(joiner, joinersLength));
            } else if (time.now().isBefore(deadline)) {
                time.after(PAUSE, () -> upload(joiner, joinersLength, deadline, answer));
            } else {
                answer.accept(
                        new Reply.Refusal("cannot call " + joiner.address() + " back for the upload: " + outcome));
            }
        });
    }

    private List<Command.ListedPeer> othersThan(Peer joiner) {
        return peers.peers().stream()
                .filter(peer -> !peer.id().equals(joiner.id()))
                .map(peer -> new Command.ListedPeer(
                        peer.id(), peer.address().host(), peer.address().port()))
                .toList();
    }

    private Reply admit(Peer joiner, Optional<Long> joinersLength) {
        Reply reply = peers.register(joiner);
        log.info("Peer {} joined; the network has {} members", joiner, peers.members());
        if (joinersLength.isPresent() && joinersLength.get() > chain.length()) {
            catchUp.start();
        }
        return reply;
    }
}
