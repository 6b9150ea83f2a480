package org.naivechain.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.naivechain.ledger.Durability;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.ledger.MemoryKeptBlocks;
import org.naivechain.ledger.MemoryMemberships;
import org.naivechain.ledger.MemoryReceipts;
import org.naivechain.membership.OpenParticipation;
import org.naivechain.membership.Participation;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.JoinOutcome;
import org.naivechain.protocol.NodeContext;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerHandler;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerStore;
import org.naivechain.protocol.PeerTable;
import org.naivechain.protocol.QueueNetwork;
import org.naivechain.protocol.Reply;
import org.naivechain.protocol.Router;
import org.naivechain.protocol.Sender;
import org.slf4j.helpers.NOPLogger;

/** A node on a queue that fetches missing blocks, and lets everybody join. */
final class SyncNode {
    final Peer self;
    final KeptChain chain = KeptChain.over(new MemoryKeptBlocks());
    final PeerTable peers;
    final CatchUp catchUp;
    private final QueueNetwork network;
    private final Participation participation;
    private final Router router;

    SyncNode(QueueNetwork network, String id, int port) {
        this.network = network;
        self = new Peer(new PeerId(id), new PeerAddress("127.0.0.1", port));
        peers = new PeerTable(self, PeerStore.inMemory());
        LedgerContext context = new LedgerContext(
                new NodeContext(chain, peers, network.from(self), network, NOPLogger.NOP_LOGGER),
                new Ledger(chain, new MemoryReceipts(), new MemoryMemberships()),
                Durability.NONE,
                new Random(1));
        catchUp = new CatchUp(context, this::rejoin, peer -> true);
        PagedTransfer transfer = new PagedTransfer(context, false);
        participation = new OpenParticipation(context, catchUp, transfer, (at, then) -> then.accept(Optional.empty()));
        PeerHandler handler =
                new PeerHandler(context.node(), participation.policy(), transfer, participation.joining(), null);
        router = new Router(List.of(
                PeerCommand.VOCABULARY.handledBy(handler),
                SyncCommand.VOCABULARY.handledBy(new BlocksHandler(context))));
        network.nodes.put(self.address(), router);
    }

    static QueueNetwork network() {
        return new QueueNetwork(PeerCommand.VOCABULARY, SyncCommand.VOCABULARY);
    }

    private void rejoin(Peer original, Runnable then) {
        participation.joining().join(original, outcome -> then.run());
    }

    void receive(Sender sender, Command command, Consumer<Reply> answer) {
        router.receive(sender, command, answer);
    }

    void join(PeerAddress at, Optional<PeerId> id, Consumer<JoinOutcome> then) {
        participation.join(at, id, then);
    }

    JoinOutcome join(SyncNode other) {
        List<JoinOutcome> outcomes = new ArrayList<>();
        join(other.self.address(), Optional.of(other.self.id()), outcomes::add);
        network.run();
        return outcomes.get(0);
    }
}
