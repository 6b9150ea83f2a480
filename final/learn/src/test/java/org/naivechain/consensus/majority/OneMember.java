package org.naivechain.consensus.majority;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.function.Consumer;
import org.naivechain.blocks.BlockData;
import org.naivechain.ledger.Addition;
import org.naivechain.ledger.Batch;
import org.naivechain.ledger.Durability;
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
import org.naivechain.protocol.NodeContext;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerStore;
import org.naivechain.protocol.PeerTable;
import org.naivechain.protocol.Reply;
import org.naivechain.simulation.VirtualTime;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/** The member "self" of a network, on a clock that the check moves; what it asks the others waits for the check to answer. */
final class OneMember {
    record Asked(PeerAddress to, Command command, Consumer<Outcome> then) {}

    private static final Duration LONGER_THAN_A_PROPOSER_IS_WAITED_FOR = Duration.ofSeconds(2);
    private static final long RUN = 7;

    final List<Peer> others = new ArrayList<>();
    final List<Asked> asked = new ArrayList<>();
    final Queue<Runnable> whenCaughtUp = new ArrayDeque<>();
    final VirtualTime time = new VirtualTime();
    final Ledger ledger =
            new Ledger(KeptChain.over(new MemoryKeptBlocks()), new MemoryReceipts(), new MemoryMemberships());
    final MemoryBallotBox box;
    final LedgerContext context;
    final MajorityVote engine;

    OneMember(int members) {
        this(members, new MemoryBallotBox(), Durability.NONE);
    }

    OneMember(int members, MemoryBallotBox box, Durability durability) {
        this(members, box, durability, NOPLogger.NOP_LOGGER);
    }

    OneMember(int members, MemoryBallotBox box, Durability durability, Logger log) {
        this.box = box;
        PeerTable peers = new PeerTable(peer("self", 15001), PeerStore.inMemory(), new MemberTable());
        for (int i = 1; i < members; i++) {
            others.add(peer("p" + i, 15001 + 2 * i));
        }
        others.forEach(peers::register);
        Network network = this::send;
        context = new LedgerContext(
                new NodeContext(ledger.chain(), peers, network, time, log), ledger, durability, new Random(1));
        engine = new MajorityVote(context, whenCaughtUp::add, box, 2);
    }

    /** Whoever is called back is the one that asked, and knows nothing of this member. */
    private void send(PeerAddress to, Command command, Consumer<Outcome> then) {
        if (command instanceof BallotCommand.Identify) {
            PeerId there = others.stream()
                    .filter(other -> other.address().equals(to))
                    .findFirst()
                    .orElseThrow()
                    .id();
            then.accept(new BallotReply.Identified(there, RUN, Position.START));
        } else {
            asked.add(new Asked(to, command, then));
        }
    }

    static Peer peer(String id, int port) {
        return new Peer(new PeerId(id), new PeerAddress("127.0.0.1", port));
    }

    static Ballot ballot(long round, String proposer) {
        return new Ballot(round, new PeerId(proposer));
    }

    static Addition addition(String key, String text) {
        return new Addition(IdempotencyKey.ofClient(key.replace(" ", "-")), BlockData.of(text));
    }

    /** Blocks with these texts, to follow the chain. */
    Batch next(String... texts) {
        return new Batch(
                ledger.position(),
                ledger.chain().head().hash(),
                List.of(texts).stream().map(text -> addition(text, text)).toList());
    }

    /** Hands it a command of another member. */
    void receive(BallotCommand command, Consumer<Reply> answer) {
        engine.voting.receive(() -> "127.0.0.1", command, answer);
    }

    static BallotCommand.Prepare prepare(Ballot ballot, Position position) {
        return new BallotCommand.Prepare(ballot, position, Optional.of(RUN));
    }

    /** Lets time pass until it stands as a candidate; its questions for promises are left to answer. */
    List<Asked> stand() {
        time.advance(LONGER_THAN_A_PROPOSER_IS_WAITED_FOR);
        List<Asked> prepares = taken(BallotCommand.Prepare.class);
        return prepares.subList(prepares.size() - others.size(), prepares.size());
    }

    /** What a member promises that has voted for nothing. */
    BallotReply.Promised promise() {
        return new BallotReply.Promised(ledger.position(), Optional.empty());
    }

    BallotReply.Promised promise(Ballot ballot, Batch batch) {
        return new BallotReply.Promised(batch.start(), Optional.of(new Vote(ballot, batch)));
    }

    /** Has a user add a text. */
    void add(String text, Consumer<AddOutcome> then) {
        engine.add(BlockData.of(text), Optional.of(IdempotencyKey.ofClient(text.replace(" ", "-"))), then);
        time.advance(Duration.ofMillis(1));
    }

    /** Takes what it has asked, of one kind. */
    List<Asked> taken(Class<? extends Command> kind) {
        List<Asked> taken =
                asked.stream().filter(each -> kind.isInstance(each.command())).toList();
        asked.removeAll(taken);
        return taken;
    }

    /** Takes what it proposes: the batch that it asks votes for, or nothing. */
    Optional<Batch> proposed() {
        return taken(BallotCommand.Propose.class).stream()
                .map(each -> ((BallotCommand.Propose) each.command()).batch())
                .reduce((earlier, later) -> later);
    }

    /** The texts of blocks of its chain. */
    List<String> texts() {
        return ledger.chain().page(0, 100).stream()
                .skip(1)
                .map(block -> block.data().text())
                .toList();
    }

    static List<String> texts(Batch batch) {
        return batch.additions().stream().map(each -> each.data().text()).toList();
    }
}
