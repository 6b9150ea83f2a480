package org.naivechain.consensus.majority;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.consensus.Engine;
import org.naivechain.consensus.MinMembers;
import org.naivechain.ledger.Addition;
import org.naivechain.ledger.BlockFetcher;
import org.naivechain.ledger.Change;
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
 * <p>One member is the proposer, for as long as the others hear of it ({@link Election}). It has batches of blocks voted on, one
 * after the other ({@link Proposer}); the others vote ({@link Voting}), and hand over to it what their users want to add ({@link
 * Forwarding}). When it falls silent, another asks for promises under a higher ballot ({@link Candidate}). A member that
 * hears of a proposer promises nothing to others (as in Ongaro, <i>Consensus</i>, section 4.2.3), so that one with a bad
 * connection does not unseat it. Nodes of the original are told what is decided and have no vote ({@link Readers}).
 *
 * <p>Who the members are is decided in the same way, in the same sequence, one change at a time ({@link MembershipChanges}): what comes
 * after a change is decided by a quorum of the members after it (Lamport, Malkhi, and Zhou, <i>Reconfiguring a State
 * Machine</i>, 2010, with a window of one decision).
 *
 * <p>This class is the door: it takes what users ask, and puts the parts together. For the node's thread only.
 */
public final class MajorityVote implements Engine, Amendments {
    private static final Reply REFERS_TO_NAIVE =
            new Reply.Refusal("this node votes by ballots, and takes blocks from its"
                    + " proposer only: start all nodes that are to write with --consensus naive");

    private final Member member;
    private final Ledger ledger;
    private final BallotBox box;
    private final Resumption resumption;
    private final Election election;
    private final PendingAdds adds;
    private final Forwarding forwarding;
    private final MembershipChanges membershipChanges;
    final Voting voting;

    private Consumer<String> whenOutdated = reason -> {};
    private long lastKey;

    /**
     * Begins to wait until a proposer is heard of.
     *
     * @param fetcher what to call when others turn out to have blocks that this node misses
     * @param minMembers how many members the network must have before data can be added
     */
    public MajorityVote(LedgerContext context, BlockFetcher fetcher, BallotBox box, int minMembers) {
        this(context, fetcher, box, minMembers, PeerTable::quorumOf);
    }

    /** With another notion of a quorum, to show what becomes of it. */
    MajorityVote(
            LedgerContext context, BlockFetcher fetcher, BallotBox box, int minMembers, IntUnaryOperator quorumOf) {
        this.ledger = context.ledger();
        this.box = box;
        ledger.agreeOnMembers(founders(context.peers()));
        Acceptor acceptor = new Acceptor(ledger, box);
        long run = context.random().nextLong();
        this.member = new Member(context, fetcher, acceptor, run, new MinMembers(minMembers), quorumOf);
        this.adds = new PendingAdds(ledger, context.time(), this::withdraw);
        Learner learner = new Learner(context, acceptor);
        Callback callback = new Callback(member, box);
        this.resumption = new Resumption(member, this::outdated);
        this.election = new Election(member, learner, callback, resumption, adds);
        this.forwarding = new Forwarding(context, adds, election);
        this.membershipChanges = new MembershipChanges(member, election);
        this.voting = new Voting(member, learner, callback, resumption, election);
        ledger.tellMembers(this::membersChanged);
        membersChanged(ledger.membership());
        resumption.askAgainLater();
        election.begin();
    }

    /** A node that is new founds a network; one whose network did not agree on its members takes those that it counted. */
    private static List<Peer> founders(PeerTable peers) {
        return Stream.concat(Stream.of(peers.self()), peers.ofThisProgram().stream())
                .sorted(Comparator.comparing(member -> member.id().text()))
                .toList();
    }

    private void membersChanged(Membership membership) {
        membershipChanges.look();
        if (membership.version() > 0) {
            MemberTable.follow(member.context().peers(), membership.others(member.id()));
        }
        election.membersChanged(membership);
        resumption.ask();
    }

    // What users ask.

    /**
     * Adds data. The way of a request, until its user is told:
     *
     * <ol>
     *   <li>{@link PendingAdds#add} keeps it, and who waits for it.
     *   <li>{@link Forwarding} hands it, with all that came at the same moment, to the proposer: this node's own {@link Proposer}, or
     *       that of another member ({@link BallotCommand.Submit}).
     *   <li>The {@link Proposer} puts it into a batch, and asks the members for their votes (phase 2a).
     *   <li>When a quorum has voted (phase 2b), {@link Learner#append} puts the batch into the ledger; at the other members when
     *       they hear of the decision.
     *   <li>The ledger tells {@link PendingAdds} of its new blocks; the one with the key of the request is the answer.
     * </ol>
     */
    @Override
    public void add(BlockData data, Optional<IdempotencyKey> key, Consumer<AddOutcome> then) {
        Optional<String> objection = election.stopped().or(this::objectionToAdd);
        if (objection.isPresent()) {
            then.accept(new AddOutcome.NotAdded(objection.get()));
            return;
        }
        adds.add(new Addition(key.orElseGet(this::newKey), data), then);
        forwarding.soon();
    }

    private Optional<String> objectionToAdd() {
        return member.belongs()
                ? member.tooFew()
                : Optional.of(
                        "this node is not a member of a network; it is joining one, or was removed from it (see its"
                                + " log); the data was not added");
    }

    private IdempotencyKey newKey() {
        return IdempotencyKey.ofNode(Long.toHexString(member.run()), ++lastKey);
    }

    /** The user has been told that it is not added, and this node's proposer is the only one that has it. */
    private void withdraw(IdempotencyKey key) {
        election.ownProposer().ifPresent(own -> own.withdraw(key));
    }

    @Override
    public void amend(Change change, Consumer<Reply> then) {
        if (election.stopped().isPresent() || !member.belongs()) {
            then.accept(new Reply.Refusal(election.stopped().orElse("this node is no member itself")));
        } else {
            membershipChanges.begin(change, then);
        }
    }

    @Override
    public void stop(String reason) {
        election.stop(reason);
        adds.stop(reason);
        membershipChanges.stop(reason);
    }

    @Override
    public Optional<PeerId> proposer() {
        return election.proposer();
    }

    // What other members ask, and what this one knows of them.

    @Override
    public List<Vocabulary.Installed<?>> handlers() {
        return List.of(BallotCommand.VOCABULARY.handledBy(voting));
    }

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
        return election.hasTakenPart();
    }

    @Override
    public Optional<Amendments> amendments() {
        return Optional.of(this);
    }

    // What sets this engine apart from the vote of the original.

    @Override
    public String name() {
        return "majority";
    }

    @Override
    public boolean canFork() {
        return false;
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
}
