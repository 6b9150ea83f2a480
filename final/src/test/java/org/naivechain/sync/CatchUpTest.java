package org.naivechain.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Verdict;
import org.naivechain.protocol.Command;
import org.naivechain.protocol.JoinOutcome;
import org.naivechain.protocol.PeerCommand;
import org.naivechain.protocol.QueueNetwork;
import org.naivechain.protocol.Reply;

/** Fetching what a node misses, in pages. */
class CatchUpTest {
    private final QueueNetwork network = SyncNode.network();
    private final SyncNode a = new SyncNode(network, "a", 15001);
    private final SyncNode b = new SyncNode(network, "b", 15003);
    private final SyncNode c = new SyncNode(network, "c", 15005);

    @Test
    void pagesAreAnsweredWithWhatThereIs() {
        grow(a, 3);

        assertThat(ask(a, new SyncCommand.GetBlocks(1, 2, 0)))
                .isEqualTo(new SyncReply.Blocks(a.self.id(), a.chain.page(1, 2), 4));
        assertThat(ask(a, new SyncCommand.GetBlocks(9, 2, 0)))
                .isEqualTo(new SyncReply.Blocks(a.self.id(), List.of(), 4));
    }

    private Reply ask(SyncNode node, Command command) {
        List<Reply> replies = new ArrayList<>();
        node.receive(() -> "10.0.0.9", command, replies::add);
        network.run();
        assertThat(replies).hasSize(1);
        return replies.get(0);
    }

    private static void grow(SyncNode node, int blocks) {
        for (int i = 0; i < blocks; i++) {
            node.chain.append(node.chain.next(BlockData.of("block " + i)));
        }
    }

    @Test
    void aJoinerFetchesALongChainInPages() {
        grow(a, 6_000);

        assertThat(b.join(a)).isInstanceOf(JoinOutcome.Joined.class);

        assertThat(b.chain.length()).isEqualTo(6_001);
        assertThat(b.chain.verify()).isEqualTo(Verdict.SOUND);
        assertThat(network.frames)
                .allSatisfy(frame -> assertThat(frame.length()).isLessThan(1024 * 1024));
    }

    @Test
    void aMemberCatchesUpWithAJoinerWhoseChainIsLonger() {
        grow(b, 5);

        assertThat(b.join(a)).isInstanceOf(JoinOutcome.Joined.class);

        assertThat(a.chain.head()).isEqualTo(b.chain.head());
        assertThat(b.chain.length()).isEqualTo(6);
    }

    @Test
    void aMemberThatIsBehindAsksOnePeerAfterTheOther() {
        c.join(a);
        b.join(a);
        grow(b, 2_500);
        network.unreachable.add(a.self.address());

        c.catchUp.catchUp();
        network.run();

        assertThat(c.chain.head()).isEqualTo(b.chain.head());
        network.unreachable.clear();
        a.catchUp.catchUp();
        network.run();
        assertThat(a.chain.head()).isEqualTo(b.chain.head());
    }

    @Test
    void aMemberCatchesUpOnceAtATimeAndAsOftenAsItMust() {
        c.join(a);
        grow(a, 1);
        network.frames.clear();

        List<Long> lengths = new ArrayList<>();

        c.catchUp.catchUp(() -> lengths.add(c.chain.length()));
        c.catchUp.catchUp(() -> lengths.add(c.chain.length()));
        assertThat(network.frames).hasSize(1);
        network.run();

        // Told of more while it asked, it asked once more afterwards.
        assertThat(network.frames).hasSize(2);
        assertThat(lengths).containsExactly(2L, 2L);
        grow(a, 1);
        c.catchUp.catchUp();
        network.run();
        assertThat(c.chain.head()).isEqualTo(a.chain.head());
    }

    @Test
    void aMemberThatIsBehindAsksAllPeersBecauseTheFirstMayLagToo() {
        b.join(a);
        c.join(a);
        grow(a, 2);
        b.catchUp.catchUp();
        network.run();
        grow(a, 2);

        c.catchUp.catchUp();
        network.run();

        assertThat(c.chain.head()).isEqualTo(a.chain.head());
    }

    @Test
    void aPeerThatLiesAboutItsLengthDoesNotKeepANodeBusy() {
        b.join(a);
        network.nodes.put(
                a.self.address(),
                (sender, command, answer) ->
                        answer.accept(new SyncReply.Blocks(a.self.id(), List.of(Block.GENESIS), Long.MAX_VALUE)));

        b.catchUp.catchUp();
        network.run();

        assertThat(b.chain.length()).isEqualTo(1);
    }

    @Test
    void aNodeOfTheOriginalIsJoinedAnewBecauseItKnowsNoPages() {
        b.join(a);
        grow(a, 4);
        network.nodes.put(a.self.address(), (sender, command, answer) -> {
            if (command instanceof SyncCommand.GetBlocks) {
                answer.accept(Reply.ACK);
            } else if (command instanceof PeerCommand.NewPeerJoin join) {
                a.receive(sender, asOfTheOriginal(join), answer);
            } else {
                a.receive(sender, command, answer);
            }
        });

        b.catchUp.catchUp();
        network.run();

        assertThat(b.chain.head()).isEqualTo(a.chain.head());
    }

    private static Command asOfTheOriginal(PeerCommand.NewPeerJoin join) {
        return new PeerCommand.NewPeerJoin(
                join.peerId(), join.peerHost(), join.peerPort(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
