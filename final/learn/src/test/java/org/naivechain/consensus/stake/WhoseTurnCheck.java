package org.naivechain.consensus.stake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.learn.Explain;

class WhoseTurnCheck {
    private static final String ZEROS = "0".repeat(64);
    private static final String ONES = "1".repeat(64);

    private final Holders holders = new Holders(50, 30, 20);

    private Stakes stakes(String seed) {
        return new Stakes(1_000, seed, holders.stakes().holders());
    }

    private static int lot(String seed, long slot) {
        return hash(seed, slot).mod(BigInteger.valueOf(100)).intValueExact();
    }

    private static BigInteger hash(String seed, long slot) {
        try {
            return new BigInteger(
                    1, MessageDigest.getInstance("SHA-256").digest((seed + ":" + slot).getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void turn(int expected, String seed, long slot, String why) {
        Explain.same(
                expected,
                stakes(seed).leader(slot),
                "The stakes are 50, 30, and 20, the seed is " + seed.substring(0, 4) + "…, and SHA-256 of SEED:" + slot
                        + ", modulo 100, is " + lot(seed, slot) + ". The turn of slot " + slot + " is that of holder:",
                why);
    }

    private static long slotWith(int lot) {
        return LongStream.iterate(1, slot -> slot + 1)
                .filter(slot -> lot(ZEROS, slot) == lot)
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("Each number from 0 to 99 belongs to one share: 0 to 49, 50 to 79, 80 to 99.")
    void theEndsOfTheShares() {
        String why =
                "The first number of a share is in it, and the last one, too. A holder of 50 has 50 numbers, from 0 on. And the"
                        + " hash is a number that is not negative: of half of all hashes the first bit is no sign.";
        turn(0, ZEROS, slotWith(0), why);
        turn(0, ZEROS, slotWith(49), why);
        turn(1, ZEROS, slotWith(50), why);
        turn(1, ZEROS, slotWith(79), why);
        turn(2, ZEROS, slotWith(80), why);
        turn(2, ZEROS, slotWith(99), why);
    }

    @Test
    @DisplayName("All nodes draw the same, for every slot and every seed.")
    void allDrawTheSame() {
        for (String seed : new String[] {ZEROS, ONES}) {
            for (long slot = 0; slot < 300; slot++) {
                int lot = lot(seed, slot);
                turn(
                        lot < 50 ? 0 : lot < 80 ? 1 : 2,
                        seed,
                        slot,
                        "A node that draws another holder refuses everybody's blocks, and everybody refuses its own. (The hash is a"
                                + " number that is not negative.)");
            }
        }
    }

    @Test
    @DisplayName("Stakes and slots may be larger than an int.")
    void largeNumbers() {
        List<Holder> large = holders.stakes().holders().stream()
                .map(holder -> new Holder(holder.stake() * 10_000_000_000L, holder.key()))
                .toList();
        BigInteger total = BigInteger.valueOf(1_000_000_000_000L);
        for (long slot = 3_000_000_000L; slot < 3_000_000_040L; slot++) {
            long lot = hash(ZEROS, slot).mod(total).longValueExact();
            Explain.same(
                    lot < 500_000_000_000L ? 0 : lot < 800_000_000_000L ? 1 : 2,
                    new Stakes(1_000, ZEROS, large).leader(slot),
                    "The stakes are 500, 300, and 200 thousand million, and the lot of slot " + slot + " is " + lot
                            + ". It is the turn of holder:",
                    "Both numbers are a `long`: stakes add up, and with short slots the number of today's is larger than an int.");
        }
    }

    @Test
    @DisplayName("In the long run a holder has turns in proportion to its stake.")
    void inProportion() {
        long turns = LongStream.range(0, 5_000)
                .filter(slot -> stakes(ONES).leader(slot) == 0)
                .count();
        Explain.that(
                turns > 2_300 && turns < 2_700,
                "Of 5000 slots holder 0, with half of all stake, has " + turns + ".",
                "It should have about 2500, whatever the others are called, and however many they are.");
    }
}
