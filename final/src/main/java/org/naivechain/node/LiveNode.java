package org.naivechain.node;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.naivechain.chain.DamagedBlockException;
import org.naivechain.chain.Verdict;
import org.naivechain.defence.NetworkGate;
import org.naivechain.defence.NetworkKey;
import org.naivechain.defence.PeerDefence;
import org.naivechain.defence.RateLimits;
import org.naivechain.protocol.Codec;
import org.naivechain.protocol.JoinOutcome;
import org.naivechain.protocol.Network;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.rpc.Defence;
import org.naivechain.protocol.rpc.RpcClient;
import org.naivechain.storage.DataDirectory;
import org.naivechain.storage.GroupCommit;
import org.naivechain.storage.StorageException;
import org.naivechain.storage.StorageFailure;
import org.naivechain.sync.SyncCommand;
import org.naivechain.websocket.Limits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running node: its logic on a thread of its own, wired to WebSockets, HTTP, a file, and the system clock. */
public final class LiveNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("BLOCKCHAIN");
    /** How long HTTP waits for the join, so that a user who joins sees that first; later the chain can be read meanwhile. */
    private static final int HTTP_SECONDS = 1;

    /** How long the start waits for the join; one that takes longer goes on. */
    private static final int JOIN_SECONDS = 10;

    private static final JoinOutcome STILL_JOINING = JoinOutcome.NotJoined.yet("still joining");
    private static final Reply NO_MAJORITY = new Reply.Refusal("no majority of those who stay has answered");
    private static final int LEAVE_SECONDS = 4;
    private static final int GOODBYE_SECONDS = 2;
    /** How long what nobody waits for may stay undurable. */
    private static final Duration FLUSH = Duration.ofMillis(50);

    private final EventLoop loop = new EventLoop("node", this::storageFailed);
    private final StorageLock storage = new StorageLock(loop);
    private final MiningThreads miner;
    private final CompletableFuture<Optional<String>> ended = new CompletableFuture<>();
    private final SecureRandom random = new SecureRandom();
    private final Instant started = Instant.now();
    private final NodeOptions options;
    private final Optional<NetworkKey> key;
    private final Defence defence;
    private final Profile profile;
    private final FetchProgress fetching =
            new FetchProgress(all -> ChainProgress.onStderr(ChainProgress.Task.FETCH, all));
    private final BoundPorts ports;
    private final Optional<DataDirectory> directory;
    private final RpcClient client;
    private Codec codec;
    private final Node node;
    private final HealthCheck health;
    private volatile boolean broken;
    private volatile boolean isEnding;
    private volatile boolean isOutdated;
    private boolean closed;

    private LiveNode(
            NodeOptions options,
            Optional<NetworkKey> key,
            Defence defence,
            BoundPorts ports,
            Optional<DataDirectory> directory)
            throws StartFailure {
        this.key = key;
        this.defence = defence;
        this.options = options;
        this.miner = new MiningThreads(options.mining().threads(), loop);
        this.profile = new Profile(options.profiled());
        this.ports = ports;
        this.directory = directory;
        client = new RpcClient(
                () -> codec,
                Limits.DEFAULT,
                loop,
                loop,
                Duration.ofSeconds(Network.REPLY_SECONDS),
                new NetworkGate(key),
                defence);
        LOG.info("Initializing protocol processing");
        try {
            node = onLoop(this::newNode);
            health = onLoop(() -> new HealthCheck(node, loop, LOG));
            Verdict found = directory.isPresent() ? verify(directory.get().file()) : Verdict.SOUND;
            loop.execute(() -> {
                health.begin(found);
                node.watchCatchUp(fetching);
                node.whenOutdated(this::beginAnew);
            });
        } catch (RuntimeException | StartFailure e) {
            miner.close();
            client.close();
            loop.close();
            throw e;
        }
    }

    private Verdict verify(Path file) throws StartFailure {
        long length = onLoop(node::length);
        try (ChainProgress progress = ChainProgress.onStderr(ChainProgress.Task.VERIFY, length)) {
            return new WholeChainCheck(WholeChainCheck.of(file), engines().rules(loop)).run(length, progress);
        } catch (StorageException e) {
            throw new StartFailure(e.getMessage() + " with --data-dir");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while verifying the chain");
        }
    }

    private Node newNode() {
        PeerAddress address = Names.resolve(options.advertise()
                .orElse(new PeerAddress(options.host(), ports.rpc().port())));
        directory.ifPresent(kept -> kept.onLock(storage));
        Optional<GroupCommit> commits =
                directory.map(kept -> kept.commits(loop, since -> profile.record(Profile.Part.SYNC, since)));
        Optional<PeerId> known = directory.flatMap(DataDirectory::knownId);
        EngineFactory engines = engines();
        if (known.isPresent()) {
            checkRules(directory.orElseThrow(), engines.inWords());
        }
        PeerId id = known.orElseGet(() -> PeerId.random(random));
        Node made = new Node(
                new Peer(id, address),
                commits.map(this::stores).orElseGet(Node.Stores::inMemory),
                new Node.Ports(profile.outgoing(client), loop, random),
                engines,
                LoggerFactory::getLogger);
        // The node sends as soon as it is made, on this thread; the one that starts it sees it only later.
        codec = made.codec();
        commits.ifPresent(this::flush);
        if (known.isPresent()) {
            LOG.info(
                    "Node {} resumes its chain, whose last block is {}, and its {} peers from {}",
                    id,
                    made.head().index(),
                    made.peers().size(),
                    directory.orElseThrow().path());
        } else if (directory.isPresent()) {
            directory.get().own(id, engines.inWords());
            LOG.info("Node {} keeps its chain in {}", id, directory.get().path());
        } else {
            LOG.info("Node {} keeps its chain in memory, and forgets it when it ends", id);
        }
        return made;
    }

    private EngineFactory engines() {
        return options.consensus().engine(options.minNodes(), options.mining(), miner, options.staking());
    }

    private static void checkRules(DataDirectory kept, String rules) {
        String known = kept.rules().orElse(EngineFactory.VOTES);
        if (!known.equals(rules)) {
            throw new IllegalArgumentException("its blocks came about by " + known + ", and this node was told: "
                    + rules + "; give it the same --consensus, --block-seconds, and --stakes, or another --data-dir");
        }
    }

    private Node.Stores stores(GroupCommit commits) {
        DataDirectory kept = directory.orElseThrow();
        return new Node.Stores(
                kept.blocks(),
                kept.receipts(),
                kept.memberships(),
                kept.ballots(),
                kept.peers(),
                commits,
                kept.orphans());
    }

    private void flush(GroupCommit commits) {
        commits.commit();
        loop.after(FLUSH, () -> flush(commits));
    }

    private <T> T onLoop(Supplier<T> question) throws StartFailure {
        try {
            CompletableFuture<T> answer = CompletableFuture.supplyAsync(question, loop);
            CompletableFuture.anyOf(answer, ended).get();
            if (!answer.isDone()) {
                throw new StartFailure("the node was closed while it started");
            }
            return answer.get();
        } catch (ExecutionException e) {
            String reason = e.getCause().getMessage();
            if (e.getCause() instanceof DamagedBlockException || e.getCause() instanceof IllegalArgumentException) {
                throw new StartFailure("cannot start from "
                        + directory.map(kept -> kept.path().toString()).orElse("nothing") + ": " + reason
                        + "; move the directory away, and let the node fetch the chain from its peers");
            }
            throw new StartFailure(reason);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while starting");
        }
    }

    /**
     * Starts a node, which then answers on both ports. If it is to join a network, waits for the first attempt, but for no longer
     * than {@value #JOIN_SECONDS} seconds; then it goes on trying. After {@value #HTTP_SECONDS} second its chain can be read.
     *
     * @throws StartFailure if a port cannot be bound, the data directory cannot be used, or the network cannot be joined;
     *     nothing is left running then
     */
    public static LiveNode start(NodeOptions options) throws StartFailure {
        LiveNode node = open(options);
        node.run();
        return node;
    }

    /**
     * Makes a node that has bound its ports and opened what it keeps, but does not listen before {@link #run}. It can be closed
     * while it starts.
     *
     * @throws StartFailure if a port cannot be bound, or the data directory cannot be used; nothing is left running then
     */
    public static LiveNode open(NodeOptions options) throws StartFailure {
        if (options.peer().isPresent()
                && options.advertise().isEmpty()
                && Names.isLoopback(options.host())
                && !Names.isLoopback(options.peer().get().host())) {
            throw new StartFailure("the node at " + options.peer().get() + " could not call this one back at "
                    + options.host() + "; bind an address of this machine that it can reach, with --host");
        }
        LOG.info(
                "Setting up naive chain server (process {})",
                ProcessHandle.current().pid());
        LOG.info("Initializing websocket RPC");
        Optional<NetworkKey> key = options.networkKeyFile().isPresent()
                ? Optional.of(NetworkKeyFile.read(options.networkKeyFile().get()))
                : Optional.empty();
        Defence defence = new PeerDefence(
                RateLimits.DEFAULT, command -> command instanceof SyncCommand.GetBlocks, System::nanoTime);
        BoundPorts ports = BoundPorts.bind(options, key, defence);
        Optional<DataDirectory> directory = Optional.empty();
        try {
            if (options.dataDirectory().isPresent()) {
                directory = Optional.of(open(options.dataDirectory().get()));
            }
            return new LiveNode(options, key, defence, ports, directory);
        } catch (StartFailure | RuntimeException e) {
            ports.close();
            directory.ifPresent(DataDirectory::close);
            throw e;
        }
    }

    private static DataDirectory open(Path path) throws StartFailure {
        try {
            return DataDirectory.open(path);
        } catch (StorageException e) {
            throw new StartFailure(e.getMessage());
        }
    }

    /**
     * Listens and, if it is to join a network, waits as {@link #start} does. If the node is closed meanwhile, this returns.
     *
     * @throws StartFailure if the network cannot be joined; the node is closed then
     */
    public void run() throws StartFailure {
        try {
            listenAndJoin();
        } catch (StartFailure | RuntimeException e) {
            if (!isEnding) {
                close();
                throw e;
            }
            LOG.debug("the start was broken off", e);
        }
    }

    private void listenAndJoin() throws StartFailure {
        onLoop(node::calledAt)
                .ifPresent(elsewhere -> LOG.warn(
                        "The other members call this node at {}; it is at {} now, and asks them to take it in there. If they"
                                + " cannot agree on that, start it at {} again (-p, --host, --advertise)",
                        elsewhere,
                        node.self().address(),
                        elsewhere));
        ports.rpc()
                .whenFailed(() -> ended.complete(
                        Optional.of("the WebSocket listener failed, and no node could call this one any more")));
        ports.rpc().start(codec, profile.incoming(node), loop);
        if (key.isEmpty() && !Names.isLoopback(options.host())) {
            LOG.warn(
                    "Bound to {}, which others can reach, and there is no key: give all nodes the same"
                            + " --network-key-file, or do so only where you trust everyone",
                    options.host());
        }
        LOG.info("Node {} live on {}", node.self().id(), node.self().address());
        Optional<PeerAddress> peer = options.peer().map(Names::resolve);
        int known = onLoop(() -> node.peers().size());
        boolean settled = onLoop(node::isSettled);
        if (settled) {
            LOG.info("{} peers are known, no need to join", known);
        } else if (known == 0 && peer.isEmpty()) {
            LOG.info(
                    "No peer specified. {}",
                    onLoop(node::length) > 1
                            ? "This node goes on alone with its chain"
                            : "Initializing genesis block for standalone operation");
            loop.execute(node::found);
        }
        Optional<CompletableFuture<JoinOutcome>> joining = Optional.empty();
        if (!settled && peer.isPresent()) {
            LOG.info("Peer discovered");
            joining = Optional.of(join(peer.get()));
            if (await(joining.get(), HTTP_SECONDS).isEmpty()) {
                LOG.info("Still joining; the chain can be read meanwhile");
            }
        } else {
            loop.execute(node::comeHome);
        }
        serveHttp();
        loop.execute(() -> node.begin(peer.stream().toList()));
        if (joining.isPresent()) {
            await(joining.get(), JOIN_SECONDS);
        }
    }

    private synchronized void serveHttp() {
        if (!closed) {
            ports.http().start(new LoopedNodeService(node, storage, started, health, profile));
        }
    }

    /** The outcome of the first attempt, if it comes while the start waits; later ones that are final end the node. */
    private CompletableFuture<JoinOutcome> join(PeerAddress member) {
        LOG.info("Initializing data sync with peer");
        CompletableFuture<JoinOutcome> outcome = new CompletableFuture<>();
        loop.execute(() -> node.keepJoining(member, options.peerId(), told -> {
            boolean first = outcome.complete(told);
            if (!first && told instanceof JoinOutcome.NotJoined missed && !missed.passing()) {
                ended.complete(Optional.of(missed.reason()));
            }
        }));
        ended.thenRun(() -> outcome.complete(STILL_JOINING));
        return outcome.completeOnTimeout(STILL_JOINING, JOIN_SECONDS, TimeUnit.SECONDS);
    }

    private static Optional<JoinOutcome> await(CompletableFuture<JoinOutcome> outcome, int seconds)
            throws StartFailure {
        try {
            JoinOutcome told = outcome.get(seconds, TimeUnit.SECONDS);
            if (told instanceof JoinOutcome.NotJoined missed && !missed.passing()) {
                throw new StartFailure(missed.reason());
            }
            return Optional.of(told);
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException | ExecutionException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while joining");
        }
    }

    /** Under its old id this node would vote as if it had forgotten its votes. */
    private void beginAnew(String reason) {
        LOG.error("This node takes a new id, and joins its network as a new member: {}", reason);
        directory.ifPresent(DataDirectory::disown);
        isOutdated = true;
        endAtOnce(reason);
    }

    /** The node says nothing more. */
    private void endAtOnce(String reason) {
        broken = true;
        ended.complete(Optional.of(reason));
        loop.stopNow();
    }

    /** What cannot be kept must not be promised. */
    private void storageFailed(StorageFailure failure) {
        if (!broken) {
            LOG.error("The node stops: {}", failure.getMessage());
            endAtOnce(failure.getMessage());
        }
    }

    /** {@return the port of the WebSocket listener, never 0; HTTP is on the next one} */
    public int port() {
        return ports.rpc().port();
    }

    /** {@return the node's id: the same at every start from one data directory} */
    public PeerId id() {
        return node.self().id();
    }

    /** Waits until the node ends, and returns why it could not go on, or nothing if it was closed. */
    public Optional<String> awaitEnd() throws InterruptedException {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an end is not an exception", e);
        }
    }

    /** {@return whether the node has ended because what it keeps is an old copy: started again, it takes a new id} */
    public boolean isOutdated() {
        return isOutdated;
    }

    /** Leaves the members, if there are others and a majority agrees, and waits for that, and for a join under way. */
    public void leave() {
        if (broken || isEnding) {
            return;
        }
        isEnding = true;
        if (storage.isBusy()) {
            LOG.warn(
                    "This node stays a member, which the others count as silent until it is back: {}",
                    StorageLock.BUSY);
            return;
        }
        CompletableFuture<Reply> left = new CompletableFuture<>();
        loop.execute(() -> {
            if (node.isMember() && node.membership().size() == 1) {
                // There is nobody to leave.
                left.complete(Reply.ACK);
                return;
            }
            if (node.isMember()) {
                LOG.info("Leaving the network");
            }
            node.leave(left::complete);
        });
        left.completeOnTimeout(NO_MAJORITY, LEAVE_SECONDS, TimeUnit.SECONDS);
        try {
            if (left.get() instanceof Reply.Refusal refusal) {
                LOG.warn("This node may stay a member, which the others count as silent until it is back: {}", refusal);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a refusal is not an exception", e);
        }
    }

    /** Stops in good order: ends the adds under way, answers what was asked, closes the ports. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        isEnding = true;
        miner.close();
        if (storage.isBusy()) {
            loop.stopNow();
        } else if (!broken) {
            CompletableFuture.runAsync(() -> node.stop("this node is shutting down"), loop)
                    .completeOnTimeout(null, GOODBYE_SECONDS, TimeUnit.SECONDS)
                    .join();
            sayGoodbye();
        }
        ports.close();
        client.close();
        loop.close();
        fetching.close();
        directory.ifPresent(broken ? DataDirectory::abandon : LiveNode::release);
        ended.complete(Optional.empty());
        LOG.info("Node {} stopped", node.self().id());
    }

    private void sayGoodbye() {
        CompletableFuture<Void> said = new CompletableFuture<>();
        loop.execute(() -> node.goodbye(() -> said.complete(null)));
        said.completeOnTimeout(null, GOODBYE_SECONDS, TimeUnit.SECONDS).join();
    }

    private static void release(DataDirectory kept) {
        try {
            kept.close();
        } catch (StorageFailure e) {
            LOG.error("What was written last may be lost: {}", e.getMessage());
        }
    }
}
