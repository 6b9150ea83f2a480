package org.naivechain.protocol;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.naivechain.blocks.Block;
import org.naivechain.chain.Chain;
import org.naivechain.chain.DamagedBlockException;
import org.slf4j.Logger;

/**
 * The receiving side of a join: before a joiner is acknowledged it is called back and given the chain and the peers. A joiner
 * of the original calls before it listens, so the call back is tried again for a while. For the node's thread only.
 */
final class JoinHandler {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** Each holds an upload until it is answered. */
    private static final int MAX_AT_ONCE = 16;

    /** The longest frame that a node of the original takes. */
    private static final int ORIGINALS_FRAME_BYTES = 1024 * 1024;

    private final Chain chain;
    private final PeerTable peers;
    private final Network network;
    private final Time time;
    private final Ledger ledger;
    private final Voter voter;
    private final BlockFetcher fetcher;
    private final Introductions introductions;
    private final Logger log;
    private final Complaints complaints;
    private int underWay;

    JoinHandler(NodeContext context, BlockFetcher fetcher, Voter voter) {
        this.ledger = context.ledger();
        this.voter = voter;
        this.chain = context.chain();
        this.peers = context.peers();
        this.network = context.network();
        this.time = context.time();
        this.introductions = new Introductions(context);
        this.log = context.log();
        this.complaints = context.complaints();
        this.fetcher = fetcher;
    }

    void receive(String sentFrom, Command.NewPeerJoin join, Consumer<Reply> answer) {
        if (underWay >= MAX_AT_ONCE) {
            answer.accept(new Reply.Refusal(MAX_AT_ONCE + " nodes are joining just now, try again later"));
        } else {
            underWay++;
            new Guest(join, join.peer(sentFrom), answer).welcome();
        }
    }

    /** One joiner. */
    private final class Guest {
        private final Command.NewPeerJoin join;
        private final Peer joiner;
        private final Consumer<Reply> answer;
        private Instant deadline;

        Guest(Command.NewPeerJoin join, Peer joiner, Consumer<Reply> answer) {
            this.join = join;
            this.joiner = joiner;
            this.answer = answer;
        }

        void welcome() {
            deadline = time.now().plus(PATIENCE);
            Optional<Reply.Refusal> objection = objection();
            if (objection.isPresent()) {
                conclude(objection.get());
                return;
            }
            Optional<Peer> elsewhere = ledger.membership().find(joiner.id());
            if (joinsMembers() && elsewhere.isPresent() && !elsewhere.get().equals(joiner)) {
                askWhetherItMoved(elsewhere.get());
            } else {
                upload();
            }
        }

        /** A member that has moved does not answer any more where it was; if somebody does, the joiner is a copy of it. */
        private void askWhetherItMoved(Peer member) {
            network.send(member.address(), new Command.Ping(), outcome -> {
                if (outcome instanceof Reply.Pong pong && pong.peerId().equals(member.id())) {
                    conclude(new Reply.Refusal("the member " + member + " answers there, and an id belongs to one node:"
                            + " stop the node there, or start the one at " + joiner.address()
                            + " with an empty --data-dir"));
                } else {
                    upload();
                }
            });
        }

        private Optional<Reply.Refusal> objection() {
            PeerId self = peers.self().id();
            if (join.expectedId().isPresent() && !join.expectedId().get().equals(self)) {
                return Optional.of(new Reply.Refusal("the node there is " + self + ", not "
                        + join.expectedId().get()));
            }
            return joinsMembers() ? objectionOfMembers() : peers.objection(joiner);
        }

        private boolean joinsMembers() {
            return joiner.runsThisProgram() && ledger.areMembersAgreed();
        }

        private Optional<Reply.Refusal> objectionOfMembers() {
            if (!ledger.membership().contains(peers.self())) {
                return Optional.of(new Reply.Refusal("this node is no member itself"));
            }
            if (!join.ballots().orElse(false)) {
                // It would count, and never vote.
                return Optional.of(
                        new Reply.Refusal("the members here vote by ballots, and the joiner does not: start it with"
                                + " --consensus majority, as they are"));
            }
            if (join.length().orElseThrow() > chain.length()) {
                fetcher.catchUp();
                return Optional.of(new Reply.Refusal(
                        "the joiner has " + join.length().get() + " blocks and this node " + chain.length()
                                + ": only a node whose chain is the beginning of the network's can join it"));
            }
            return peers.objection(joiner);
        }

        private void upload() {
            try {
                send();
            } catch (DamagedBlockException e) {
                conclude(new Reply.Refusal("damaged here: " + e.getMessage()));
            }
        }

        private void send() {
            // Only who says how many blocks it has can fetch pages; the original needs the whole chain in a single
            // frame.
            boolean fetchesPages = join.length().isPresent();
            List<Block> blocks =
                    fetchesPages ? blockInCommon() : chain.page(0, Integer.MAX_VALUE, ORIGINALS_FRAME_BYTES);
            var upload = new Command.JoinDataUpload(
                    othersThanTheJoiner(), blocks, fetchesPages ? Optional.of(chain.length()) : Optional.empty());
            if (!fetchesPages && isTooLongForTheOriginal(upload)) {
                conclude(new Reply.Refusal("the chain has " + chain.length() + " blocks, too many for one frame"));
                return;
            }
            network.send(joiner.address(), upload, outcome -> {
                if (outcome instanceof Reply.Refusal refusal) {
                    conclude(new Reply.Refusal("the joiner refused the upload: " + refusal));
                } else if (outcome instanceof Reply) {
                    admit();
                } else if (time.now().isBefore(deadline)) {
                    time.after(PAUSE, this::upload);
                } else {
                    conclude(new Reply.Refusal("cannot call " + joiner.address() + " back for the upload: " + outcome));
                }
            });
        }

        /** One block tells whether the histories are the same, because its hash depends on all blocks before it. */
        private List<Block> blockInCommon() {
            long shorter = Math.min(join.length().orElseThrow(), chain.length());
            return chain.page(Math.max(0, shorter - 1), 1);
        }

        private void admit() {
            if (joinsMembers()) {
                voter.amend(Change.add(joiner), this::conclude);
            } else {
                conclude(register());
            }
        }

        /** The word is spread to those who were admitted meanwhile, too; they introduce themselves to the joiner. */
        private Reply register() {
            Reply reply = peers.register(joiner);
            if (reply instanceof Reply.Ack) {
                log.info("Peer {} joined; the network has {} members", joiner, peers.members());
                introductions.spread(joiner);
                if (join.length().orElse(0L) > chain.length()) {
                    fetcher.catchUp();
                }
            }
            return reply;
        }

        private void conclude(Reply reply) {
            if (reply instanceof Reply.Refusal refusal) {
                complaints.log("Refused to let {} join: {}", joiner, refusal);
            }
            underWay--;
            answer.accept(reply);
        }

        private boolean isTooLongForTheOriginal(Command.JoinDataUpload upload) {
            return upload.dataList().size() < chain.length()
                    || Codec.encode(upload).length() > ORIGINALS_FRAME_BYTES;
        }

        private List<Command.ListedPeer> othersThanTheJoiner() {
            return peers.peers().stream()
                    .filter(peer -> !peer.id().equals(joiner.id()))
                    .map(peer -> new Command.ListedPeer(
                            peer.id(), peer.address().host(), peer.address().port(), Command.voter(peer)))
                    .toList();
        }
    }
}
