package org.naivechain.consensus.stake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Seal;
import org.naivechain.chain.Verdict;
import org.naivechain.ledger.BlockRules;
import org.naivechain.protocol.IdempotencyKey;
import org.naivechain.simulation.VirtualTime;

/** A chain that three holders sign in turn, and what is wrong with blocks that may follow. */
class StakeRulesTest {
    private static final String SIGNATURE = "ab".repeat(64);

    private final Holders holders = new Holders(50, 30, 20);
    private final Stakes stakes = holders.stakes();
    private final Signatures signatures = new Signatures(stakes);
    private final VirtualTime clock = new VirtualTime();
    private final StakeRules rules = new StakeRules(stakes, signatures, clock::now);
    private final List<Block> chain = new ArrayList<>(List.of(Block.GENESIS));

    StakeRulesTest() {
        clock.advance(Duration.ofSeconds(100));
    }

    private List<Block> before(long index, int limit) {
        return chain.subList((int) Math.max(0, index - limit), (int) index);
    }

    private Block head() {
        return chain.get(chain.size() - 1);
    }

    private Verdict check(Block block) {
        return rules.check(this::before).next(block);
    }

    private void assertFault(Block block, String reason) {
        assertThat(check(block)).isInstanceOfSatisfying(Verdict.Fault.class, fault -> {
            assertThat(fault.index()).isEqualTo(chain.size());
            assertThat(fault.reason()).contains(reason);
        });
    }

    private StakeSeal seal(long slot, int holder, Integer... expelled) {
        return new StakeSeal(slot, holder, List.of(expelled), Optional.empty(), "");
    }

    @Test
    void turnsComeInProportionToTheStake() {
        long[] turns = new long[3];
        LongStream.range(0, 10_000).forEach(slot -> turns[stakes.leader(slot)]++);

        assertThat(turns[0]).isBetween(4_800L, 5_200L);
        assertThat(turns[1]).isBetween(2_800L, 3_200L);
        assertThat(turns[2]).isBetween(1_800L, 2_200L);
    }

    @Test
    void aWholeChainIsCheckedInOneGo() {
        for (long slot = 1; slot <= 40; slot++) {
            chain.add(holders.sealed(head(), "text", "k" + slot, slot));
        }

        BlockRules.Check check = rules.check(this::before);

        assertThat(chain.subList(1, 41))
                .allSatisfy(block -> assertThat(check.next(block)).isEqualTo(Verdict.SOUND));
        assertThat(rules.key(chain.get(40))).contains(IdempotencyKey.ofClient("k40"));
        assertThat(rules.weight(chain.get(40))).isEqualTo(BigInteger.ONE);
    }

    @Test
    void aSlotIsUsedOnceAndInOrder() {
        chain.add(holders.sealed(head(), "text", "k", 7));

        assertFault(holders.sealed(head(), "text", "l", 7), "slot");
        assertFault(holders.sealed(head(), "text", "l", 6), "slot");
    }

    @Test
    void aSlotThatHasNotBegunIsRefusedUntilItHas() {
        Block early = holders.sealed(head(), "text", "k", 102);

        assertFault(early, "slot");
        clock.advance(Duration.ofSeconds(1));
        assertThat(check(early)).isEqualTo(Verdict.SOUND);
    }

    @Test
    void theSlotOfAnotherIsRefused() {
        long slot = holders.turn(0, 1);

        assertFault(
                holders.sealed(head(), "text", seal(slot, 2), 2),
                "slot " + slot + " is the turn of holder 0: holder=2");
    }

    @Test
    void theSignatureOfAnotherIsRefused() {
        assertFault(
                holders.sealed(head(), "text", seal(holders.turn(0, 1), 0), 2), "signature must be that of holder 0");
    }

    @Test
    void aSignatureIsForOneBlockOnly() {
        long slot = holders.turn(1, 1);
        Block block = holders.sealed(head(), "text", seal(slot, 1), 1);

        assertFault(head().next(BlockData.of("other")).sealed(block.seal().orElseThrow()), "signature must be");
    }

    /** Otherwise anybody could make a second block of a block, and accuse its holder. */
    @Test
    void aSignatureHasOneForm() {
        Block block = holders.sealed(head(), "text", seal(holders.turn(1, 1), 1), 1);
        StakeSeal seal = StakeSeal.parse(block.seal().orElseThrow()).orElseThrow();
        byte[] bytes = HexFormat.of().parseHex(seal.signature());
        BigInteger order = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
        byte[] number = new byte[33];
        for (int i = 0; i < 32; i++) {
            number[32 - i] = bytes[32 + i];
        }
        byte[] more = new BigInteger(number).add(order).toByteArray();
        for (int i = 0; i < 32; i++) {
            bytes[32 + i] = more[more.length - 1 - i];
        }
        for (String other : List.of(
                HexFormat.of().formatHex(bytes), seal.signature().toUpperCase(), seal.signature() + "00", "", "zz")) {
            assertFault(
                    Block.GENESIS.next(BlockData.of("text")).sealed(new Seal(seal.prefix() + other)),
                    "signature must be");
        }
    }

    /** The long-range attack: nothing here holds it off, as chapter 16 says. */
    @Test
    void whoeverHasTheKeysOfMostOfTheStakeThatWasAwaySignsThePastAnew() {
        List<Block> forged = new ArrayList<>(List.of(Block.GENESIS));
        for (long slot = 1; slot <= 100; slot++) {
            List<Block> branch = stakes.leader(slot) == 2 ? chain : forged;
            branch.add(holders.sealed(branch.get(branch.size() - 1), "text", "k" + slot, slot));
        }
        BlockRules.Check check = rules.check((index, limit) -> List.of(Block.GENESIS));

        assertThat(forged.subList(1, forged.size()))
                .hasSizeGreaterThan(chain.size())
                .allSatisfy(block -> assertThat(check.next(block)).isEqualTo(Verdict.SOUND));
    }

    private BlockData twoFor(int holder) {
        long slot = holders.turn(holder, 1);
        Block one = holders.sealed(Block.GENESIS, "one", seal(slot, holder), holder);
        Block other = holders.sealed(Block.GENESIS, "other", seal(slot, holder), holder);
        return Equivocation.of(Signed.of(one).orElseThrow(), Signed.of(other).orElseThrow())
                .toData();
    }

    @Test
    void whoSignedTwoBlocksForOneSlotHasNoTurnsOnceThatIsInTheChain() {
        String proof = twoFor(1).text();
        long slot = holders.turn(0, 1);
        assertFault(holders.sealed(head(), proof, seal(slot, 0), 0), "expelled must be [1]: expelled=[]");
        chain.add(holders.sealed(head(), proof, seal(slot, 0, 1), 0));
        assertThat(rules.check((index, limit) -> List.of(Block.GENESIS)).next(head()))
                .isEqualTo(Verdict.SOUND);

        assertFault(
                holders.sealed(head(), "", seal(holders.turn(1, slot + 1), 1, 1), 1),
                "holder 1 signed two blocks for one slot, and has no turns any more");
        assertFault(holders.sealed(head(), "", seal(holders.turn(2, slot + 1), 2), 2), "expelled must be [1]");
        assertThat(check(holders.sealed(head(), proof, seal(holders.turn(2, slot + 1), 2, 1), 2)))
                .isEqualTo(Verdict.SOUND);
        assertFault(
                holders.sealed(head(), twoFor(0).text(), seal(holders.turn(2, slot + 1), 2, 1), 2),
                "expelled must be [0, 1]");
    }

    @Test
    void nothingElseIsAProof() {
        long slot = holders.turn(1, 1);
        Signed one = Signed.of(holders.sealed(Block.GENESIS, "one", seal(slot, 1), 1))
                .orElseThrow();
        Signed other =
                Signed.of(holders.sealed(Block.GENESIS, "x", seal(slot, 1), 1)).orElseThrow();
        Signed later = Signed.of(holders.sealed(Block.GENESIS, "x", seal(slot + 1, 1), 1))
                .orElseThrow();
        Signed forged =
                Signed.of(holders.sealed(Block.GENESIS, "x", seal(slot, 1), 2)).orElseThrow();
        String right = Equivocation.of(one, other).toData().text();

        assertThat(Equivocation.in(BlockData.of(right), signatures)).isPresent();
        for (String text : List.of(
                Equivocation.of(one, one).toData().text(),
                Equivocation.of(one, later).toData().text(),
                Equivocation.of(one, forged).toData().text(),
                right + " ",
                right.replace("stake:", "work:"),
                "equivocation",
                "equivocation a b c d",
                "equivocation    ")) {
            assertThat(Equivocation.in(BlockData.of(text), signatures)).as(text).isEmpty();
        }
    }

    @Test
    void aBlockWithoutASealIsRefused() {
        assertFault(Block.GENESIS.next(BlockData.of("x")), "seal must be one of proof of stake: seal=none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stake:1:0::c:k:SIG", "stake:0:99:1,2,30::SIG", "stake:1:0::n:a:b:SIG"})
    void aSealIsReadAsItIsWritten(String text) {
        Seal seal = new Seal(text.replace("SIG", SIGNATURE));

        assertThat(StakeSeal.parse(seal).orElseThrow().toSeal()).isEqualTo(seal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stake:1:0:SIG",
                "stake:-1:0:::SIG",
                "stake:01:0:::SIG",
                "stake:+1:0:::SIG",
                "stake:1:00:::SIG",
                "stake:1:0:,::SIG",
                "stake:1:0:1,::SIG",
                "stake:1:0:01::SIG",
                "stake:1:0:a::SIG",
                "stake:1:0::k:SIG",
                "stake:9223372036854775808:0:::SIG",
                "work:1:0:::SIG"
            })
    void anyOtherTextIsNoSealOfStake(String text) {
        assertThat(StakeSeal.parse(new Seal(text.replace("SIG", SIGNATURE)))).isEmpty();
    }

    @Test
    void stakesThatCannotBeAreRefused() {
        String key = stakes.holders().get(0).key();
        String seed = "0".repeat(64);
        List<Holder> two = List.of(new Holder(1, key), new Holder(2, key));

        assertThatThrownBy(() -> new Holder(0, key)).hasMessageContaining("a stake must be 1 to");
        assertThatThrownBy(() -> new Holder(1, "AAAA")).hasMessage("no public key of Ed25519, in Base64: AAAA");
        assertThatThrownBy(() -> new Stakes(1_000, seed, two)).hasMessageContaining("two holders have one key");
        assertThatThrownBy(() -> new Stakes(1_000, seed, List.of())).hasMessageContaining("1 to 100 holders: 0");
        assertThatThrownBy(() -> new Stakes(99, seed, stakes.holders())).hasMessageContaining("slot_millis must be");
        assertThatThrownBy(() -> new Stakes(1_000, "5", stakes.holders())).hasMessageContaining("64 lowercase");
        assertThatThrownBy(() -> StakeKey.parse("x")).hasMessage("no private key of Ed25519, as PEM");
        assertThat(stakes.holderOf(new Holders(1).key(0))).isEmpty();
        assertThat(stakes.holderOf(holders.key(2))).hasValue(2);
    }
}
