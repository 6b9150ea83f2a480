package org.naivechain.consensus.majority;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.naivechain.ledger.Durability;
import org.naivechain.ledger.Memberships;
import org.naivechain.ledger.MemoryMemberships;
import org.naivechain.ledger.Position;
import org.naivechain.ledger.Receipts;
import org.naivechain.node.Node;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Network;
import org.naivechain.protocol.Reply;
import org.naivechain.simulation.Build;
import org.naivechain.simulation.Fault;

/** Nodes with one thing broken that the safety of the majority vote rests on: what the simulator must notice. */
public enum Broken {
    /** A vote is forgotten in a crash. */
    VOTE_NOT_DURABLE(stores(Broken::forgettingVotes), 39, Fault.CRASH, Fault.CLOCK, Fault.LOSS),
    /** Promises and votes are answered before they are durable. */
    ANSWERED_BEFORE_DURABLE(
            stores(stores -> with(stores, stores.ballots(), Durability.NONE)), 87, Fault.CRASH, Fault.PARTITION),
    /** What others voted for is not proposed again by a new proposer. */
    EARLIER_VOTE_NOT_ADOPTED(network(Broken::hidingVotes), 14, Fault.CLOCK, Fault.PARTITION, Fault.DELAY, Fault.PAUSE),
    /** Half of the members are taken for a majority. */
    QUORUM_OFF_BY_ONE(
            Build.of((context, fetcher, box) ->
                    new MajorityVote(context, fetcher, box, 2, members -> (members + 1) / 2)),
            4,
            Fault.CRASH,
            Fault.PARTITION),
    /**
     * A member does not know after a restart which ballots it has promised and used. That is rare to show while a member that has
     * started asks the others first, and calls back who asks for a promise; so neither is done here.
     */
    BALLOT_REUSED_AFTER_RESTART(
            new Build(Build.MAJORITY.engine(), Broken::forgettingPromises, Broken::askingNobody),
            195,
            Fault.CRASH,
            Fault.CLOCK,
            Fault.PARTITION),
    /** Blocks are called decided when they are proposed. */
    COMMIT_BEFORE_QUORUM(network(Broken::decidingAtOnce), 11, Fault.CLOCK, Fault.PARTITION),
    /** A member does not know after a restart who the members are, and takes those of the beginning for them. */
    MEMBERSHIP_FORGOTTEN(stores(Broken::forgettingMembers), 0, Fault.CRASH, Fault.JOIN, Fault.EVICTION),
    /** Nobody is called back who asks for promises: a copy of a member is taken for it. */
    CANDIDATE_NOT_CALLED_BACK(network(Broken::notSayingWhichRun), 45, Fault.CRASH, Fault.COPY, Fault.PARTITION),
    /** What others know of how far a member was is not heard: an old copy of its store is taken for the store. */
    OLD_STORE_NOT_NOTICED(network(Broken::hidingWhatIsKnown), 51, Fault.CRASH, Fault.RESTORATION),
    /** The proposer does not look whether a request became a block before. */
    RECEIPTS_NOT_READ(stores(Broken::findingNothing), 0, Fault.CLOCK, Fault.PARTITION, Fault.DELAY, Fault.PAUSE);

    private final Build build;
    private final long seed;
    private final Set<Fault> faults;

    Broken(Build build, long seed, Fault first, Fault... more) {
        this.build = build;
        this.seed = seed;
        this.faults = EnumSet.of(first, more);
    }

    /** From which seed on it is looked for: one at which it showed once, which saves the time to find it again. */
    public long seed() {
        return seed;
    }

    /** What must go wrong for it to show. */
    public Set<Fault> faults() {
        return faults;
    }

    /** Nodes that are broken like this. */
    public Build build() {
        return build;
    }

    private static Build stores(UnaryOperator<Node.Stores> change) {
        return new Build(Build.MAJORITY.engine(), change, UnaryOperator.identity());
    }

    private static Build network(UnaryOperator<Network> change) {
        return new Build(Build.MAJORITY.engine(), UnaryOperator.identity(), change);
    }

    private static Node.Stores with(Node.Stores stores, BallotBox ballots, Durability durability) {
        return new Node.Stores(
                stores.blocks(), stores.receipts(), stores.memberships(), ballots, stores.peers(), durability);
    }

    private static Node.Stores forgettingVotes(Node.Stores stores) {
        BallotBox kept = stores.ballots();
        return with(
                stores,
                new MemoryBallotBox() {
                    {
                        super.promise(kept.promised());
                    }

                    @Override
                    public void promise(Ballot ballot) {
                        super.promise(ballot);
                        kept.promise(ballot);
                    }

                    @Override
                    public void vote(Vote cast) {
                        super.vote(cast);
                        kept.promise(cast.ballot());
                    }
                },
                stores.durability());
    }

    private static Node.Stores forgettingPromises(Node.Stores stores) {
        BallotBox kept = stores.ballots();
        return with(
                stores,
                new MemoryBallotBox() {
                    {
                        kept.vote().ifPresent(super::vote);
                        super.promise(Ballot.NONE);
                    }

                    @Override
                    public void vote(Vote cast) {
                        super.vote(cast);
                        kept.vote(cast);
                    }
                },
                stores.durability());
    }

    private static Node.Stores forgettingMembers(Node.Stores stores) {
        Memberships forgetful = new MemoryMemberships();
        return new Node.Stores(
                stores.blocks(), stores.receipts(), forgetful, stores.ballots(), stores.peers(), stores.durability());
    }

    private static Node.Stores findingNothing(Node.Stores stores) {
        Receipts kept = stores.receipts();
        Receipts blind = new Receipts() {
            @Override
            public OptionalLong find(IdempotencyKey key) {
                return OptionalLong.empty();
            }

            @Override
            public Map<Long, IdempotencyKey> between(long from, long to) {
                return kept.between(from, to);
            }

            @Override
            public void record(Map<Long, IdempotencyKey> keys) {
                kept.record(keys);
            }

            @Override
            public void forget(long from) {
                kept.forget(from);
            }
        };
        return new Node.Stores(
                stores.blocks(), blind, stores.memberships(), stores.ballots(), stores.peers(), stores.durability());
    }

    private static Network hidingVotes(Network network) {
        return (to, command, then) -> network.send(
                to,
                command,
                outcome -> then.accept(
                        outcome instanceof BallotReply.Promised promised
                                ? new BallotReply.Promised(promised.position(), Optional.empty())
                                : outcome));
    }

    private static Network notSayingWhichRun(Network network) {
        return (to, command, then) -> network.send(
                to,
                command instanceof BallotCommand.Prepare prepare
                        ? new BallotCommand.Prepare(prepare.ballot(), prepare.position())
                        : command,
                then);
    }

    private static Network askingNobody(Network network) {
        Network silent = notSayingWhichRun(network);
        return (to, command, then) -> {
            if (command instanceof BallotCommand.Identify) {
                then.accept(new Reply.Refusal("nobody is asked"));
            } else {
                silent.send(to, command, then);
            }
        };
    }

    private static Network hidingWhatIsKnown(Network network) {
        return (to, command, then) -> network.send(
                to,
                command,
                outcome -> then.accept(
                        outcome instanceof BallotReply.Identified identified
                                ? new BallotReply.Identified(identified.peerId(), identified.run(), Position.START)
                                : outcome));
    }

    private static Network decidingAtOnce(Network network) {
        return (to, command, then) -> {
            network.send(to, command, then);
            if (command instanceof BallotCommand.Propose proposal) {
                var end = proposal.batch().end();
                network.send(
                        to,
                        new BallotCommand.Decide(
                                proposal.ballot(), end, proposal.batch().hashAt(end.length() - 1)),
                        outcome -> {});
            }
        };
    }
}
