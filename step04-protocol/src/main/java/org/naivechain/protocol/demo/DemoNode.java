package org.naivechain.protocol.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.naivechain.blocks.Block;
import org.naivechain.chain.Chain;
import org.naivechain.chain.MemoryBlockStore;
import org.naivechain.protocol.ChainTransfer;
import org.naivechain.protocol.Codec;
import org.naivechain.protocol.JoinClient;
import org.naivechain.protocol.JoinOutcome;
import org.naivechain.protocol.JoinPolicy;
import org.naivechain.protocol.Network;
import org.naivechain.protocol.NodeContext;
import org.naivechain.protocol.OpenPolicy;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerHandler;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerStore;
import org.naivechain.protocol.PeerTable;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Router;
import org.naivechain.protocol.Time;
import org.naivechain.protocol.Voter;
import org.naivechain.protocol.WholeChain;
import org.naivechain.protocol.rpc.Defence;
import org.naivechain.protocol.rpc.RpcClient;
import org.naivechain.protocol.rpc.RpcServer;
import org.naivechain.websocket.Gate;
import org.naivechain.websocket.Limits;
import org.slf4j.helpers.NOPLogger;

/**
 * A whole node of this step on real sockets: it joins others, lets others join, and copies chains. How nodes agree on new blocks
 * comes with the finished node. Any thread may use it; its state belongs to a thread of its own.
 */
public final class DemoNode implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(Network.REPLY_SECONDS);

    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);
    private final RpcServer server;
    private final RpcClient client;
    private final NodeContext context;
    private final JoinClient joining;
    private final Codec codec;

    /**
     * A node that answers, and stands alone until it joins or is joined.
     *
     * @param port where it listens on this machine; 0 takes any free one
     * @throws IOException if the port cannot be bound
     */
    public DemoNode(PeerId id, int port, Defence watch) throws IOException {
        // Tasks that come after the end are dropped.
        thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        server = new RpcServer(new InetSocketAddress("127.0.0.1", port), Limits.DEFAULT, Gate.OPEN, watch);
        Time clock = new SystemTime();
        client = new RpcClient(this::codec, Limits.DEFAULT, thread, clock, PATIENCE, Gate.OPEN, watch);
        // It speaks like the original: it says neither its length nor that it has a vote.
        Peer self = new Peer(id, new PeerAddress("127.0.0.1", server.port()), Peer.Kind.ORIGINAL);
        PeerTable peers = new PeerTable(self, PeerStore.inMemory());
        context = new NodeContext(Chain.over(new MemoryBlockStore()), peers, client, clock, NOPLogger.NOP_LOGGER);
        JoinPolicy policy = new OpenPolicy(context);
        ChainTransfer transfer = new WholeChain(context);
        joining = new JoinClient(context, policy, transfer);
        Router router = new Router(List.of(PeerCommand.VOCABULARY.handledBy(
                new PeerHandler(context, policy, transfer, joining, new Abstaining()))));
        codec = router.codec();
        server.start(codec, router, thread);
    }

    private Codec codec() {
        return codec;
    }

    /** {@return this node's id and address} */
    public Peer self() {
        return context.peers().self();
    }

    /** Asks or changes what belongs to the node's thread; the answer comes later. */
    public <T> CompletableFuture<T> ask(Function<NodeContext, T> question) {
        return CompletableFuture.supplyAsync(() -> question.apply(context), thread);
    }

    /** Joins the network of another node; the outcome comes later. */
    public CompletableFuture<JoinOutcome> join(PeerAddress at, Optional<PeerId> id) {
        CompletableFuture<JoinOutcome> outcome = new CompletableFuture<>();
        thread.execute(() -> joining.join(at, id, outcome::complete));
        return outcome;
    }

    /** Waits until this node knows so many others. */
    public void untilItKnows(int others) {
        while (ask(node -> node.peers().peers().size()).join() < others) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        server.close();
        client.close();
        thread.shutdownNow();
    }

    private final class SystemTime implements Time {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public Timer after(Duration delay, Runnable action) {
            Future<?> call = thread.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
            return () -> call.cancel(false);
        }
    }

    private static final class Abstaining implements Voter {
        private static final Reply NO_VOTE = new Reply.Refusal("this node does not vote");

        @Override
        public Reply vote(Block block) {
            return NO_VOTE;
        }

        @Override
        public Reply commit(PeerCommand.AddBlock commit) {
            return NO_VOTE;
        }

        @Override
        public Reply confirm(Block block) {
            return NO_VOTE;
        }
    }
}
