package org.naivechain.consensus.majority;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Hash;
import org.naivechain.chain.Verdict;
import org.naivechain.consensus.Engine;
import org.naivechain.consensus.MinMembers;
import org.naivechain.ledger.Addition;
import org.naivechain.ledger.Batch;
import org.naivechain.ledger.BlockFetcher;
import org.naivechain.ledger.Change;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.ledger.Membership;
import org.naivechain.ledger.Position;
import org.naivechain.membership.Amendments;
import org.naivechain.membership.MemberTable;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerTable;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Vocabulary;

/**
 * Multi-decree Paxos with a stable proposer (Lamport, <i>The Part-Time Parliament</i>, section 3, and <i>Paxos Made
 * Simple</i>, section 3). At most one block is ever decided at an index, and what a user was told is added stays, with any
 * number of writers and any minority of members crashed, slow, or cut off.
 *
 * <p>One member is the proposer, for as long as the others hear of it. It has batches of blocks voted on, one after the other
 * ({@link Proposer}); the others hand over to it what their users want to add ({@link Forwarding}). When it falls silent, another
 * asks for promises under a higher ballot ({@link Candidate}), after a time that chance decides, so that seldom two ask at
 * once. A member that hears of a proposer promises nothing to others (as in Ongaro, <i>Consensus</i>, section 4.2.3), so
 * that one with a bad connection does not unseat it. Nodes of the original are told what is decided and have no vote
 * ({@link Readers}).
 *
 * <p>Who the members are is decided in the same way, in the same sequence, one change at a time ({@link MembershipChanges}): what comes
 * after a change is decided by a quorum of the members after it (Lamport, Malkhi, and Zhou, <i>Reconfiguring a State
 * Machine</i>, 2010, with a window of one decision).
 *
 * <p>For the node's thread only.
 */
public final class MajorityVote implements Engine, Amendments {
    /** A proposer that was heard of within this time is taken for present. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    /** Most candidates win at once, and say so. */
    private static final int WORTH_A_WORD = 2;

    /** Rounds run out if somebody leaps to the last. Where the network is already a newcomer cannot know. */
    private static final long MAX_LEAP = 1_000_000;

    private static final Reply REFERS_TO_NAIVE =
            new Reply.Refusal("this node votes by ballots, and takes blocks from its"
                    + " proposer only: start all nodes that are to write with --consensus naive");

    private final LedgerContext context;
    private final Ledger ledger;
    private final KeptChain chain;
    private final PeerTable peers;
    private final PeerId self;
    private final BlockFetcher fetcher;
    private final Acceptor acceptor;
    private final BallotBox box;
    private final Callback callback;
    private final Resumption resumption;
    private final MinMembers minMembers;
    private final IntUnaryOperator quorumOf;
    private final PendingAdds adds;
    private final Forwarding forwarding;
    private final MembershipChanges membershipChanges;
    private final Readers readers;
    /** Unlike that of any other run, also of a node with the same id. */
    private final long run;
    /** The same number, in the keys of this run's adds. */
    private final String origin;

    private Consumer<String> whenOutdated = reason -> {};

    private Optional<Candidate> candidate = Optional.empty();
    private Optional<Proposer> proposing = Optional.empty();
    private Optional<String> stopped = Optional.empty();
    /** The ballot of the proposer that was heard of last. */
    private Ballot current = Ballot.NONE;
    /** The highest ballot that was heard of, whoever used it. */
    private Ballot highest;
    /** Whether that ballot tells where the rounds of the network are: one that this node only asked for does not. */
    private boolean knowsRounds;

    private Instant lastHeard = Instant.MIN;
    private boolean takenPart;
    /** Whether the last decision that could be compared was on other blocks than those here. */
    private boolean differs;
    /** How often this node has stood since it heard of a proposer. */
    private int stands;

    private long lastKey;

    /**
     * A member that waits to hear of a proposer.
     *
     * @param context what it works on and with
     * @param fetcher what to call when others turn out to have blocks that this node misses
     * @param box what it has promised and voted for
     * @param minMembers how many members the network must have before data can be added
     */
    public MajorityVote(LedgerContext context, BlockFetcher fetcher, BallotBox box, int minMembers) {
        this(context, fetcher, box, minMembers, PeerTable::quorumOf);
    }

    /** With another notion of a quorum, to show what becomes of it. */
    MajorityVote(
            LedgerContext context, BlockFetcher fetcher, BallotBox box, int minMembers, IntUnaryOperator quorumOf) {
        this.context = context;
        this.ledger = context.ledger();
        this.chain = context.chain();
        this.peers = context.peers();
        this.self = peers.self().id();
        this.fetcher = fetcher;
        this.acceptor = new Acceptor(ledger, box);
        this.box = box;
        this.callback = new Callback(context);
        this.minMembers = new MinMembers(minMembers);
        this.quorumOf = quorumOf;
        this.adds = new PendingAdds(ledger, context.time(), key -> proposing.ifPresent(own -> own.withdraw(key)));
        Leadership leadership = new Leadership() {
            @Override
            public Optional<Proposer> proposing() {
                return proposing;
            }

            @Override
            public Optional<Peer> proposer() {
                return proposerHeardOf();
            }

            @Override
            public Ballot ballot() {
                return current;
            }
        };
        this.forwarding = new Forwarding(context, adds, leadership);
        this.membershipChanges = new MembershipChanges(context, leadership);
        this.readers = new Readers(context);
        this.run = context.random().nextLong();
        this.origin = Long.toHexString(run);
        this.highest = box.promised();
        this.knowsRounds = !highest.equals(Ballot.NONE) && !highest.proposer().equals(self);
        ledger.tellMembers(this::membersChanged);
        ledger.agreeOnMembers(founders());
        membersChanged(ledger.membership());
        this.resumption = new Resumption(context, quorumOf, this::outdated);
        waitForAProposer(FIRST_WAIT);
    }

    /** A node that is new founds a network; one whose network did not agree on its members takes those that it counted. */
    private List<Peer> founders() {
        return Stream.concat(Stream.of(peers.self()), peers.ofThisProgram().stream())
                .sorted(Comparator.comparing(member -> member.id().text()))
                .toList();
    }

    private void membersChanged(Membership membership) {
        candidate = Optional.empty();
        if (membership.version() > 0) {
            MemberTable.follow(peers, membership.others(self));
        } else {
            knowsRounds = false;
        }
        if (!membership.contains(peers.self())) {
            if (membership.version() > 0 && takenPart) {
                context.log().info("This node is not a member any more; it joins again when it starts again");
            }
            stopProposing("it is no member");
        }
    }

    private boolean isMember() {
        return ledger.membership().contains(peers.self());
    }

    // Adding data.

    @Override
    public void add(BlockData data, Optional<IdempotencyKey> key, Consumer<AddOutcome> then) {
        Optional<String> objection = objection();
        if (objection.isPresent()) {
            then.accept(new AddOutcome.NotAdded(objection.get()));
            return;
        }
        adds.add(new Addition(key.orElseGet(() -> IdempotencyKey.ofNode(origin, ++lastKey)), data), then);
        forwarding.soon();
    }

    private Optional<String> objection() {
        if (stopped.isPresent()) {
            return stopped;
        }
        return isMember()
                ? minMembers.objection(ledger.membership().size(), peers.self().address())
                : Optional.of(
                        "this node is not a member of a network; it is joining one, or was removed from it (see its"
                                + " log); the data was not added");
    }

    /** The proposer, if it is another member and was heard of lately. */
    private Optional<Peer> proposerHeardOf() {
        return hearsOfAProposer() ? peer(current.proposer()) : Optional.empty();
    }

    private Optional<Peer> peer(PeerId id) {
        return ledger.membership().find(id).filter(peer -> !peer.id().equals(self));
    }

    // Changing who the members are.

    @Override
    public void amend(Change change, Consumer<Reply> then) {
        if (stopped.isPresent() || !isMember()) {
            then.accept(new Reply.Refusal(stopped.orElse("this node is no member itself")));
        } else {
            membershipChanges.begin(change, then);
        }
    }

    void take(BallotCommand.Amend amendment, Consumer<Reply> then) {
        if (proposing.isPresent()) {
            proposing.get().take(amendment.change(), then);
        } else {
            then.accept(Proposer.NOT_THE_PROPOSER);
        }
    }

    // Hearing of a proposer, and becoming one.

    private void waitForAProposer(Duration least) {
        long millis = least.toMillis();
        Duration wait = Duration.ofMillis(millis + context.random().nextLong(millis));
        context.time().after(wait, () -> {
            if (stopped.isEmpty()) {
                if (proposing.isEmpty() && !hearsOfAProposer()) {
                    stand();
                }
                waitForAProposer(SILENCE);
            }
        });
    }

    private boolean hearsOfAProposer() {
        return lastHeard.isAfter(context.time().now().minus(SILENCE));
    }

    private void heardOf(Ballot ballot) {
        if (current.outbids(ballot)) {
            return;
        }
        peer(ballot.proposer()).ifPresent(proposer -> callback.heardOf(ballot, proposer));
        if (callback.isAnswered()) {
            lastHeard = context.time().now();
            stands = 0;
        }
        highest = max(highest, ballot);
        knowsRounds = true;
        if (!ballot.equals(current)) {
            current = ballot;
            candidate = Optional.empty();
            proposing
                    .filter(own -> ballot.outbids(own.ballot()))
                    .ifPresent(own -> stopProposing(ballot + " is higher"));
            adds.sendAllAgain();
        }
        forwarding.soon();
    }

    private void outbid(Ballot higher) {
        highest = max(highest, higher);
        knowsRounds = true;
        candidate = Optional.empty();
        proposing.ifPresent(own -> stopProposing("a member has promised the ballot " + higher));
    }

    private static Ballot max(Ballot one, Ballot other) {
        return one.outbids(other) ? one : other;
    }

    private void stand() {
        if (chain.lostEnd().isPresent() || !isMember() || !resumption.mayVote()) {
            return;
        }
        Ballot ballot = highest.next(peers.self().id());
        highest = ballot;
        stands++;
        if (stands == WORTH_A_WORD) {
            context.log().info("No proposer is heard of; asking the members for a majority");
        }
        Candidate begun = new Candidate(context, acceptor, ballot, run, quorumOf, new Candidate.Events() {
            @Override
            public void promised(Candidate won) {
                promiseOwn(won);
            }

            @Override
            public void outbid(Ballot higher) {
                MajorityVote.this.outbid(higher);
            }

            @Override
            public void ahead() {
                fetcher.catchUp();
            }
        });
        candidate = Optional.of(begun);
        begun.open();
    }

    /** Only when this node's own promise is durable may it propose: it would not know of it after a crash. */
    private void promiseOwn(Candidate won) {
        if (isCurrent(won) && acceptor.promise(won.ballot()) instanceof BallotReply.Promised) {
            context.durability().whenDurable(() -> catchUpAndLead(won, false));
        }
    }

    private boolean isCurrent(Candidate won) {
        return candidate.filter(own -> own == won).isPresent();
    }

    private void catchUpAndLead(Candidate won, boolean tried) {
        if (!isCurrent(won)) {
            return;
        }
        if (ledger.position().reaches(won.position())) {
            lead(won);
        } else if (!tried) {
            fetcher.catchUp(() -> catchUpAndLead(won, true));
        }
    }

    private void lead(Candidate won) {
        takenPart = true;
        if (ledger.membership().size() > 1) {
            context.log().info("This node is the proposer now, under the ballot {}", won.ballot());
        }
        candidate = Optional.empty();
        stands = 0;
        current = won.ballot();
        knowsRounds = true;
        Proposer begun = new Proposer(context, acceptor, won.ballot(), quorumOf, minMembers, new Proposer.Events() {
            @Override
            public void proposing(List<Addition> additions) {
                adds.handedOver(additions);
            }

            @Override
            public void decided(Batch batch) {
                append(batch);
                readers.tell();
            }

            @Override
            public void outbid(Ballot higher) {
                MajorityVote.this.outbid(higher);
            }

            @Override
            public void ahead() {
                fetcher.catchUp();
            }

            @Override
            public void lost(String reason) {
                stopProposing(reason);
            }
        });
        proposing = Optional.of(begun);
        begun.begin(won.inherited());
        adds.sendAllAgain();
        forwarding.soon();
    }

    private void stopProposing(String reason) {
        proposing.ifPresent(own -> {
            context.log().info("This node is not the proposer any more: {}", reason);
            own.end();
            proposing = Optional.empty();
            adds.sendAllAgain();
        });
    }

    private void append(Batch batch) {
        List<Block> blocks = batch.blocks();
        if (ledger.append(batch) instanceof Verdict.Fault fault) {
            context.log().error("The chain here is not the one that was decided: {}", fault);
            return;
        }
        if (batch.next().isPresent()) {
            context.log()
                    .info(
                            "The network has {} members now: {}",
                            batch.next().get().size(),
                            batch.next().get().members());
            return;
        }
        Block last = blocks.get(blocks.size() - 1);
        if (blocks.size() == 1) {
            context.log().info("Block {} added: {}", last.index(), last.hash());
        } else {
            context.log().info("Blocks {} to {} added: {}", batch.from(), last.index(), last.hash());
        }
    }

    // What other members say.

    @Override
    public List<Vocabulary.Installed<?>> handlers() {
        return List.of(BallotCommand.VOCABULARY.handledBy(new BallotHandler(context, this)));
    }

    Reply identify(BallotCommand.Identify question) {
        return new BallotReply.Identified(self, run, box.seen(question.peerId()));
    }

    void promise(BallotCommand.Prepare prepare, Consumer<Reply> then) {
        Optional<Reply> objection = objectionToPromise(prepare);
        if (objection.isPresent() || prepare.run().isEmpty()) {
            then.accept(objection.orElseGet(() -> promise(prepare.ballot())));
            return;
        }
        Peer candidate = peer(prepare.ballot().proposer()).orElseThrow();
        callback.call(
                candidate,
                prepare.run().get(),
                wrong -> then.accept(wrong.<Reply>map(Reply.Refusal::new)
                        .or(() -> objectionToPromise(prepare))
                        .orElseGet(() -> promise(prepare.ballot()))));
    }

    private Optional<Reply> objectionToPromise(BallotCommand.Prepare prepare) {
        Ballot ballot = prepare.ballot();
        Optional<Reply> objection = objection(ballot, prepare.position()).or(this::objectionToVote);
        if (objection.isEmpty()
                && (proposing.isPresent()
                        || hearsOfAProposer() && !ballot.proposer().equals(current.proposer()))) {
            return Optional.of(new Reply.Refusal("there is a proposer: " + current.proposer()));
        }
        return objection;
    }

    private Optional<Reply> objectionToVote() {
        return resumption.mayVote()
                ? Optional.empty()
                : Optional.of(new Reply.Refusal(
                        "this node has just started, and asks the others first how far they know it to have been"));
    }

    private Reply promise(Ballot ballot) {
        Reply reply = acceptor.promise(ballot);
        if (reply instanceof BallotReply.Promised) {
            highest = max(highest, ballot);
            knowsRounds = true;
        }
        return reply;
    }

    private Optional<Reply> objection(Ballot ballot, Position position) {
        if (position.version() > ledger.membership().version()) {
            // Perhaps a member by now, of which this node has not heard.
            fetcher.catchUp();
        }
        if (knowsRounds && ballot.round() - MAX_LEAP > highest.round()) {
            return Optional.of(new Reply.Refusal("the round " + ballot.round() + " is too far beyond " + highest.round()
                    + ", the highest that was heard of"));
        }
        if (stopped.isPresent()) {
            return Optional.of(new Reply.Refusal(stopped.get()));
        }
        if (ballot.proposer().equals(self)) {
            context.complaints()
                    .log(
                            "Another node with the id {} proposes under the ballot {}; this one is the member, at {}",
                            self,
                            ballot,
                            peers.self().address());
            return Optional.of(new Reply.Refusal("the member " + peers.self()
                    + " answers here and has not asked: start the node that has with an empty --data-dir"));
        }
        if (isMember() && peer(ballot.proposer()).isPresent()) {
            return Optional.empty();
        }
        if (position.version() <= ledger.membership().version()) {
            return Optional.of(new BallotReply.Ahead(ledger.position()));
        }
        return Optional.of(new Reply.Refusal(
                isMember() ? ballot.proposer() + " is no member here" : "this node is no member, and has no vote"));
    }

    Reply vote(BallotCommand.Propose proposal) {
        Ballot ballot = proposal.ballot();
        Optional<Reply> objection = objection(ballot, proposal.batch().start()).or(this::objectionToVote);
        if (objection.isPresent()) {
            return objection.get();
        }
        appendIfGoneOn(proposal);
        Reply reply = acceptor.vote(proposal);
        if (!(reply instanceof BallotReply.Outbid)) {
            heardOf(ballot);
        }
        if (!ledger.position().reaches(proposal.batch().start())) {
            fetcher.catchUp();
        }
        return reply;
    }

    /** A proposer that goes on to the next batch says thereby that the one before is decided. */
    private void appendIfGoneOn(BallotCommand.Propose next) {
        acceptor.votedFor(next.ballot(), next.batch().start()).ifPresent(this::append);
    }

    Reply learn(BallotCommand.Decide decision) {
        Ballot ballot = decision.ballot();
        Optional<Reply> objection = objection(ballot, decision.position());
        if (objection.isPresent()) {
            return objection.get();
        }
        Ballot known = max(current, acceptor.promised());
        if (known.outbids(ballot)) {
            return new BallotReply.Outbid(known);
        }
        acceptor.votedFor(ballot, decision.position()).ifPresent(this::append);
        if (!ledger.position().reaches(decision.position())) {
            fetcher.catchUp();
        }
        heardOf(ballot);
        takenPart = true;
        return ledger.position().reaches(decision.position())
                ? compare(decision)
                : new Reply.Refusal("this node has " + chain.length() + " blocks and fetches the rest");
    }

    /** A hash depends on all blocks before it: if the last decided block is the same here, all are. */
    private Reply compare(BallotCommand.Decide decision) {
        long last = decision.position().length() - 1;
        Hash ours = acceptor.hashAt(last);
        boolean differed = differs;
        differs = !ours.equals(decision.head());
        if (!differs) {
            return Reply.ACK;
        }
        if (!differed) {
            context.log()
                    .error(
                            "The chain here is not the one that was decided: block {} is {} here, and {} for the proposer {};"
                                    + " start this node with an empty --data-dir to take theirs over",
                            last,
                            ours,
                            decision.head(),
                            decision.ballot().proposer());
        }
        return new Reply.Refusal("block " + last + " is " + ours + " here, not " + decision.head());
    }

    Reply take(BallotCommand.Submit submission) {
        if (proposing.isEmpty()) {
            return Proposer.NOT_THE_PROPOSER;
        }
        return proposing.get().take(submission.additions())
                ? Reply.ACK
                : new Reply.Refusal("too much is waiting at the proposer, try again later");
    }

    @Override
    public Reply vote(Block block) {
        return REFERS_TO_NAIVE;
    }

    @Override
    public Reply commit(PeerCommand.AddBlock commit) {
        return REFERS_TO_NAIVE;
    }

    @Override
    public Reply confirm(Block block) {
        return REFERS_TO_NAIVE;
    }

    // What is known of other members, and what they know of this one.

    @Override
    public void see(Peer peer, Position position) {
        Position known = box.seen(peer.id());
        if (ledger.membership().contains(peer) && !known.reaches(position)) {
            box.see(peer.id(), known.max(position));
        }
    }

    @Override
    public boolean hasResumed() {
        return resumption.isOver();
    }

    @Override
    public void whenOutdated(Consumer<String> then) {
        whenOutdated = then;
    }

    /** Its own votes are forgotten; so it must not vote as if it had cast none. */
    private void outdated(String reason) {
        stop(reason);
        whenOutdated.accept(reason);
    }

    @Override
    public boolean hasTakenPart() {
        return takenPart;
    }

    @Override
    public Optional<Amendments> amendments() {
        return Optional.of(this);
    }

    @Override
    public boolean canFork() {
        return false;
    }

    @Override
    public void stop(String reason) {
        stopped = Optional.of(reason);
        candidate = Optional.empty();
        proposing.ifPresent(Proposer::end);
        proposing = Optional.empty();
        adds.stop(reason);
        membershipChanges.stop(reason);
    }

    // Telling.

    @Override
    public String name() {
        return "majority";
    }

    @Override
    public Optional<PeerId> proposer() {
        return proposing.isPresent() ? Optional.of(self) : proposerHeardOf().map(Peer::id);
    }
}
