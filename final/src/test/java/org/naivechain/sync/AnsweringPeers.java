package org.naivechain.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.ledger.Contexts;
import org.naivechain.ledger.ForwardingBlocks;
import org.naivechain.ledger.KeptBlocks;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.ledger.MemoryKeptBlocks;
import org.naivechain.ledger.MemoryMemberships;
import org.naivechain.ledger.MemoryReceipts;
import org.naivechain.ledger.Position;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Network;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerStore;
import org.naivechain.protocol.PeerTable;
import org.naivechain.protocol.Reply;
import org.naivechain.simulation.VirtualTime;

/** A chain, and peers that answer as a test has them answer. */
public abstract class AnsweringPeers {
    protected static final int LENGTH = 3_500;
    protected static final int PAGE = 1_000;
    protected static final PeerId NOBODY = new PeerId("-");

    protected final VirtualTime time = new VirtualTime();
    protected final List<Integer> replacements = new ArrayList<>();
    protected final KeptBlocks store = noting(new MemoryKeptBlocks(), replacements);
    protected final KeptChain chain = KeptChain.over(store);
    protected final MemoryReceipts receipts = new MemoryReceipts();
    protected final PeerTable peers =
            new PeerTable(new Peer(new PeerId("self"), new PeerAddress("127.0.0.1", 15001)), PeerStore.inMemory());
    protected final Map<PeerAddress, Function<SyncCommand.GetBlocks, Outcome>> answers = new HashMap<>();
    protected final List<SyncCommand.GetBlocks> questions = new ArrayList<>();
    protected final Network network = (to, command, then) -> {
        questions.add((SyncCommand.GetBlocks) command);
        time.after(Duration.ofMillis(1), () -> then.accept(answers.get(to).apply((SyncCommand.GetBlocks) command)));
    };
    protected final LedgerContext context =
            Contexts.of(new Ledger(chain, receipts, new MemoryMemberships()), peers, network, time);
    protected final List<Block> sound = new ArrayList<>();

    /** A store that notes how many blocks are replaced at once. */
    protected static KeptBlocks noting(KeptBlocks kept, List<Integer> replacements) {
        return new ForwardingBlocks(kept) {
            @Override
            public void replace(long from, List<Block> blocks) {
                replacements.add(blocks.size());
                super.replace(from, blocks);
            }
        };
    }

    @BeforeEach
    protected void grow() {
        while (chain.length() < LENGTH) {
            chain.append(chain.next(BlockData.of("text " + chain.length())));
        }
        sound.addAll(store.read(0, LENGTH));
    }

    protected Peer peer(List<Block> blocks) {
        return peer(asked -> page(blocks, asked));
    }

    protected Peer peer(Function<SyncCommand.GetBlocks, Outcome> answer) {
        int number = answers.size() + 1;
        Peer peer = new Peer(new PeerId("peer" + number), new PeerAddress("127.0.0.1", 15001 + 2 * number));
        answers.put(peer.address(), asked -> saidBy(peer, answer.apply(asked)));
        peers.register(peer);
        return peer;
    }

    protected static Outcome saidBy(Peer peer, Outcome outcome) {
        return outcome instanceof SyncReply.Blocks page && page.peerId().equals(NOBODY)
                ? new SyncReply.Blocks(peer.id(), page.blocks(), page.position(), page.keys(), page.membership())
                : outcome;
    }

    protected static Reply page(List<Block> blocks, SyncCommand.GetBlocks asked) {
        int from = (int) Math.min(asked.from(), blocks.size());
        List<Block> page = blocks.subList(from, Math.min(blocks.size(), from + Math.min(PAGE, asked.limit())));
        Map<Long, IdempotencyKey> keys = new TreeMap<>();
        page.forEach(block -> keys.put(block.index(), IdempotencyKey.ofClient("key-" + block.index())));
        return new SyncReply.Blocks(NOBODY, page, new Position(blocks.size(), 0), keys, Optional.empty());
    }

    /** Blocks that follow each other, and that nobody else has. */
    protected static List<Block> forged(Block after, int count) {
        List<Block> forged = new ArrayList<>();
        Block last = after;
        for (int i = 0; i < count; i++) {
            last = last.next(BlockData.of("forged"));
            forged.add(last);
        }
        return forged;
    }

    protected static List<Block> joined(List<Block> one, List<Block> other) {
        List<Block> joined = new ArrayList<>(one);
        joined.addAll(other);
        return joined;
    }
}
