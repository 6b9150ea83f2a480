package org.naivechain.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Verdict;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.protocol.Outcome;
import org.naivechain.protocol.PeerId;
import org.naivechain.protocol.Reply;
import org.naivechain.sync.AnsweringPeers;
import org.naivechain.sync.SyncCommand;
import org.naivechain.sync.SyncReply;

/** A node with a damaged chain. */
class RepairTest extends AnsweringPeers {
    private void damage(int from, int to) {
        for (int i = from; i < to; i++) {
            store.replace(i, List.of(sound.get(i).tampered(BlockData.of("forged"))));
        }
        replacements.clear();
    }

    /** Has the first fault repaired; where it was repaired from. */
    private OptionalLong mend() {
        return mend(new Repair(context, then -> {}));
    }

    /** The same, with memory for a page or so. */
    private OptionalLong mendPageByPage() {
        return mend(new Repair(context, then -> {}, PAGE * 500));
    }

    private OptionalLong mend(Repair repair) {
        List<OptionalLong> outcomes = new ArrayList<>();
        repair.mend((Verdict.Fault) chain.verify(), outcomes::add);
        time.advance(Duration.ofSeconds(1));
        assertThat(outcomes).hasSize(1);
        return outcomes.get(0);
    }

    @Test
    void aDamagedBlockIsReplacedWithItsReceipt() {
        peer(sound);
        damage(7, 8);

        assertThat(mend()).hasValue(7);

        assertThat(store.read(0, LENGTH)).isEqualTo(sound);
        assertThat(receipts.find(IdempotencyKey.ofClient("key-7"))).hasValue(7);
    }

    @Test
    void aDamageOfManyPagesIsReplacedAtOnce() {
        peer(sound);
        damage(100, 3_200);

        assertThat(mend()).hasValue(100);

        assertThat(store.read(0, LENGTH)).isEqualTo(sound);
        assertThat(replacements).containsExactly(3_101);
        assertThat(receipts.find(IdempotencyKey.ofClient("key-3000"))).hasValue(3_000);
    }

    @Test
    void whatMemoryDoesNotHoldIsReplacedPageByPage() {
        peer(sound);
        damage(100, 3_200);

        assertThat(mendPageByPage()).hasValue(100);

        assertThat(store.read(0, LENGTH)).isEqualTo(sound);
        assertThat(replacements).containsExactly(1_000, 1_000, 1_000, 101);
        assertThat(receipts.find(IdempotencyKey.ofClient("key-3000"))).hasValue(3_000);
    }

    /** As when the end that it had lost turns out to be another while the pages are fetched. */
    @Test
    void aChainThatBecomesShorterMeanwhileIsLeftAndTheNextRepairCanBegin() {
        damage(100, 3_200);
        peer(asked -> {
            if (questions.size() == 6) {
                store.write(500, List.of());
            }
            return page(sound, asked);
        });
        Repair repair = new Repair(context, then -> {}, PAGE * 500);

        assertThat(mend(repair)).isEmpty();

        int before = questions.size();
        repair.mend(new Verdict.Fault(100, "again"), outcome -> {});
        time.advance(Duration.ofSeconds(1));
        assertThat(questions).hasSizeGreaterThan(before);
    }

    @Test
    void aRunOfBlocksThatFollowEachOtherIsReplacedThoughOnlyItsEndShows() {
        peer(sound);
        store.replace(2_000, forged(sound.get(1_999), 300));

        assertThat(chain.verify())
                .hasToString(Verdict.fault(
                                2_300,
                                "previous_hash must be "
                                        + store.read(2_299, 1).get(0).hash() + ": previous_hash="
                                        + sound.get(2_300).previousHash())
                        .toString());
        assertThat(mend()).hasValue(2_000);

        assertThat(store.read(0, LENGTH)).isEqualTo(sound);
        // 12 halve 2,300 blocks, one is for the page.
        assertThat(questions).hasSizeLessThanOrEqualTo(2 + 12 + 1);
    }

    @Test
    void aWholeOtherEndIsReplacedByTheOneThatLeadsToTheHead() {
        peer(sound);
        store.replace(1_000, forged(sound.get(999), LENGTH - 1_000));
        assertThat(chain.verify()).isEqualTo(Verdict.SOUND);

        List<OptionalLong> outcomes = new ArrayList<>();
        new Repair(context, then -> {}).mend(new Verdict.Fault(LENGTH - 1, "another head"), outcomes::add);
        time.advance(Duration.ofSeconds(1));

        assertThat(outcomes).containsExactly(OptionalLong.of(1_000));
        assertThat(store.read(0, LENGTH)).isEqualTo(sound);
    }

    @Test
    void theGenesisBlockIsKnownAndNeedsNoPeer() {
        damage(0, 1);

        assertThat(mend()).hasValue(0);

        assertThat(store.read(0, LENGTH)).isEqualTo(sound);
        assertThat(questions).isEmpty();
    }

    @Test
    void aPeerWhoseBlocksLeadElsewhereReplacesNothing() {
        peer(joined(sound.subList(0, 5), forged(sound.get(4), LENGTH)));
        damage(7, 8);
        List<Block> before = store.read(0, LENGTH);

        assertThat(mend()).isEmpty();

        assertThat(store.read(0, LENGTH)).isEqualTo(before);
    }

    @Test
    void itsBranchIsOfferedWhereSomebodyMayTakeItButOnlyIfNoPeerCanHelp() {
        List<Block> other = joined(sound.subList(0, 5), forged(sound.get(4), 20));
        peer(other);
        damage(7, 8);
        List<Repair.Branch> offered = new ArrayList<>();
        Repair repair = new Repair(context, then -> {});
        repair.otherwise(offered::add);

        assertThat(mend(repair)).hasValue(5);
        assertThat(offered)
                .singleElement()
                .satisfies(branch -> assertThat(branch.blocks()).isEqualTo(other.subList(5, other.size())));

        peer(sound);
        assertThat(mend(repair)).hasValue(7);
        assertThat(offered).hasSize(1);
    }

    /** Block 8 names block 7, whoever says it. */
    @Test
    void whatABlockHereNamesIsReplacedAlthoughThePeerPartsAfterIt() {
        peer(joined(sound.subList(0, 8), forged(sound.get(7), 20)));
        damage(6, 8);

        assertThat(mend()).hasValue(6);

        assertThat(store.read(0, LENGTH)).isEqualTo(sound);
    }

    @Test
    void aPeerThatSendsOtherBlocksTheSecondTimeReplacesNothing() {
        List<Block> other = joined(sound.subList(0, 100), forged(sound.get(99), LENGTH - 100));
        peer(asked -> page(questions.size() > 12 ? other : sound, asked));
        damage(100, 3_200);
        List<Block> before = store.read(0, LENGTH);
        replacements.clear();
        // The first question, those for three pages and a bit, and from now on the lies.
        for (int i = 0; i < 7; i++) {
            questions.add(new SyncCommand.GetBlocks(0, 1, 0));
        }

        assertThat(mendPageByPage()).isEmpty();

        assertThat(store.read(0, LENGTH)).isEqualTo(before);
    }

    @Test
    void peersAreAskedUntilOneCanHelp() {
        peer(asked -> new Outcome.Silence("Connection refused"));
        peer(asked -> new Reply.Refusal("damaged here"));
        peer(sound.subList(0, 7));
        peer(asked -> page(sound, new SyncCommand.GetBlocks(asked.from() + 1, asked.limit(), 0)));
        peer(sound);
        damage(7, 9);

        assertThat(mend()).hasValue(7);

        assertThat(store.read(0, LENGTH)).isEqualTo(sound);
    }

    /** Only one node can listen at an address, and it need not be the one that did. */
    @Test
    void aNodeThatIsNotTheOneThatWasAskedReplacesNothing() {
        peer(asked -> new SyncReply.Blocks(
                new PeerId("another"),
                sound.subList((int) asked.from(), (int) Math.min(LENGTH, asked.from() + asked.limit())),
                LENGTH));
        damage(7, 8);
        List<Block> before = store.read(0, LENGTH);

        assertThat(mend()).isEmpty();

        assertThat(store.read(0, LENGTH)).isEqualTo(before);
    }

    @Test
    void withoutAPeerTheDamageStays() {
        damage(7, 8);

        assertThat(mend()).isEmpty();
        assertThat(chain.verify()).isInstanceOf(Verdict.Fault.class);
    }
}
