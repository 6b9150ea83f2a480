package org.naivechain.consensus.majority;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Chain;
import org.naivechain.ledger.Addition;
import org.naivechain.ledger.Batch;
import org.naivechain.ledger.Contexts;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.ledger.MemoryKeptBlocks;
import org.naivechain.ledger.MemoryMemberships;
import org.naivechain.ledger.MemoryReceipts;
import org.naivechain.ledger.Position;
import org.naivechain.membership.MemberTable;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Network;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerStore;
import org.naivechain.protocol.PeerTable;
import org.naivechain.protocol.Reply;
import org.naivechain.simulation.Trace;
import org.naivechain.simulation.VirtualTime;

/** One of three members, which is asked by the other two, and what it asks them. */
abstract class OneOfThree {
    static final IdempotencyKey ONE = IdempotencyKey.ofClient("one");
    static final IdempotencyKey TWO = IdempotencyKey.ofClient("two");
    static final Peer P1 = peer("p1", 16001);
    static final Peer P2 = peer("p2", 16002);
    /** Which run of a member's program answers when it is called back. */
    static final long RUN = 7;

    static final Outcome SILENCE_THERE = new Outcome.Silence("Connection refused");
    /** Longer than a member waits for a proposer. */
    static final Duration SILENCE = Duration.ofSeconds(2);

    record Asked(PeerAddress to, Command command, Consumer<Outcome> then) {}

    final Queue<Asked> asked = new ArrayDeque<>();
    /** What answers where a member is called back; nobody, if it is taken out. */
    final Map<PeerAddress, Outcome> identities = new HashMap<>(Map.of(
            P1.address(), new BallotReply.Identified(P1.id(), RUN, Position.START),
            P2.address(), new BallotReply.Identified(P2.id(), RUN, Position.START)));

    /** Whether calls back wait among what was asked. */
    boolean identitiesAreLate;

    final Network network = (to, command, then) -> {
        if (command instanceof BallotCommand.Identify && !identitiesAreLate) {
            then.accept(identities.getOrDefault(to, SILENCE_THERE));
        } else {
            asked.add(new Asked(to, command, then));
        }
    };
    final VirtualTime time = new VirtualTime();
    final Trace trace = new Trace(time, true);
    final Ledger ledger =
            new Ledger(KeptChain.over(new MemoryKeptBlocks()), new MemoryReceipts(), new MemoryMemberships());
    final Chain chain = ledger.chain();
    final PeerTable peers = new PeerTable(peer("self", 15001), PeerStore.inMemory(), new MemberTable());
    final MemoryBallotBox box = new MemoryBallotBox();
    final Queue<Runnable> whenCaughtUp = new ArrayDeque<>();
    final List<AddOutcome> outcomes = new ArrayList<>();
    final MajorityVote engine = engine();

    MajorityVote engine() {
        peers.register(P1);
        peers.register(P2);
        LedgerContext context = Contexts.of(ledger, peers, network, time, trace.logger("self"));
        return new MajorityVote(context, whenCaughtUp::add, box, 2);
    }

    /** What the member answers at once. */
    Reply ask(BallotCommand command) {
        return ask(engine, command);
    }

    static Reply ask(MajorityVote node, BallotCommand command) {
        List<Reply> replies = new ArrayList<>();
        node.voting.receive(() -> "127.0.0.1", command, replies::add);
        assertThat(replies).hasSize(1);
        return replies.get(0);
    }

    void ask(BallotCommand command, Consumer<Reply> then) {
        engine.voting.receive(() -> "127.0.0.1", command, then);
    }

    static BallotCommand.Prepare prepare(long round, Peer candidate, long run) {
        return new BallotCommand.Prepare(ballot(round, candidate), new Position(1, 1), Optional.of(run));
    }

    static BallotCommand.Decide decision(Ballot ballot) {
        return new BallotCommand.Decide(ballot, new Position(1, 1), Block.GENESIS.hash());
    }

    static Ballot self(long round) {
        return new Ballot(round, new PeerId("self"));
    }

    void becomeProposer(Reply promise) {
        time.advance(SILENCE);
        Asked prepare = asked.stream()
                .filter(each -> each.command() instanceof BallotCommand.Prepare)
                .reduce((earlier, later) -> later)
                .orElseThrow();
        asked.clear();
        prepare.then().accept(promise);
    }

    List<BallotCommand.Propose> proposals() {
        return asked.stream()
                .map(Asked::command)
                .filter(BallotCommand.Propose.class::isInstance)
                .map(BallotCommand.Propose.class::cast)
                .toList();
    }

    Batch next(Addition... additions) {
        return new Batch(new Position(chain.length(), 1), chain.head().hash(), List.of(additions));
    }

    static BallotCommand.Decide decided(Ballot ballot, Batch batch) {
        List<Block> blocks = batch.blocks();
        return new BallotCommand.Decide(
                ballot, batch.end(), blocks.get(blocks.size() - 1).hash());
    }

    static Addition wish(IdempotencyKey key, String text) {
        return new Addition(key, BlockData.of(text));
    }

    static Ballot ballot(long round, Peer proposer) {
        return new Ballot(round, proposer.id());
    }

    static Peer peer(String id, int port) {
        return new Peer(new PeerId(id), new PeerAddress("127.0.0.1", port));
    }
}
