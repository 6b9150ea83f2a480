package org.naivechain.consensus.majority;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.ledger.Contexts;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.MemoryKeptBlocks;
import org.naivechain.ledger.MemoryMemberships;
import org.naivechain.ledger.MemoryReceipts;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.Network;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.Peer;
import org.naivechain.protocol.PeerAddress;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.PeerStore;
import org.naivechain.protocol.PeerTable;
import org.naivechain.protocol.Reply;
import org.naivechain.simulation.VirtualTime;

class ReadersTest {
    private static final Outcome SILENCE = new Outcome.Silence("no reply");

    /** One of the original, as far as it matters here: it agrees to its next block only, and appends what it is told. */
    private final List<Block> original = new ArrayList<>(List.of(Block.GENESIS));

    private final Queue<Runnable> underWay = new ArrayDeque<>();
    private final Network network = (to, command, then) -> underWay.add(() -> then.accept(receive(command)));
    private final KeptChain chain = KeptChain.over(new MemoryKeptBlocks());
    private final PeerTable peers = peers();
    private boolean losesTheNextAnswer;
    private int asked;

    private final Readers readers = new Readers(Contexts.of(
            new Ledger(chain, new MemoryReceipts(), new MemoryMemberships()), peers, network, new VirtualTime()));

    private static PeerTable peers() {
        PeerTable table =
                new PeerTable(new Peer(new PeerId("self"), new PeerAddress("127.0.0.1", 15001)), PeerStore.inMemory());
        table.register(new Peer(new PeerId("original"), new PeerAddress("127.0.0.1", 16001), Peer.Kind.ORIGINAL));
        table.register(new Peer(new PeerId("ours"), new PeerAddress("127.0.0.1", 17001)));
        return table;
    }

    private Outcome receive(Command command) {
        asked++;
        if (command instanceof PeerCommand.ValidateBlock vote) {
            Block head = original.get(original.size() - 1);
            return vote.block().previousHash().equals(head.hash()) ? Reply.ACK : new Reply.Refusal("");
        }
        original.add(((PeerCommand.AddBlock) command).block().orElseThrow());
        if (losesTheNextAnswer) {
            losesTheNextAnswer = false;
            return SILENCE;
        }
        return Reply.ACK;
    }

    @Test
    void aReaderIsToldEveryBlockAndAskedForNoMore() {
        decide(3);

        assertThat(indexesOfTheOriginal()).isEqualTo(indexesHere());
        assertThat(asked).isEqualTo(6);
    }

    @Test
    void aReaderThatMissedBlocksIsToldTheseFirst() {
        grow(40);

        decide(1);

        assertThat(indexesOfTheOriginal()).isEqualTo(indexesHere());
    }

    @Test
    void aReaderThatAnotherProposerHasToldMeanwhileIsToldTheNextBlockAtOnce() {
        decide(2);
        grow(70);
        original.addAll(chain.page(3, 100));

        decide(1);

        assertThat(indexesOfTheOriginal()).isEqualTo(indexesHere());
    }

    @Test
    void aReaderWhoseAnswerWasLostIsToldNothingTwice() {
        losesTheNextAnswer = true;
        decide(1);

        decide(1);

        assertThat(indexesOfTheOriginal()).isEqualTo(indexesHere());
    }

    @Test
    void aReaderOnAnotherChainIsAskedForSomeBlocksAndToldNone() {
        original.add(Block.GENESIS.next(BlockData.of("its own")));
        grow(200);

        decide(1);

        assertThat(original).hasSize(2);
        assertThat(asked).isLessThan(60);
    }

    private List<Long> indexesOfTheOriginal() {
        return original.stream().map(Block::index).toList();
    }

    private List<Long> indexesHere() {
        return chain.page(0, 100).stream().map(Block::index).toList();
    }

    private void decide(int blocks) {
        for (int i = 0; i < blocks; i++) {
            grow(1);
            readers.tell();
            while (!underWay.isEmpty()) {
                underWay.remove().run();
            }
        }
    }

    private void grow(int blocks) {
        for (int i = 0; i < blocks; i++) {
            chain.append(chain.next(BlockData.of("block " + chain.length())));
        }
    }
}
