package org.naivechain.protocol;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.naivechain.blocks.Block;
import org.naivechain.chain.DamagedBlockException;

/**
 * What a node does when it hears a command: it keeps its chain and its peer table by them, and leaves votes to the engine.
 * For the node's thread only.
 */
public final class Processor implements CommandHandler {
    private final Ledger ledger;
    private final PeerTable peers;
    private final Voter voter;
    private final Welcome welcome;
    private final Joining joining;
    private final CatchUp catchUp;
    private final Introductions introductions;

    /**
     * A processor. It does nothing by itself before it hears a command or is told to join.
     *
     * @param surroundings what it works on and with
     * @param joining how to become a member
     * @param catchUp what fetches missing blocks
     * @param voter what votes on blocks
     */
    public Processor(Surroundings surroundings, Joining joining, CatchUp catchUp, Voter voter) {
        this.ledger = surroundings.ledger();
        this.peers = surroundings.peers();
        this.introductions = new Introductions(surroundings);
        this.voter = voter;
        this.joining = joining;
        this.catchUp = catchUp;
        this.welcome = new Welcome(surroundings, catchUp);
    }

    /**
     * Becomes a member of the network of a node that is one already, and fetches its chain.
     *
     * @param at where that node listens
     * @param id who is expected there; a node of the original cannot be joined without
     * @param then takes the outcome, later
     */
    public void join(PeerAddress at, Optional<PeerId> id, Consumer<JoinOutcome> then) {
        joining.join(at, id, outcome -> {
            if (outcome instanceof JoinOutcome.Joined joined) {
                catchUp.from(joined.peer(), () -> then.accept(joined));
            } else {
                then.accept(outcome);
            }
        });
    }

    @Override
    public void receive(String sentFrom, Command command, Consumer<Reply> answer) {
        command.accept(new Command.Visitor() {
            @Override
            public void newPeerJoin(Command.NewPeerJoin join) {
                welcome.receive(sentFrom, join, answer);
            }

            @Override
            public void joinDataUpload(Command.JoinDataUpload upload) {
                answer.accept(joining.receive(sentFrom, upload));
            }

            @Override
            public void addPeer(Command.AddPeer introduction) {
                answer.accept(introductions.register(introduction.peer(sentFrom)));
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
            public void prepare(Command.Prepare prepare) {
                answer.accept(voter.promise(prepare));
            }

            @Override
            public void propose(Command.Propose proposal) {
                answer.accept(voter.vote(proposal));
            }

            @Override
            public void decide(Command.Decide decision) {
                answer.accept(voter.learn(decision));
            }

            @Override
            public void submit(Command.Submit submission) {
                answer.accept(voter.take(submission));
            }
        });
    }

    private Reply blocks(Command.GetBlocks request) {
        List<Block> page;
        try {
            page = ledger.chain().page(request.from(), request.limit());
        } catch (DamagedBlockException e) {
            return new Reply.Refusal("damaged here: " + e.getMessage());
        }
        return new Reply.Blocks(
                page, ledger.chain().length(), ledger.receipts().between(request.from(), request.from() + page.size()));
    }
}
