package org.naivechain.forks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Verdict;
import org.naivechain.ledger.Addition;
import org.naivechain.protocol.AddOutcome;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Peer;
import org.naivechain.sync.AnsweringPeers;
import org.naivechain.sync.SyncReply;

/** A node with a forked chain. */
class ForksTest extends AnsweringPeers {
    /**
     * <pre>
     * genesis - ... - 2999 - 3000 - ... - 3499
     *                      \\ 3000 - ... - 3549
     * </pre>
     */
    @Test
    void theLongerBranchTakesThePlaceOfTheOtherAndOnlyOwnAddsAreKeptAsOrphans() {
        List<Block> theirs = joined(sound.subList(0, 3_000), forged(sound.get(2_999), 550));
        Peer peer = peer(theirs);
        IdempotencyKey own = IdempotencyKey.ofNode("self.1", 4);
        receipts.record(Map.of(
                3_100L, own, 3_200L, IdempotencyKey.ofNode("other.1", 2), 2_000L, IdempotencyKey.ofNode("self.1", 3)));
        Orphans orphans = Orphans.inMemory();
        Forks forks = new Forks(context, then -> {}, orphans, (orphan, then) -> {});

        forks.suspect(peer, theirs.size());
        time.advance(Duration.ofSeconds(1));

        assertThat(store.read(0, 2 * LENGTH)).isEqualTo(theirs);
        assertThat(chain.head()).isEqualTo(theirs.get(theirs.size() - 1));
        assertThat(orphans.read()).singleElement().satisfies(orphan -> {
            assertThat(orphan.key()).isEqualTo(own);
            assertThat(orphan.data()).isEqualTo(sound.get(3_100).data());
        });
        assertThat(receipts.find(own)).isEmpty();
        assertThat(receipts.find(IdempotencyKey.ofNode("self.1", 3))).hasValue(2_000);
        // ceil(log2(3,500)) + 2 for the ancestor, and one page.
        assertThat(questions).hasSizeLessThanOrEqualTo(12 + 2 + 1);
    }

    @Test
    void anAddThatTheOtherBranchHasTooIsNotKeptAsAnOrphan() {
        List<Block> theirs = joined(sound.subList(0, 3_000), forged(sound.get(2_999), 550));
        IdempotencyKey own = IdempotencyKey.ofNode("self.1", 4);
        receipts.record(Map.of(3_100L, own));
        Peer peer = peer(asked -> {
            SyncReply.Blocks page = (SyncReply.Blocks) page(theirs, asked);
            return new SyncReply.Blocks(NOBODY, page.blocks(), page.position(), Map.of(3_200L, own), Optional.empty());
        });
        Orphans orphans = Orphans.inMemory();

        new Forks(context, then -> {}, orphans, (orphan, then) -> {}).suspect(peer, theirs.size());
        time.advance(Duration.ofSeconds(1));

        assertThat(store.read(0, 2 * LENGTH)).isEqualTo(theirs);
        assertThat(orphans.read()).isEmpty();
        assertThat(receipts.find(own)).hasValue(3_200);
    }

    @Test
    void aShorterBranchAndOneThatDoesNotVerifyChangeNothing() {
        List<Block> shorter = joined(sound.subList(0, 3_000), forged(sound.get(2_999), 100));
        List<Block> broken = joined(sound.subList(0, 3_000), forged(sound.get(2_999), 600));
        broken.set(3_400, broken.get(3_400).tampered(BlockData.of("broken")));
        Forks forks = new Forks(context, then -> {}, Orphans.inMemory(), (orphan, then) -> {});

        forks.suspect(peer(shorter), shorter.size());
        time.advance(Duration.ofSeconds(1));
        forks.suspect(peer(broken), broken.size());
        time.advance(Duration.ofSeconds(1));

        assertThat(store.read(0, 2 * LENGTH)).isEqualTo(sound);
    }

    @Test
    void aPeerThatIsBehindAndCatchesUpMeanwhileHasNotForked() {
        Peer joiner = peer(asked -> page(sound.subList(0, asked.from() < 1_000 ? 1_000 : 2_000), asked));

        new Forks(context, then -> {}, Orphans.inMemory(), (orphan, then) -> {}).suspect(joiner, 1_000);
        time.advance(Duration.ofSeconds(1));

        assertThat(questions).hasSize(1);
    }

    @Test
    void aWholeChainOfTheOriginalIsTakenOverIfItWinsAndRefusedIfNot() {
        Orphans orphans = Orphans.inMemory();
        Forks forks = new Forks(context, then -> {}, orphans, (orphan, then) -> {});
        List<Block> shorter = joined(sound.subList(0, 3_000), forged(sound.get(2_999), 100));
        List<Block> longer = joined(sound.subList(0, 3_000), forged(sound.get(2_999), 600));

        assertThat(forks.settle(shorter))
                .hasToString("block 3000: the chains differ from here on, and this node's is kept: it is longer, or its"
                        + " block here has the smaller hash");
        assertThat(store.read(0, 2 * LENGTH)).isEqualTo(sound);
        assertThat(forks.settle(longer)).isEqualTo(Verdict.SOUND);
        assertThat(store.read(0, 2 * LENGTH)).isEqualTo(longer);
    }

    @Test
    void aBranchWithADamagedBlockIsGivenUpForAShorterOneAndWhatIsReadableIsAddedAgain() {
        List<Block> theirs = joined(sound.subList(0, 3_000), forged(sound.get(2_999), 100));
        Peer peer = peer(theirs);
        IdempotencyKey own = IdempotencyKey.ofNode("self.1", 4);
        receipts.record(Map.of(3_100L, own, 3_200L, IdempotencyKey.ofNode("self.1", 5)));
        store.replace(3_200, List.of(sound.get(3_200).tampered(BlockData.of("damaged"))));
        Orphans orphans = Orphans.inMemory();
        Forks forks = new Forks(context, then -> {}, orphans, (orphan, then) -> {});

        assertThat(forks.replace(List.of(), Map.of(), peer)).isFalse();
        assertThat(forks.replace(theirs.subList(3_000, theirs.size()), Map.of(), peer))
                .isTrue();

        assertThat(store.read(0, 2 * LENGTH)).isEqualTo(theirs);
        assertThat(orphans.read()).singleElement().satisfies(orphan -> {
            assertThat(orphan.key()).isEqualTo(own);
            assertThat(orphan.data()).isEqualTo(sound.get(3_100).data());
        });
    }

    @Test
    void anOrphanThatIsInTheChainAlreadyIsAskedForOnceAndThenForgotten() {
        Orphans orphans = Orphans.inMemory();
        orphans.keep(List.of(
                new Addition(IdempotencyKey.ofNode("self.1", 1), BlockData.of("one")),
                new Addition(IdempotencyKey.ofNode("self.1", 2), BlockData.of("two"))));
        List<String> asked = new ArrayList<>();
        Forks forks = new Forks(context, then -> {}, orphans, (orphan, then) -> {
            asked.add(orphan.data().text());
            then.accept(new AddOutcome.Added(sound.get(7)));
        });

        forks.begin();
        time.advance(Duration.ofSeconds(30));

        assertThat(asked).containsExactly("one", "two");
        assertThat(orphans.read()).isEmpty();
    }
}
