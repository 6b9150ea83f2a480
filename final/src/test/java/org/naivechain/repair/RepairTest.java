package org.naivechain.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.chain.Verdict;
import org.naivechain.forks.Forks;
import org.naivechain.forks.Orphans;
import org.naivechain.ledger.Contexts;
import org.naivechain.ledger.KeptBlocks;
import org.naivechain.ledger.KeptChain;
import org.naivechain.ledger.Ledger;
import org.naivechain.ledger.LedgerContext;
import org.naivechain.ledger.MemoryKeptBlocks;
import org.naivechain.ledger.MemoryMemberships;
import org.naivechain.ledger.MemoryReceipts;
import org.naivechain.ledger.Position;
import org.naivechain.ledger.Tip;
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
import org.naivechain.sync.SyncCommand;
import org.naivechain.sync.SyncReply;

/** A node with a damaged or a forked chain, and peers that answer as a test has them answer. */
class RepairTest {
    private static final int LENGTH = 3_500;
    private static final int PAGE = 1_000;
    private static final PeerId NOBODY = new PeerId("-");

    private final VirtualTime time = new VirtualTime();
    private final List<Integer> replacements = new ArrayList<>();
    private final KeptBlocks store = noting(new MemoryKeptBlocks());
    private final KeptChain chain = KeptChain.over(store);
    private final MemoryReceipts receipts = new MemoryReceipts();
    private final PeerTable peers =
            new PeerTable(new Peer(new PeerId("self"), new PeerAddress("127.0.0.1", 15001)), PeerStore.inMemory());
    private final Map<PeerAddress, Function<SyncCommand.GetBlocks, Outcome>> answers = new HashMap<>();
    private final List<SyncCommand.GetBlocks> questions = new ArrayList<>();
    private final Network network = (to, command, then) -> {
        questions.add((SyncCommand.GetBlocks) command);
        time.after(Duration.ofMillis(1), () -> then.accept(answers.get(to).apply((SyncCommand.GetBlocks) command)));
    };
    private final LedgerContext context =
            Contexts.of(new Ledger(chain, receipts, new MemoryMemberships()), peers, network, time);
    private final List<Block> sound = new ArrayList<>();

    /** A store that notes how many blocks are replaced at once. */
    private KeptBlocks noting(KeptBlocks kept) {
        return new KeptBlocks() {
            @Override
            public long length() {
                return kept.length();
            }

            @Override
            public List<Block> read(long from, int limit) {
                return kept.read(from, limit);
            }

            @Override
            public void write(long from, List<Block> blocks) {
                kept.write(from, blocks);
            }

            @Override
            public void replace(long from, List<Block> blocks) {
                replacements.add(blocks.size());
                kept.replace(from, blocks);
            }

            @Override
            public Optional<Tip> tip() {
                return Optional.empty();
            }
        };
    }

    @BeforeEach
    void grow() {
        while (chain.length() < LENGTH) {
            chain.append(chain.next(BlockData.of("text " + chain.length())));
        }
        sound.addAll(store.read(0, LENGTH));
    }

    private Peer peer(List<Block> blocks) {
        return peer(asked -> page(blocks, asked));
    }

    private Peer peer(Function<SyncCommand.GetBlocks, Outcome> answer) {
        int number = answers.size() + 1;
        Peer peer = new Peer(new PeerId("peer" + number), new PeerAddress("127.0.0.1", 15001 + 2 * number));
        answers.put(peer.address(), asked -> saidBy(peer, answer.apply(asked)));
        peers.register(peer);
        return peer;
    }

    private static Outcome saidBy(Peer peer, Outcome outcome) {
        return outcome instanceof SyncReply.Blocks page && page.peerId().equals(NOBODY)
                ? new SyncReply.Blocks(peer.id(), page.blocks(), page.position(), page.keys(), page.membership())
                : outcome;
    }

    private static Reply page(List<Block> blocks, SyncCommand.GetBlocks asked) {
        int from = (int) Math.min(asked.from(), blocks.size());
        List<Block> page = blocks.subList(from, Math.min(blocks.size(), from + Math.min(PAGE, asked.limit())));
        Map<Long, IdempotencyKey> keys = new TreeMap<>();
        page.forEach(block -> keys.put(block.index(), IdempotencyKey.ofClient("key-" + block.index())));
        return new SyncReply.Blocks(NOBODY, page, new Position(blocks.size(), 0), keys, Optional.empty());
    }

    private void damage(int from, int to) {
        for (int i = from; i < to; i++) {
            store.replace(i, List.of(sound.get(i).tampered(BlockData.of("forged"))));
        }
        replacements.clear();
    }

    /** Blocks that follow each other, and that nobody else has. */
    private static List<Block> forged(Block after, int count) {
        List<Block> forged = new ArrayList<>();
        Block last = after;
        for (int i = 0; i < count; i++) {
            last = last.next(BlockData.of("forged"));
            forged.add(last);
        }
        return forged;
    }

    private static List<Block> joined(List<Block> one, List<Block> other) {
        List<Block> joined = new ArrayList<>(one);
        joined.addAll(other);
        return joined;
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
    void theGenesisBlockIsReplacedToo() {
        peer(sound);
        damage(0, 3);

        assertThat(mend()).hasValue(0);

        assertThat(store.read(0, LENGTH)).isEqualTo(sound);
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
}
