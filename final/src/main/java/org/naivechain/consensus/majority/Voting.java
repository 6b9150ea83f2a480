package org.naivechain.consensus.majority;

import java.util.Optional;
import java.util.function.Consumer;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.Reply;

/**
 * What this member answers to candidates and proposers. Whether they may ask at all is looked at here; what a member may promise
 * and vote for is the {@link Acceptor}'s rule. For the node's thread only.
 */
final class Voting {
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

    /**
     * Phase 1b: promises, once the candidate has answered where the members call it. Much may have happened until it has, so that
     * the objections are looked at again.
     */
    void promise(BallotCommand.Prepare prepare, Consumer<Reply> then) {
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
    Reply vote(BallotCommand.Propose proposal) {
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
    Reply learn(BallotCommand.Decide decision) {
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
