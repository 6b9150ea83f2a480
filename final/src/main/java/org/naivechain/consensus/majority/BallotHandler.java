package org.naivechain.consensus.majority;

import java.util.Optional;
import java.util.function.Consumer;
import org.naivechain.ledger.Durability;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.protocol.CommandHandler;
import org.naivechain.protocol.Misbehaviour;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Sender;

/**
 * Hears the commands of other members, and answers when what the answer rests on is durable. A member that has lost decided blocks
 * does not vote: it would as if there were none. For the node's thread only.
 */
final class BallotHandler implements CommandHandler<BallotCommand> {
    /** Votes asked for under a ballot that is outbid; a member that was away for a while does this too. */
    private static final Misbehaviour STALE_VOTE = new Misbehaviour("STALE_VOTE", 20);

    private final LedgerContext context;
    private final Durability durability;
    private final Callback callback;
    private final Voting voting;
    private final Election election;

    BallotHandler(LedgerContext context, Callback callback, Voting voting, Election election) {
        this.context = context;
        this.durability = context.durability();
        this.callback = callback;
        this.voting = voting;
        this.election = election;
    }

    @Override
    public void receive(Sender sender, BallotCommand command, Consumer<Reply> answer) {
        Consumer<Reply> whenDurable = reply -> durability.whenDurable(() -> answer.accept(reply));
        Optional<Reply.Refusal> lostEnd = context.ledger().endIsLost().map(Reply.Refusal::new);
        command.accept(new BallotCommand.Visitor() {
            @Override
            public void identify(BallotCommand.Identify question) {
                answer.accept(callback.answer(question));
            }

            @Override
            public void prepare(BallotCommand.Prepare prepare) {
                lostEnd.ifPresentOrElse(
                        answer, () -> voting.promise(prepare, reply -> whenDurable.accept(unlessStale(sender, reply))));
            }

            @Override
            public void propose(BallotCommand.Propose proposal) {
                lostEnd.ifPresentOrElse(answer, () -> whenDurable.accept(unlessStale(sender, voting.vote(proposal))));
            }

            /** Nobody waits for this answer: the proposer that decided has the votes of a quorum already. */
            @Override
            public void decide(BallotCommand.Decide decision) {
                Reply reply = unlessStale(sender, voting.learn(decision));
                durability.inPassing(() -> answer.accept(reply));
            }

            @Override
            public void submit(BallotCommand.Submit submission) {
                answer.accept(election.ownProposer()
                        .map(own -> own.take(submission.additions()))
                        .orElse(Proposer.NOT_THE_PROPOSER));
            }

            @Override
            public void amend(BallotCommand.Amend amendment) {
                election.ownProposer()
                        .ifPresentOrElse(
                                own -> own.take(amendment.change(), whenDurable),
                                () -> whenDurable.accept(Proposer.NOT_THE_PROPOSER));
            }
        });
    }

    private static Reply unlessStale(Sender sender, Reply reply) {
        if (reply instanceof BallotReply.Outbid) {
            sender.accuse(STALE_VOTE, "it goes on under a ballot that is outbid");
        }
        return reply;
    }
}
