package org.naivechain.node;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.naivechain.consensus.NaiveVote;
import org.naivechain.protocol.JoinOutcome;
import org.naivechain.protocol.Network;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.rpc.RpcClient;
import org.naivechain.websocket.Limits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running node: its logic on a thread of its own, wired to WebSockets, HTTP, and the system clock. */
public final class LiveNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("BLOCKCHAIN");
    private static final int JOIN_SECONDS = 60;

    private final EventLoop loop = new EventLoop("node");
    private final Instant started = Instant.now();
    private final BoundPorts ports;
    private final RpcClient client;
    private final Node node;
    private boolean closed;

    private LiveNode(NodeOptions options, BoundPorts ports) {
        this.ports = ports;
        SecureRandom random = new SecureRandom();
        client = new RpcClient(Limits.DEFAULT, loop, loop, Duration.ofSeconds(Network.REPLY_SECONDS));
        LOG.info("Initializing protocol processing");
        PeerAddress address =
                Names.resolve(new PeerAddress(options.host(), ports.rpc().port()));
        Peer self = new Peer(PeerId.random(random), address);
        node = CompletableFuture.supplyAsync(
                        () -> new Node(
                                self,
                                Node.Stores.inMemory(),
                                new Node.Ports(client, loop, random),
                                (surroundings, behind, box) -> new NaiveVote(surroundings, behind, options.minNodes()),
                                LoggerFactory::getLogger),
                        loop)
                .join();
    }

    /**
     * Starts a node and, if it is to join a network, waits until it has.
     *
     * @param options how to start it
     * @return the node, answering on both ports
     * @throws StartFailure if a port cannot be bound or the network cannot be joined; nothing is left running then
     */
    public static LiveNode start(NodeOptions options) throws StartFailure {
        if (options.peer().isPresent()
                && Names.isLoopback(options.host())
                && !Names.isLoopback(options.peer().get().host())) {
            throw new StartFailure("the node at " + options.peer().get() + " could not call this one back at "
                    + options.host() + "; bind an address of this machine that it can reach, with --host");
        }
        LOG.info("Setting up naive chain server");
        LOG.info("Initializing websocket RPC");
        LiveNode node = new LiveNode(options, BoundPorts.bind(options.host(), options.port()));
        try {
            node.run(options);
            return node;
        } catch (StartFailure | RuntimeException e) {
            node.close();
            throw e;
        }
    }

    private void run(NodeOptions options) throws StartFailure {
        ports.rpc().start(node, loop);
        if (!Names.isLoopback(options.host())) {
            LOG.warn(
                    "Bound to {}, which others can reach, and there is no key: do so only where you trust everyone",
                    options.host());
        }
        LOG.info("Node {} live on {}", node.self().id(), node.self().address());
        if (options.peer().isPresent()) {
            LOG.info("Peer discovered");
            join(options);
        } else {
            LOG.info("No peer specified. Initializing genesis block for standalone operation");
        }
        ports.http().start(new LoopedNodeService(node, loop, started));
    }

    private void join(NodeOptions options) throws StartFailure {
        LOG.info("Initializing data sync with peer");
        CompletableFuture<JoinOutcome> outcome = new CompletableFuture<>();
        PeerAddress member = Names.resolve(options.peer().orElseThrow());
        loop.execute(() -> node.join(member, options.peerId(), outcome::complete));
        try {
            if (outcome.get(JOIN_SECONDS, TimeUnit.SECONDS) instanceof JoinOutcome.NotJoined notJoined) {
                throw new StartFailure(notJoined.reason());
            }
        } catch (TimeoutException e) {
            throw new StartFailure("the peer at " + options.peer().orElseThrow() + " did not finish the join within "
                    + JOIN_SECONDS + " s");
        } catch (InterruptedException | ExecutionException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while joining");
        }
    }

    /**
     * The port of the WebSocket listener; HTTP is on the next one.
     *
     * @return the port, never 0
     */
    public int port() {
        return ports.rpc().port();
    }

    /**
     * The node's id.
     *
     * @return a random id
     */
    public PeerId id() {
        return node.self().id();
    }

    /** Stops in good order: ends the adds under way, answers what was asked, closes the ports. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        CompletableFuture.runAsync(() -> node.stop("this node is shutting down"), loop)
                .join();
        ports.close();
        client.close();
        loop.close();
        LOG.info("Node {} stopped", node.self().id());
    }
}
