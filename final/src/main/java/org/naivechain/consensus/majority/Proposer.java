package org.naivechain.consensus.majority;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.naivechain.ledger.Addition;
import org.naivechain.ledger.Batch;
import org.naivechain.ledger.Change;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.ledger.Membership;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.Reply;

/**
 * Phase 2 of Paxos under one ballot, for as long as this node is the proposer: one batch after the other is voted on and
 * decided. While the votes for one are under way, what is added meanwhile gathers for the next. For the node's thread only.
 */
final class Proposer {
    /** How often the proposer says that it is there. */
    static final Duration HEARTBEAT = Duration.ofMillis(250);

    /** Without a quorum for this long it is not the proposer any more. */
    private static final Duration CONTACT = Duration.ofSeconds(2);

    private static final int MAX_BATCH = 1_000;
    private static final int MAX_BATCH_BYTES = 512 * 1024;
    private static final int MAX_QUEUE = 50_000;
    private static final long MAX_QUEUE_BYTES = 64L * 1024 * 1024;
    private static final int MAX_AMENDMENTS = 100;

    static final Reply NOT_THE_PROPOSER = new Reply.Refusal("this node is not the proposer");

    private final Map<IdempotencyKey, Addition> queue = new LinkedHashMap<>();
    private final Deque<Amendment> amendments = new ArrayDeque<>();
    /** Told when this node is no member any more and the others know it. */
    private final List<Consumer<Reply>> farewells = new ArrayList<>();

    private final Map<Peer, Instant> lastHeard = new HashMap<>();
    private final Member member;
    private final LedgerContext context;
    private final Ledger ledger;
    private final Ballot ballot;
    private final Election election;
    private final PendingAdds adds;
    private long queuedBytes;
    private Optional<Round> round = Optional.empty();
    private boolean over;
    /** How far all is decided that was proposed under this ballot, or before. The chain may go on by what others decide. */
    private BallotCommand.Decide decided;
    /** A decision is being told to this node itself. */
    private boolean telling;

    Proposer(Member member, Ballot ballot, Election election, PendingAdds adds) {
        this.member = member;
        this.context = member.context();
        this.ledger = member.ledger();
        this.ballot = ballot;
        this.election = election;
        this.adds = adds;
    }

    void begin(Optional<Batch> inherited) {
        noteDecided();
        inherited.ifPresent(this::propose);
        beat();
    }

    /** Nothing is proposed or counted after this. */
    void end() {
        over = true;
        round = Optional.empty();
        nextMembership();
        if (!telling) {
            // It was heard from others, who know.
            bidFarewell();
        }
        List<Amendment> left = List.copyOf(amendments);
        amendments.clear();
        left.forEach(amendment -> amendment.then.accept(NOT_THE_PROPOSER));
    }

    /** A request to change who the members are, and who waits for it. */
    private record Amendment(Change change, Consumer<Reply> then) {}

    /** Takes a change, and tells when it is made. */
    void take(Change change, Consumer<Reply> then) {
        if (amendments.size() >= MAX_AMENDMENTS) {
            then.accept(new Reply.Refusal(MAX_AMENDMENTS + " changes of the members are waiting, try again later"));
            return;
        }
        amendments.add(new Amendment(change, then));
        proposeNext();
    }

    /** The next membership to vote on. Requests before it that are fulfilled already, or cannot be, are answered. */
    private Optional<Membership> nextMembership() {
        while (!amendments.isEmpty()) {
            Amendment amendment = amendments.element();
            Reply reply = Reply.ACK;
            try {
                Optional<Membership> step = ledger.membership()
                        .after(amendment.change, ledger.chain().length());
                if (step.isPresent()) {
                    return step;
                }
            } catch (IllegalArgumentException e) {
                reply = new Reply.Refusal(e.getMessage());
            }
            amendments.remove();
            if (amendment.change.equals(Change.remove(member.self()))) {
                farewells.add(amendment.then);
            } else {
                amendment.then.accept(reply);
            }
        }
        return Optional.empty();
    }

    /** Takes what is to be added, if there is not too much already. */
    Reply take(List<Addition> additions) {
        if (queue.size() >= MAX_QUEUE || queuedBytes >= MAX_QUEUE_BYTES) {
            return new Reply.Refusal("too much is waiting at the proposer, try again later");
        }
        for (Addition addition : additions) {
            boolean proposed = round.filter(current -> current.keys.contains(addition.key()))
                    .isPresent();
            if (!proposed && queue.putIfAbsent(addition.key(), addition) == null) {
                queuedBytes += addition.weight();
            }
        }
        proposeNext();
        return Reply.ACK;
    }

    /** Forgets what waits to be proposed, because its user has been told that it is not added. */
    void withdraw(IdempotencyKey key) {
        Addition withdrawn = queue.remove(key);
        if (withdrawn != null) {
            queuedBytes -= withdrawn.weight();
        }
    }

    private void proposeNext() {
        if (over || round.isPresent()) {
            return;
        }
        Optional<Membership> next = nextMembership();
        if (next.isPresent()) {
            propose(new Batch(ledger.chain().head().hash(), next.get()));
            return;
        }
        if (member.tooFew().isPresent()) {
            // They were taken when there were more. A copy of the last member that is left must not add alone either.
            return;
        }
        List<Addition> additions = nextAdditions();
        if (!additions.isEmpty()) {
            adds.handedOver(additions);
            propose(new Batch(ledger.position(), ledger.chain().head().hash(), additions));
        }
    }

    private List<Addition> nextAdditions() {
        List<Addition> next = new ArrayList<>();
        int bytes = 0;
        for (Iterator<Addition> all = queue.values().iterator(); all.hasNext() && next.size() < MAX_BATCH; ) {
            Addition addition = all.next();
            if (!next.isEmpty() && bytes + addition.weight() > MAX_BATCH_BYTES) {
                break;
            }
            all.remove();
            queuedBytes -= addition.weight();
            // Nothing is decided but what this node knows of, so that a request that became a block before shows here.
            if (ledger.receipts().find(addition.key()).isEmpty()) {
                next.add(addition);
                bytes += addition.weight();
            }
        }
        return next;
    }

    private void propose(Batch batch) {
        Round begun = new Round(new BallotCommand.Propose(ballot, batch));
        round = Optional.of(begun);
        begun.open();
    }

    /** Says what is decided, and thereby that this node is there; and asks again those whose votes are missing. */
    private void beat() {
        if (over) {
            return;
        }
        announce();
        round.ifPresent(Round::askAgain);
        context.time().after(HEARTBEAT, this::beat);
        if (!inContact()) {
            election.stopProposing("it has not heard of a quorum for " + CONTACT.toSeconds() + " s");
        }
    }

    private void noteDecided() {
        decided = new BallotCommand.Decide(
                ballot, ledger.position(), ledger.chain().head().hash());
    }

    private void announce() {
        BallotCommand.Decide decision = decided;
        for (Peer peer : member.others()) {
            member.send(peer, decision, outcome -> {
                heard(peer, outcome);
                if (outcome instanceof Reply.Ack) {
                    round.ifPresent(open -> open.askWhoIsReady(peer));
                }
            });
        }
    }

    private boolean inContact() {
        Instant now = context.time().now();
        List<Peer> others = member.others();
        lastHeard.keySet().retainAll(others);
        others.forEach(other -> lastHeard.putIfAbsent(other, now));
        long there = lastHeard.values().stream()
                .filter(at -> now.isBefore(at.plus(CONTACT)))
                .count();
        return there + 1 >= member.quorum();
    }

    /** Members hear of a decision with the next one, or soon after; not so a member that goes, and nobody if this node goes. */
    private void tellThoseThatLeave(List<Peer> before) {
        Membership now = ledger.membership();
        if (member.belongs()) {
            before.stream()
                    .filter(peer -> !now.contains(peer.id()))
                    .forEach(peer -> member.send(peer, decided, outcome -> {}));
        } else {
            new FinalAnnouncement(member, decided, this::bidFarewell).tell(now.members());
        }
    }

    private void bidFarewell() {
        farewells.forEach(then -> then.accept(Reply.ACK));
        farewells.clear();
    }

    private void heard(Peer peer, Outcome outcome) {
        if (outcome instanceof BallotReply.Ahead) {
            member.fetcher().catchUp();
        } else if (outcome instanceof Reply) {
            lastHeard.put(peer, context.time().now());
        }
        if (!over && outcome instanceof BallotReply.Outbid outbid) {
            election.outbid(outbid.promised());
        }
    }

    /** The votes on one batch: phase 2a asks for them, and the answers are phase 2b. */
    private final class Round {
        private final Set<Peer> yes = new HashSet<>();
        private final List<Peer> voters = member.others();
        private final int quorum = member.quorum();
        private final BallotCommand.Propose proposal;
        private final Set<IdempotencyKey> keys;
        private int beats;

        Round(BallotCommand.Propose proposal) {
            this.proposal = proposal;
            this.keys = proposal.batch().additions().stream().map(Addition::key).collect(Collectors.toSet());
        }

        void open() {
            Reply own = member.acceptor().vote(proposal);
            // The others write to their disks while this node does.
            voters.forEach(this::ask);
            context.durability().whenDurable(() -> answered(member.self(), own));
        }

        private void ask(Peer voter) {
            member.send(voter, proposal, outcome -> answered(voter, outcome));
        }

        private void answered(Peer voter, Outcome outcome) {
            heard(voter, outcome);
            if (outcome instanceof Reply.Ack) {
                yes.add(voter);
                count();
            }
        }

        /** Asks again after one, two, four, ... heartbeats, so that little piles up for a voter that is away. */
        void askAgain() {
            beats++;
            if (Integer.bitCount(beats) == 1) {
                voters.stream().filter(voter -> !yes.contains(voter)).forEach(this::ask);
            }
        }

        /** A member that has all that is decided could vote: what it was asked, or what it answered, was lost. */
        void askWhoIsReady(Peer voter) {
            if (beats > 1 && voters.contains(voter) && !yes.contains(voter)) {
                ask(voter);
            }
        }

        private void count() {
            if (round.filter(current -> current == this).isPresent() && yes.size() >= quorum) {
                round = Optional.empty();
                decided();
            }
        }

        private void decided() {
            Batch batch = proposal.batch();
            List<Peer> before = member.others();
            telling = true;
            election.decided(batch);
            telling = false;
            noteDecided();
            if (batch.next().isPresent()) {
                tellThoseThatLeave(before);
            }
            proposeNext();
            // Members that are asked for a vote on the next batch hear thereby that this one is decided.
            if (round.isEmpty() && !over) {
                announce();
            }
        }
    }
}
