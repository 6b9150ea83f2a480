package org.naivechain.consensus.majority;

import java.util.Optional;
import java.util.function.Consumer;
import org.naivechain.ledger.Durability;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.CommandHandler;
import org.naivechain.protocol.Misbehaviour;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Sender;

/**
 * Answers what other members ask, when that is durable on which the answer rests. Whether they may ask at all is looked at here;
 * what a member may promise and vote for is the {@link Acceptor}'s rule. A member that has lost decided blocks does not vote: it
 * would as if there were none. For the node's thread only.
 */
final class Voting implements CommandHandler<BallotCommand> {
    /** Votes asked for under a ballot that is outbid; a member that was away for a while does this too. */
    private static final Misbehaviour STALE_VOTE = new Misbehaviour("STALE_VOTE", 20);

    private final Member member;
    private final Ledger ledger;
    private final Acceptor acceptor;
    private final Learner learner;
    private final Callback callback;
    private final Resumption resumption;
    private final Election election;

    Voting(Member member, Learner learner, Callback callback, Resumption resumption, Election election) {
        this.member = member;
        this.ledger = member.ledger();
        this.acceptor = member.acceptor();
        this.learner = learner;
        this.callback = callback;
        this.resumption = resumption;
        this.election = election;
    }

    @Override
    public void receive(Sender sender, BallotCommand command, Consumer<Reply> answer) {
        Durability durability = member.context().durability();
        Consumer<Reply> whenDurable = reply -> durability.whenDurable(() -> answer.accept(reply));
        Optional<Reply.Refusal> lostEnd = ledger.endIsLost().map(Reply.Refusal::new);
        command.accept(new BallotCommand.Visitor() {
            @Override
            public void identify(BallotCommand.Identify question) {
                answer.accept(callback.answer(question));
            }

            @Override
            public void prepare(BallotCommand.Prepare prepare) {
                lostEnd.ifPresentOrElse(
                        answer, () -> promise(prepare, reply -> whenDurable.accept(unlessStale(sender, reply))));
            }

            @Override
            public void propose(BallotCommand.Propose proposal) {
                lostEnd.ifPresentOrElse(answer, () -> whenDurable.accept(unlessStale(sender, vote(proposal))));
            }

            /** Nobody waits for this answer: the proposer that decided has the votes of a quorum already. */
            @Override
            public void decide(BallotCommand.Decide decision) {
                Reply reply = unlessStale(sender, learn(decision));
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

    /**
     * Phase 1b: promises, once the candidate has answered where the members call it. Much may have happened until it has, so that
     * the objections are looked at again.
     */
    private void promise(BallotCommand.Prepare prepare, Consumer<Reply> then) {
        Optional<Reply> objection = objectionToPromise(prepare);
        if (objection.isPresent() || prepare.run().isEmpty()) {
            then.accept(objection.orElseGet(() -> promise(prepare.ballot())));
            return;
        }
        Peer candidate = member.other(prepare.ballot().proposer()).orElseThrow();
        callback.call(
                candidate,
                prepare.run().get(),
                wrong -> then.accept(wrong.<Reply>map(Reply.Refusal::new)
                        .or(() -> objectionToPromise(prepare))
                        .orElseGet(() -> promise(prepare.ballot()))));
    }

    private Reply promise(Ballot ballot) {
        Reply reply = acceptor.promise(ballot);
        if (reply instanceof BallotReply.Promised) {
            election.noteUsed(ballot);
        }
        return reply;
    }

    /** A member that hears of a proposer promises nothing to others (Ongaro, <i>Consensus</i>, section 4.2.3). */
    private Optional<Reply> objectionToPromise(BallotCommand.Prepare prepare) {
        return objectionToVote(prepare.ballot(), prepare.position())
                .or(() -> election.proposerOtherThan(prepare.ballot().proposer())
                        .map(proposer -> new Reply.Refusal("there is a proposer: " + proposer)));
    }

    private Optional<Reply> objectionToVote(Ballot ballot, Position position) {
        return objection(ballot, position)
                .or(() -> resumption.mayVote()
                        ? Optional.empty()
                        : Optional.of(new Reply.Refusal("this node has just started, and asks the others first how far"
                                + " they know it to have been")));
    }

    /** What speaks against whoever uses a ballot: only members may, and no copy of this node. */
    private Optional<Reply> objection(Ballot ballot, Position position) {
        boolean knowsMoreMembers = position.version() > ledger.membership().version();
        if (knowsMoreMembers) {
            // Perhaps a member by now, of which this node has not heard.
            member.fetcher().catchUp();
        }
        Optional<String> refusal = election.objectionToLeap(ballot).or(election::stopped);
        if (refusal.isPresent()) {
            return refusal.map(Reply.Refusal::new);
        }
        if (ballot.proposer().equals(member.id())) {
            member.context()
                    .complaints()
                    .log(
                            "Another node with the id {} proposes under the ballot {}; this one is the member, at {}",
                            member.id(),
                            ballot,
                            member.self().address());
            return Optional.of(new Reply.Refusal("the member " + member.self()
                    + " answers here and has not asked: start the node that has with an empty --data-dir"));
        }
        if (member.belongs() && member.other(ballot.proposer()).isPresent()) {
            return Optional.empty();
        }
        if (!knowsMoreMembers) {
            return Optional.of(new BallotReply.Ahead(ledger.position()));
        }
        return Optional.of(new Reply.Refusal(
                member.belongs()
                        ? ballot.proposer() + " is no member here"
                        : "this node is no member, and has no vote"));
    }

    /** Phase 2b: votes. A proposer that goes on to the next batch says thereby that the one before is decided. */
    private Reply vote(BallotCommand.Propose proposal) {
        Ballot ballot = proposal.ballot();
        Position start = proposal.batch().start();
        Optional<Reply> objection = objectionToVote(ballot, start);
        if (objection.isPresent()) {
            return objection.get();
        }
        acceptor.votedFor(ballot, start).ifPresent(learner::append);
        Reply reply = acceptor.vote(proposal);
        if (!(reply instanceof BallotReply.Outbid)) {
            election.heardOf(ballot);
        }
        fetchUpTo(start);
        return reply;
    }

    /** Learns what is decided. What this member voted for it has; the rest it fetches. */
    private Reply learn(BallotCommand.Decide decision) {
        Ballot ballot = decision.ballot();
        Optional<Reply> objection = objection(ballot, decision.position());
        if (objection.isPresent()) {
            return objection.get();
        }
        Ballot known = election.ballot().max(acceptor.promised());
        if (known.outbids(ballot)) {
            return new BallotReply.Outbid(known);
        }
        acceptor.votedFor(ballot, decision.position()).ifPresent(learner::append);
        fetchUpTo(decision.position());
        election.heardOf(ballot);
        election.noteTakenPart();
        return ledger.position().reaches(decision.position())
                ? learner.compare(decision)
                : new Reply.Refusal("this node has " + ledger.chain().length() + " blocks and fetches the rest");
    }

    private void fetchUpTo(Position decided) {
        if (!ledger.position().reaches(decided)) {
            member.fetcher().catchUp();
        }
    }
}
