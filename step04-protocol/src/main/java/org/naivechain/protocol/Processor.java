package org.naivechain.protocol;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.naivechain.blocks.Block;
import org.naivechain.chain.DamagedBlockException;
import org.slf4j.Logger;

/**
 * What a node does when it hears a command: it keeps its chain and its peer table by them, and leaves votes to the engine.
 * For the node's thread only.
 */
public final class Processor implements CommandHandler {
    private final Ledger ledger;
    private final PeerTable peers;
    private final Voter voter;
    private final JoinHandler joinHandler;
    private final JoinClient joining;
    private final CatchUp catchUp;
    private final Introductions introductions;
    private final Logger log;
    private final Admission admission;
    private final JoinRetry joinRetry;
    private boolean leaving;
    private final Gossiper gossiper;
    private final Misbehaviour misbehaviour;

    /**
     * A processor. It does nothing by itself before it hears a command or is told to join.
     *
     * @param context what it works on and with
     * @param joining how to become a member
     * @param catchUp what fetches missing blocks
     * @param voter what votes on blocks
     */
    public Processor(NodeContext context, JoinClient joining, CatchUp catchUp, Voter voter) {
        this(context, joining, catchUp, voter, Gossiper.NONE);
    }

    /**
     * A processor that hears gossip, too.
     *
     * @param context what it works on and with
     * @param joining how to become a member
     * @param catchUp what fetches missing blocks
     * @param voter what votes on blocks
     * @param gossiper what hears gossip
     */
    public Processor(NodeContext context, JoinClient joining, CatchUp catchUp, Voter voter, Gossiper gossiper) {
        this.gossiper = gossiper;
        this.ledger = context.ledger();
        this.peers = context.peers();
        this.introductions = new Introductions(context);
        this.misbehaviour = context.misbehaviour();
        this.voter = voter;
        this.joining = joining;
        this.catchUp = catchUp;
        this.log = context.log();
        this.admission = new Admission(context, joining, catchUp);
        this.joinRetry = new JoinRetry(context, () -> leaving, this::join);
        ledger.tellMembers(membership -> comeHome());
        this.joinHandler = new JoinHandler(context, catchUp, voter);
    }

    /**
     * Becomes a member of the network of a node that is one already, and fetches its chain.
     *
     * @param at where that node listens
     * @param id who is expected there; a node of the original cannot be joined without
     * @param then takes the outcome, later
     */
    public void join(PeerAddress at, Optional<PeerId> id, Consumer<JoinOutcome> then) {
        if (ledger.areMembersAgreed()) {
            admission.begin(at, id, outcome -> {
                then.accept(outcome);
                tryAgain();
            });
            return;
        }
        joining.join(at, id, outcome -> {
            if (outcome instanceof JoinOutcome.Joined joined) {
                catchUp.from(joined.peer(), () -> then.accept(joined));
            } else {
                then.accept(outcome);
            }
        });
    }

    /**
     * Joins, now or later: an attempt that may succeed later is made again, until one does.
     *
     * @param at where to try first
     * @param id who is expected there; a node of the original cannot be joined without
     * @param then told what came of the first attempt, and what is final; so it may be told twice
     */
    public void keepJoining(PeerAddress at, Optional<PeerId> id, Consumer<JoinOutcome> then) {
        if (ledger.areMembersAgreed() && admission.isMember() && !admission.isFresh()) {
            then.accept(new JoinOutcome.Joined(peers.self()));
            return;
        }
        // Nobody may join a network of its own that this node is about to leave. What was decided there is given up
        // only when
        // it is known to be in the other network, too.
        if (admission.isFresh() && ledger.chain().length() == 1) {
            ledger.secede();
        }
        joinRetry.begin(Optional.of(at), id, then);
    }

    /** Begins a network of its own, if this node belongs to none. */
    public void found() {
        if (ledger.chain().length() == 1) {
            ledger.found(List.of(peers.self()));
        } else if (ledger.areMembersAgreed() && !admission.isMember()) {
            log.error(
                    "This node belongs to no network and knows of nobody: start it with --peer, the address of a member");
        }
    }

    /**
     * Joins anew, through the peers that are known, if the members are agreed on and this node is none of them; also if it
     * hears so only later. Who is removed after it has taken part stays out.
     */
    public void comeHome() {
        if (!voter.hasTakenPart()) {
            tryAgain();
        }
    }

    private void tryAgain() {
        if (ledger.areMembersAgreed() && !admission.isMember() && !leaving) {
            joinRetry.begin(Optional.empty(), Optional.empty(), outcome -> {});
        }
    }

    /**
     * Has this node removed from the members, and keeps it from joining again. A join that is under way is waited for.
     *
     * @param then told an acknowledgement when it is no member, or a refusal; after that it may join again
     */
    public void leave(Consumer<Reply> then) {
        leave(true);
        admission.whenOver(() -> {
            if (admission.isMember()) {
                voter.amend(Change.remove(peers.self()), reply -> {
                    leave(reply instanceof Reply.Ack);
                    then.accept(reply);
                });
            } else if (joining.isUncertain()) {
                then.accept(new Reply.Refusal("it was about to be let in, and did not hear what came of that"));
            } else {
                then.accept(Reply.ACK);
            }
        });
    }

    private void leave(boolean now) {
        leaving = now;
        joining.open(!now);
    }

    /**
     * Registers a node of this program that was heard of, as if it had introduced itself.
     *
     * @param peer the node
     */
    public void register(Peer peer) {
        if (!peers.knows(peer)) {
            introductions.register(peer);
        }
    }

    @Override
    public void receive(String sentFrom, Command command, Consumer<Reply> answer) {
        command.accept(new Command.Visitor() {
            @Override
            public void newPeerJoin(Command.NewPeerJoin join) {
                // A member may have moved, which the others find out.
                if (!join.runsThisProgram() || !ledger.areMembersAgreed()) {
                    checkId(sentFrom, join.peer(sentFrom));
                }
                joinHandler.receive(sentFrom, join, answer);
            }

            @Override
            public void joinDataUpload(Command.JoinDataUpload upload) {
                answer.accept(joining.receive(sentFrom, upload));
            }

            @Override
            public void addPeer(Command.AddPeer introduction) {
                Peer introduced = introduction.peer(sentFrom);
                checkId(sentFrom, introduced);
                answer.accept(introductions.register(introduced));
            }

            @Override
            public void validateBlock(Command.ValidateBlock vote) {
                answer.accept(voter.vote(vote.block()));
            }

            @Override
            public void addBlock(Command.AddBlock commit) {
                answer.accept(voter.commit(commit));
            }

            @Override
            public void confirmBlock(Command.ConfirmBlock confirmation) {
                answer.accept(voter.confirm(confirmation.block()));
            }

            @Override
            public void getBlocks(Command.GetBlocks request) {
                answer.accept(blocks(request));
            }

            @Override
            public void ping() {
                answer.accept(new Reply.Pong(peers.self().id()));
            }

            @Override
            public void identify(Command.Identify question) {
                answer.accept(voter.identify(question));
            }

            @Override
            public void prepare(Command.Prepare prepare) {
                voter.promise(prepare, reply -> answer.accept(unlessStale(sentFrom, reply)));
            }

            @Override
            public void propose(Command.Propose proposal) {
                answer.accept(unlessStale(sentFrom, voter.vote(proposal)));
            }

            @Override
            public void decide(Command.Decide decision) {
                answer.accept(unlessStale(sentFrom, voter.learn(decision)));
            }

            @Override
            public void submit(Command.Submit submission) {
                answer.accept(voter.take(submission));
            }

            @Override
            public void amend(Command.Amend amendment) {
                voter.take(amendment, answer);
            }

            @Override
            public void gossip(Command.Gossip gossip) {
                answer.accept(gossiper.hear(sentFrom, gossip));
            }

            @Override
            public void probe(Command.Probe probe) {
                gossiper.probe(probe, answer);
            }
        });
    }

    private void checkId(String sentFrom, Peer claimed) {
        if (peers.contradicts(claimed)) {
            misbehaviour.ofSender(sentFrom, Misbehaviour.Kind.FALSE_ID, "it says that " + claimed + " is new");
        }
    }

    private Reply unlessStale(String sentFrom, Reply reply) {
        if (reply instanceof Reply.Outbid) {
            misbehaviour.ofSender(sentFrom, Misbehaviour.Kind.STALE_VOTE, "it goes on under a ballot that is outbid");
        }
        return reply;
    }

    private Reply blocks(Command.GetBlocks request) {
        List<Block> page;
        try {
            page = ledger.chain().page(request.from(), request.limit());
        } catch (DamagedBlockException e) {
            return new Reply.Refusal("damaged here: " + e.getMessage());
        }
        long end = request.from() + page.size();
        return new Reply.Blocks(
                peers.self().id(),
                page,
                ledger.position(),
                ledger.receipts().between(request.from(), end),
                ledger.membershipSince(request.version(), end));
    }
}
