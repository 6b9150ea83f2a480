package org.naivechain.repair;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.MemoryBlockStore;
import org.naivechain.chain.Verdict;
import org.naivechain.learn.Explain;
import org.naivechain.ledger.Durability;
import org.naivechain.ledger.KeptBlocks;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.ledger.MemoryMemberships;
import org.naivechain.ledger.MemoryReceipts;
import org.naivechain.ledger.Tip;
import org.naivechain.protocol.Network;
import org.naivechain.protocol.NodeContext;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerStore;
import org.naivechain.protocol.PeerTable;
import org.naivechain.simulation.VirtualTime;
import org.naivechain.sync.SyncCommand;
import org.naivechain.sync.SyncReply;
import org.slf4j.helpers.NOPLogger;

/**
 * <pre>
 * genesis - 1 - ... - 5 - 6 - ... - 9    the node's; 5 is altered in its store
 *                      \
 *                       6' - ... - 9'    the liar's
 * </pre>
 */
class PeerThatWasBelievedCheck {
    private static final int LENGTH = 10;
    private static final int ALTERED = 5;

    private final VirtualTime time = new VirtualTime();
    private final Store store = new Store();
    private KeptChain chain = KeptChain.over(store);
    private final Peer peer = new Peer(new PeerId("peer"), new PeerAddress("127.0.0.1", 15003));
    private List<Block> theirs = List.of();

    /** A store that may know of a farther end than it has. */
    private static final class Store extends MemoryBlockStore implements KeptBlocks {
        private Optional<Tip> tip = Optional.empty();

        @Override
        public void replace(long from, List<Block> blocks) {
            List<Block> all = new ArrayList<>(read(0, Integer.MAX_VALUE));
            blocks.forEach(block -> all.set((int) from + blocks.indexOf(block), block));
            write(0, all);
        }

        @Override
        public Optional<Tip> tip() {
            return tip;
        }
    }

    private static void grow(List<Block> blocks, String text) {
        while (blocks.size() < LENGTH) {
            Block last = blocks.get(blocks.size() - 1);
            blocks.add(last.next(BlockData.of(text + " " + blocks.size())));
        }
    }

    private static List<Block> sound() {
        List<Block> blocks = new ArrayList<>(List.of(Block.GENESIS));
        grow(blocks, "text");
        return blocks;
    }

    private static List<Block> liesFrom(int index) {
        List<Block> blocks = new ArrayList<>(sound().subList(0, index));
        grow(blocks, "lie");
        return blocks;
    }

    private OptionalLong repair() {
        PeerTable peers =
                new PeerTable(new Peer(new PeerId("self"), new PeerAddress("127.0.0.1", 15001)), PeerStore.inMemory());
        peers.register(peer);
        Network network = (to, command, then) -> time.after(Duration.ofMillis(1), () -> {
            SyncCommand.GetBlocks asked = (SyncCommand.GetBlocks) command;
            int from = (int) Math.min(asked.from(), theirs.size());
            int end = (int) Math.min(from + (long) asked.limit(), theirs.size());
            then.accept(new SyncReply.Blocks(peer.id(), theirs.subList(from, end), theirs.size()));
        });
        LedgerContext context = new LedgerContext(
                new NodeContext(chain, peers, network, time, NOPLogger.NOP_LOGGER),
                new Ledger(chain, new MemoryReceipts(), new MemoryMemberships()),
                Durability.NONE,
                new Random(1));
        List<OptionalLong> outcomes = new ArrayList<>();
        Verdict.Fault fault = chain.verify() instanceof Verdict.Fault found
                ? found
                : new Verdict.Fault(LENGTH - 1, "another head than the one in memory");
        new Repair(context, then -> {}).mend(fault, outcomes::add);
        time.advance(Duration.ofSeconds(1));
        return outcomes.get(0);
    }

    private void fill(int... altered) {
        chain.adopt(sound());
        store.replace(0, sound());
        for (int index : altered) {
            store.replace(index, List.of(sound().get(index).tampered(BlockData.of("altered"))));
        }
    }

    @Test
    @DisplayName("the head of a chain that has lost its end proves nothing")
    void theHeadOfAShortenedChainProvesNothing() {
        List<Block> before = sound();
        Block last = before.get(LENGTH - 1);
        store.tip = Optional.of(
                new Tip(LENGTH + 1, last.next(BlockData.of("text 10")).hash()));
        store.write(0, before);
        for (int index = ALTERED; index < LENGTH - 1; index++) {
            store.replace(index, List.of(before.get(index).tampered(BlockData.of("altered"))));
        }
        theirs = liesFrom(ALTERED);
        store.replace(LENGTH - 1, theirs.subList(LENGTH - 1, LENGTH));
        chain = KeptChain.over(store);

        repair();

        List<String> came = texts(store.read(0, LENGTH));
        Explain.that(
                came.stream().noneMatch(text -> text.startsWith("lie")),
                "A file had 11 blocks. Somebody removed the last, altered 5 to 8, and wrote a liar's block as number 9."
                        + " After a repair with the liar's help the chain is: " + came,
                "This node read its head from the shortened file, and did not append it itself. So to lead to this head"
                        + " shows nothing.");
    }

    private static List<String> texts(List<Block> blocks) {
        return blocks.stream().map(block -> block.data().text()).toList();
    }

    @Test
    @DisplayName("a peer whose blocks do not lead back to this chain replaces nothing")
    void aLiarReplacesNothing() {
        for (int index : new int[] {ALTERED, ALTERED + 1, ALTERED + 2}) {
            fill(ALTERED);
            theirs = liesFrom(index);
            repair();
            List<String> came = texts(store.read(0, LENGTH));
            Explain.that(
                    came.stream().noneMatch(text -> text.startsWith("lie")),
                    "Block 5 was altered, and the only peer has other blocks from " + index
                            + " on. After the repair a liar's block is in the chain: " + came,
                    "Its hash is right, and it follows the block before it. Only a block that both hold shows that"
                            + " the peer's blocks"
                            + " lead back to this chain.");
        }
    }

    @Test
    @DisplayName("an honest peer's block takes the place of the altered one")
    void anHonestPeerHelps() {
        fill(ALTERED);
        theirs = sound();
        OptionalLong from = repair();
        Explain.same(
                texts(sound()),
                texts(store.read(0, LENGTH)),
                "Block 5 was altered, and the peer has the right one. The repair said " + from + "; the chain is now:",
                "Block 6 of the peer is block 6 of this node: that proves that its block 5 is the right one.");
    }

    @Test
    @DisplayName("several altered blocks are replaced in one go, up to the first that is the same again")
    void aRunIsReplacedInOneGo() {
        fill(3, 4, 5);
        theirs = sound();
        repair();
        Explain.same(
                texts(sound()),
                texts(store.read(0, LENGTH)),
                "The blocks 3, 4, and 5 were altered, and the peer has the right ones. After one repair the chain is:",
                "Only block 6 is the same on both sides. Whoever stops earlier has proved nothing of 3, 4, and 5.");
    }

    @Test
    @DisplayName("the head in memory is right, whatever its row in the file holds")
    void theHeadInMemoryCounts() {
        fill(LENGTH - 1);
        theirs = sound();
        repair();
        Explain.same(
                texts(sound()),
                texts(store.read(0, LENGTH)),
                "The row of the last block was altered while the node ran, and the peer has the right one. The chain is now:",
                "The node holds its head in memory, and no row comes after it. What else could the peer's blocks lead to?");
    }
}
