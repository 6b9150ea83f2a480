package org.naivechain.consensus.naive;

import java.util.List;
import java.util.Random;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.ledger.Durability;
import org.naivechain.ledger.KeptBlocks;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.ledger.MemoryKeptBlocks;
import org.naivechain.ledger.MemoryMemberships;
import org.naivechain.ledger.MemoryReceipts;
import org.naivechain.protocol.NodeContext;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerStore;
import org.naivechain.protocol.PeerTable;
import org.naivechain.simulation.VirtualTime;
import org.slf4j.helpers.NOPLogger;

/** One member with the naive vote, which others ask; what it would fetch from others is counted. */
final class OneVoter {
    final KeptChain chain;
    final NaiveVote engine;
    int timesBehind;

    OneVoter() {
        this(new MemoryKeptBlocks());
    }

    OneVoter(KeptBlocks blocks) {
        chain = KeptChain.over(blocks);
        PeerTable peers =
                new PeerTable(new Peer(new PeerId("self"), new PeerAddress("127.0.0.1", 15001)), PeerStore.inMemory());
        engine = new NaiveVote(
                new LedgerContext(
                        new NodeContext(
                                chain, peers, (to, command, then) -> {}, new VirtualTime(), NOPLogger.NOP_LOGGER),
                        new Ledger(chain, new MemoryReceipts(), new MemoryMemberships()),
                        Durability.NONE,
                        new Random(1)),
                then -> timesBehind++,
                2);
    }

    Block next(String text) {
        return chain.next(BlockData.of(text));
    }

    List<String> texts() {
        return chain.page(0, 100).stream()
                .skip(1)
                .map(block -> block.data().text())
                .toList();
    }

    static PeerCommand.AddBlock commit(Block block) {
        return new PeerCommand.AddBlock(block);
    }
}
