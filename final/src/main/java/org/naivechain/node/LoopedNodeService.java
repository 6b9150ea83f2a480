package org.naivechain.node;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.gossip.Rumour;
import org.naivechain.gossip.Seen;
import org.naivechain.http.Eviction;
import org.naivechain.http.NodeDetail;
import org.naivechain.http.NodeInfo;
import org.naivechain.http.NodeService;
import org.naivechain.http.PeerDetail;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.JoinOutcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerTable;
import org.naivechain.protocol.Reply;
import org.naivechain.storage.StorageFailure;

/** What the HTTP layer asks of a node, moved to the node's thread. */
final class LoopedNodeService implements NodeService {
    private final Node node;
    private final StorageLock storage;
    private final Instant started;
    private final HealthCheck health;
    private final Profile profile;

    LoopedNodeService(Node node, StorageLock storage, Instant started, HealthCheck health, Profile profile) {
        this.profile = profile;
        this.node = node;
        this.storage = storage;
        this.started = started;
        this.health = health;
    }

    @Override
    public CompletionStage<AddOutcome> add(BlockData data, Optional<IdempotencyKey> key) {
        long since = System.nanoTime();
        return onLoop(answer -> {
            profile.record(Profile.Part.LOOP, since);
            storage.<AddOutcome>change(
                    then -> node.add(data, key, then),
                    outcome -> {
                        profile.record(Profile.Part.ADD, since);
                        answer.accept(outcome);
                    },
                    new AddOutcome.NotAdded(StorageLock.BUSY + "; the data was not added, try again later"),
                    new AddOutcome.Unknown(StorageLock.BUSY + "; the outcome is unknown: the data may still be added."
                            + " Trying again with the same Idempotency-Key is safe"));
        });
    }

    @Override
    public CompletionStage<List<Block>> page(long from, int limit) {
        return ask(() -> node.page(from, limit));
    }

    @Override
    public CompletionStage<NodeDetail> info() {
        return ask(this::infoNow);
    }

    /** A node that is no member counts none: what it last heard of the members is old. */
    private NodeDetail infoNow() {
        int members = node.isMember() ? node.members() : 0;
        return new NodeDetail(
                new NodeInfo(
                        node.self().id(),
                        node.length(),
                        health.verdict().isSound(),
                        node.self().address().port().number(),
                        started),
                node.head().hash(),
                node.engine(),
                members,
                members == 0 ? 0 : PeerTable.quorumOf(members),
                node.proposer());
    }

    @Override
    public CompletionStage<List<Peer>> peers() {
        return ask(node::peers);
    }

    @Override
    public CompletionStage<Map<PeerId, PeerDetail>> peerDetails() {
        return ask(this::peerDetailsNow);
    }

    private Map<PeerId, PeerDetail> peerDetailsNow() {
        Map<PeerId, PeerDetail> details = new LinkedHashMap<>();
        node.peers().forEach(peer -> details.put(peer.id(), unheard(peer, hasVote(peer))));
        node.seen().stream()
                .sorted(Comparator.comparing(seen -> seen.rumour().id().text()))
                .forEach(seen -> details.compute(
                        seen.rumour().id(), (id, known) -> detail(seen, known != null && known.member())));
        return details;
    }

    /** Where the members are agreed on, a node of the original reads along; elsewhere all count. */
    private boolean hasVote(Peer peer) {
        return node.membership().version() == 0 || node.membership().contains(peer.id());
    }

    private static PeerDetail unheard(Peer peer, boolean member) {
        return new PeerDetail(
                peer.address(),
                PeerDetail.State.UNKNOWN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                member);
    }

    private static PeerDetail detail(Seen seen, boolean member) {
        Rumour rumour = seen.rumour();
        return new PeerDetail(
                rumour.address(),
                PeerDetail.State.valueOf(rumour.state().name()),
                Optional.of(rumour.height().length()),
                Optional.of(rumour.height().head()),
                seen.roundTrip(),
                seen.lastSeen(),
                member);
    }

    @Override
    public CompletionStage<JoinOutcome> join(PeerAddress at, Optional<PeerId> id) {
        PeerAddress member = Names.resolve(at);
        return onLoop(answer -> storage.<JoinOutcome>change(
                then -> node.join(member, id, then),
                answer,
                JoinOutcome.NotJoined.yet(StorageLock.BUSY + "; try again later"),
                JoinOutcome.NotJoined.yet(StorageLock.BUSY + "; the outcome is unknown")));
    }

    @Override
    public CompletionStage<Eviction> evict(PeerId id) {
        return onLoop(answer -> {
            Optional<Peer> peer =
                    node.peers().stream().filter(known -> known.id().equals(id)).findFirst();
            if (id.equals(node.self().id())) {
                answer.accept(new Eviction.Refused(id + " is this node: stop it, and it leaves by itself"));
            } else if (peer.isEmpty()) {
                boolean heardOf =
                        node.seen().stream().anyMatch(seen -> seen.rumour().id().equals(id));
                answer.accept(heardOf ? new Eviction.NoMember(id) : new Eviction.NoSuchPeer(id));
            } else {
                storage.<Eviction>change(
                        then -> node.evict(
                                peer.get(),
                                reply -> then.accept(
                                        reply instanceof Reply.Ack
                                                ? new Eviction.Done()
                                                : new Eviction.Refused(reply.toString()))),
                        answer,
                        new Eviction.Refused(StorageLock.BUSY + "; try again later"),
                        new Eviction.Refused(StorageLock.BUSY + "; the outcome is unknown"));
            }
        });
    }

    private <T> CompletionStage<T> ask(Supplier<T> question) {
        return onLoop(answer -> answer.accept(question.get()));
    }

    private <T> CompletionStage<T> onLoop(Consumer<Consumer<T>> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        storage.execute(() -> {
            try {
                question.accept(answer::complete);
            } catch (StorageFailure e) {
                answer.completeExceptionally(e);
                // The loop must learn of it, too: a node that cannot keep what it says must stop.
                throw e;
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }
}
