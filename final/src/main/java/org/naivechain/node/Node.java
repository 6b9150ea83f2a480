package org.naivechain.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Chain;
import org.naivechain.chain.DamagedBlockException;
import org.naivechain.chain.Verdict;
import org.naivechain.consensus.Engine;
import org.naivechain.consensus.majority.BallotBox;
import org.naivechain.consensus.majority.LastVote;
import org.naivechain.consensus.majority.MemoryBallotBox;
import org.naivechain.forks.Forks;
import org.naivechain.forks.Orphans;
import org.naivechain.gossip.Gossip;
import org.naivechain.gossip.GossipCommand;
import org.naivechain.gossip.Seen;
import org.naivechain.ledger.Durability;
import org.naivechain.ledger.KeptBlocks;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.ledger.Membership;
import org.naivechain.ledger.Memberships;
import org.naivechain.ledger.MemoryKeptBlocks;
import org.naivechain.ledger.MemoryMemberships;
import org.naivechain.ledger.MemoryReceipts;
import org.naivechain.ledger.Receipts;
import org.naivechain.ledger.Tip;
import org.naivechain.membership.AgreedParticipation;
import org.naivechain.membership.MemberTable;
import org.naivechain.membership.OpenParticipation;
import org.naivechain.membership.Participation;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.Codec;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.CommandHandler;
import org.naivechain.protocol.Complaints;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.JoinOutcome;
import org.naivechain.protocol.Network;
import org.naivechain.protocol.NodeContext;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerHandler;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerStore;
import org.naivechain.protocol.PeerTable;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Router;
import org.naivechain.protocol.Sender;
import org.naivechain.protocol.Time;
import org.naivechain.protocol.Vocabulary;
import org.naivechain.repair.Repair;
import org.naivechain.sync.BlocksHandler;
import org.naivechain.sync.CatchUp;
import org.naivechain.sync.PagedTransfer;
import org.naivechain.sync.SyncCommand;
import org.slf4j.Logger;

/**
 * A node without sockets, threads, or clocks: it reaches the world through ports. With real ones it is the real node; with
 * virtual ones whole networks of it run in one thread. Only the thread that made it may use it.
 */
public final class Node implements CommandHandler<Command> {
    /** The one thread that may touch a node's state. */
    private final Thread owner = Thread.currentThread();

    private final Ledger ledger;
    private final KeptChain chain;
    private final PeerTable peers;
    private final Durability durability;
    private final Engine engine;
    private final PeerTable.Rules tableRules;
    private final Participation participation;
    private final Router router;
    private final Gossip gossip;
    private final CatchUp catchUp;
    private final Time time;
    private final Repair repair;

    /**
     * A node that stands alone until it joins or is joined.
     *
     * @param stores what it keeps; an empty store of blocks is given the genesis block
     * @param loggers makes the logger of a part of the node, by the part's name
     */
    public Node(Peer self, Stores stores, Ports ports, EngineFactory engines, Function<String, Logger> loggers) {
        Logger log = loggers.apply("PROTOCOL_PROCESSOR");
        log.info("Initializing protocol processor");
        time = ports.time();
        chain = KeptChain.over(stores.blocks(), engines.rules(time));
        peers = new PeerTable(self, stores.peers(), this::objection);
        durability = stores.durability();
        ledger = new Ledger(chain, stores.receipts(), stores.memberships());
        LedgerContext context = new LedgerContext(
                new NodeContext(chain, peers, ports.network(), time, log), ledger, durability, ports.random());
        catchUp = new CatchUp(context, this::rejoin, this::isAskedForBlocks);
        engine = engines.create(context, catchUp, stores.ballots());
        tableRules = engine.amendments().isPresent() ? new MemberTable() : PeerTable.Rules.OPEN;
        PagedTransfer transfer = new PagedTransfer(context, engine.amendments().isPresent());
        participation = engine.amendments()
                .<Participation>map(votes -> new AgreedParticipation(context, catchUp, transfer, votes))
                .orElseGet(() -> new OpenParticipation(context, catchUp, transfer, engine::examine));
        PeerHandler peerHandler =
                new PeerHandler(context.node(), participation.policy(), transfer, participation.joining(), engine);
        Logger gossipLog = loggers.apply("GOSSIP");
        gossip = new Gossip(
                self,
                new HeardNodes(context, engine, catchUp, peerHandler),
                new Gossip.Ports(
                        ports.network(), time, ports.random(), gossipLog, new Complaints(gossipLog, time::now)));
        List<Vocabulary.Installed<?>> installed = new ArrayList<>();
        installed.add(PeerCommand.VOCABULARY.handledBy(whenDurable(peerHandler)));
        installed.add(SyncCommand.VOCABULARY.handledBy(new BlocksHandler(context)));
        installed.add(GossipCommand.VOCABULARY.handledBy(gossip));
        installed.addAll(engine.handlers());
        router = new Router(installed);
        repair = new Repair(context, catchUp);
        LastVote.regain(ledger, stores.ballots());
        if (engine.canFork()) {
            Forks forks = new Forks(context, catchUp, stores.orphans(), engine::addAgain);
            catchUp.whenDiffering(forks::suspect);
            transfer.settleForks(forks::settle);
            repair.otherwise(branch -> forks.replace(branch.blocks(), branch.keys(), branch.peer()));
            time.after(Duration.ZERO, forks::begin);
        } else {
            catchUp.whenDiffering(repair::differs);
        }
        if (chain.lostEnd().isPresent()) {
            time.after(Duration.ZERO, repair::begin);
        }
    }

    /** A ping is answered at once: the answer rests on nothing that is written. */
    private CommandHandler<PeerCommand> whenDurable(PeerHandler handler) {
        return (sender, command, answer) -> handler.receive(
                sender,
                command,
                command instanceof PeerCommand.Ping
                        ? answer
                        : reply -> durability.whenDurable(() -> answer.accept(reply)));
    }

    private Optional<String> objection(Peer peer, List<Peer> known) {
        return tableRules.objection(peer, known);
    }

    private void rejoin(Peer original, Runnable then) {
        participation.joining().join(original, outcome -> then.run());
    }

    private boolean isAskedForBlocks(Peer peer) {
        return peer.runsThisProgram() || engine.canFork();
    }

    /** {@return what reads and writes the frames that this node understands; see {@link Router#codec}} */
    public Codec codec() {
        return router.codec();
    }

    /** What a node needs of the world. */
    public record Ports(Network network, Time time, RandomGenerator random) {}

    /** What a node keeps in one place; the durability tells when a write to any of it is durable. */
    public record Stores(
            KeptBlocks blocks,
            Receipts receipts,
            Memberships memberships,
            BallotBox ballots,
            PeerStore peers,
            Durability durability,
            Orphans orphans) {
        /** Stores whose orphans are forgotten when the program ends; an engine that never forks needs none. */
        public Stores(
                KeptBlocks blocks,
                Receipts receipts,
                Memberships memberships,
                BallotBox ballots,
                PeerStore peers,
                Durability durability) {
            this(blocks, receipts, memberships, ballots, peers, durability, Orphans.inMemory());
        }

        /** {@return empty stores that are forgotten when the program ends} */
        public static Stores inMemory() {
            return new Stores(
                    new MemoryKeptBlocks(),
                    new MemoryReceipts(),
                    new MemoryMemberships(),
                    new MemoryBallotBox(),
                    PeerStore.inMemory(),
                    Durability.NONE);
        }
    }

    /** Handles a command by what is installed for it; a command that needs a damaged block is refused. */
    @Override
    public void receive(Sender sender, Command command, Consumer<Reply> answer) {
        checkThread();
        try {
            router.receive(sender, command, answer);
        } catch (DamagedBlockException e) {
            answer.accept(new Reply.Refusal("damaged here: " + e.getMessage()));
        }
    }

    /** Has data added to the chain of every member; the outcome comes exactly once, now or later. */
    public void add(BlockData data, Consumer<AddOutcome> then) {
        add(data, Optional.empty(), then);
    }

    /** Adds as {@link #add(BlockData, Consumer)} does, once, however often this is called with the same key. */
    public void add(BlockData data, Optional<IdempotencyKey> key, Consumer<AddOutcome> then) {
        checkThread();
        Optional<String> endIsLost = ledger.endIsLost();
        if (endIsLost.isPresent()) {
            then.accept(new AddOutcome.NotAdded(endIsLost.get() + "; the data was not added, ask another node"));
            return;
        }
        try {
            engine.add(data, key, then);
        } catch (DamagedBlockException e) {
            // The block that was added with the key.
            then.accept(new AddOutcome.Unknown(
                    "damaged here, ask another node with the same Idempotency-Key: " + e.getMessage()));
        }
    }

    /**
     * Becomes a member of the network of another node, and takes over its chain and its peers.
     *
     * @param id the node that is expected there; required to join a node of the original
     */
    public void join(PeerAddress at, Optional<PeerId> id, Consumer<JoinOutcome> then) {
        checkThread();
        participation.join(at, id, then);
    }

    /**
     * Joins as {@link #join} does, and tries again until it has joined or cannot.
     *
     * @param then told the outcome of the first attempt, and the final one; so it may be told twice
     */
    public void keepJoining(PeerAddress at, Optional<PeerId> id, Consumer<JoinOutcome> then) {
        checkThread();
        participation.keepJoining(at, id, then);
    }

    /** Sets who is told how it goes when missing blocks are fetched. */
    public void watchCatchUp(CatchUp.Progress progress) {
        checkThread();
        catchUp.watch(progress);
    }

    /** Begins a network of its own, if it belongs to none. */
    public void found() {
        checkThread();
        participation.found();
    }

    /** Joins its network anew, through the peers that it knows, if the members are agreed on and it is none of them. */
    public void comeHome() {
        checkThread();
        participation.comeHome();
    }

    /**
     * Removes a peer that has gone for good: a member by agreement; a node of the original, on which nothing depends, from this
     * node's table alone.
     *
     * @param then told an acknowledgement when it is no member any more, or a refusal
     */
    public void evict(Peer peer, Consumer<Reply> then) {
        checkThread();
        participation.evict(peer, then);
    }

    /**
     * Removes this node from the members, so that they need not wait for it when it has stopped.
     *
     * @param then told an acknowledgement when it is no member any more, or a refusal
     */
    public void leave(Consumer<Reply> then) {
        checkThread();
        participation.leave(then);
    }

    /** {@return whether this node has, or had, a network with others, and need not join one} */
    public boolean isSettled() {
        checkThread();
        return participation.isSettled();
    }

    /** {@return where the other members call this node, if that is not where it is} */
    public Optional<PeerAddress> calledAt() {
        checkThread();
        return ledger.membership()
                .find(self().id())
                .map(Peer::address)
                .filter(address -> !address.equals(self().address()));
    }

    /** {@return whether this node is a member, as far as it knows; always true where the members are not agreed on} */
    public boolean isMember() {
        checkThread();
        return participation.isMember();
    }

    /** {@return the voters; {@link Membership#NONE} if they are not agreed on, or this node has not heard of them} */
    public Membership membership() {
        checkThread();
        return ledger.membership();
    }

    /**
     * Begins to look for other nodes, and to tell which of them are there.
     *
     * @param contacts where some may listen, beside the peers that it knows; they are called until they answer
     */
    public void begin(List<PeerAddress> contacts) {
        checkThread();
        contacts.stream().filter(this::mayGossip).forEach(gossip::contact);
        gossip.begin();
    }

    private boolean mayGossip(PeerAddress address) {
        return peers.peers().stream()
                .noneMatch(peer -> !peer.runsThisProgram() && peer.address().equals(address));
    }

    /** Tells a few others that this node stops, so that they need not find out; then calls back once, soon in any case. */
    public void goodbye(Runnable then) {
        checkThread();
        gossip.goodbye(then);
    }

    /** {@return the other nodes of this program that this one has heard of, a copy, members or not} */
    public List<Seen> seen() {
        checkThread();
        return gossip.seen();
    }

    /** {@return how the members agree: the name that users see} */
    public String engine() {
        return engine.name();
    }

    /** {@return how many nodes have a vote, this one included; 0 if this node does not know yet} */
    public int members() {
        checkThread();
        return participation.members();
    }

    /** {@return the node that proposes blocks now, if the engine has one and it is known} */
    public Optional<PeerId> proposer() {
        checkThread();
        return engine.proposer();
    }

    /** Sets who is told if what this node keeps turns out to be an old copy; see {@link Engine#whenOutdated}. */
    public void whenOutdated(Consumer<String> then) {
        checkThread();
        engine.whenOutdated(then);
    }

    /** Ends every add that is under way, for a reason, and refuses further ones; only {@link #goodbye} may follow. */
    public void stop(String reason) {
        checkThread();
        engine.stop(reason);
    }

    /** {@return this node's id and address} */
    public Peer self() {
        return peers.self();
    }

    /** {@return the other members that this node knows, a copy} */
    public List<Peer> peers() {
        checkThread();
        return peers.peers();
    }

    /** {@return the last block, as this node appended it, even if it is damaged in the store} */
    public Block head() {
        checkThread();
        return chain.head();
    }

    /** {@return how many blocks the chain has: at least 1, for the genesis block} */
    public long length() {
        checkThread();
        return chain.length();
    }

    /** {@return the end that the chain has lost in its store, until it is fetched from others} */
    public Optional<Tip> lostEnd() {
        checkThread();
        return chain.lostEnd();
    }

    /**
     * Tries to replace damaged blocks by those of peers; see {@link Repair#mend}.
     *
     * @param then told, later, from where on the chain is to be verified again, or nothing if no peer could help
     */
    public void mend(Verdict.Fault fault, Consumer<OptionalLong> then) {
        checkThread();
        repair.mend(fault, then);
    }

    /** {@return up to a page of blocks from an index on, which is not negative; see {@link Chain#page(long, int)}} */
    public List<Block> page(long from, int limit) {
        checkThread();
        return chain.page(from, limit);
    }

    private void checkThread() {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("this belongs to the thread " + owner.getName() + ", not to "
                    + Thread.currentThread().getName());
        }
    }
}
