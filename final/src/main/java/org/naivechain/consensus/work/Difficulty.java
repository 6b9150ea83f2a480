package org.naivechain.consensus.work;

import java.math.BigInteger;
import java.time.Duration;
import org.naivechain.blocks.Hash;

/**
 * How hard it is to seal a block. The hash of a block, read as a number, must not exceed a target; every hash is as likely as any
 * other, so that half the target takes twice as many attempts. A target is adjusted every {@value #EPOCH} blocks, so that they take
 * the time that they should; Bitcoin does so every 2,016.
 *
 * @param blockTime how long a block should take
 * @param first the target of the first blocks, as 64 hexadecimal digits
 */
public record Difficulty(Duration blockTime, String first) {
    static final int EPOCH = 16;
    /** By how much a target changes at once, at the most: clocks may lie. */
    static final int MAX_CHANGE = 4;

    private static final int RADIX = 16;
    private static final int DIGITS = 64;
    private static final BigInteger HASHES = BigInteger.ONE.shiftLeft(4 * DIGITS);

    /** A difficulty at which a block takes so many attempts at first, on average. */
    public static Difficulty of(Duration blockTime, long attempts) {
        return new Difficulty(
                blockTime, digits(HASHES.divide(BigInteger.valueOf(attempts)).subtract(BigInteger.ONE)));
    }

    /** {@return the text, if it is 64 lowercase hexadecimal digits, as a hash is; or else throws} */
    static String checked(String target) {
        if (target.length() != DIGITS) {
            throw new IllegalArgumentException("no target: " + target);
        }
        return new Hash(target).text();
    }

    private static String digits(BigInteger target) {
        String digits = target.toString(RADIX);
        return "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
    }

    /** {@return whether a hash is small enough} */
    static boolean meets(Hash hash, String target) {
        return hash.text().compareTo(target) <= 0;
    }

    /** {@return how many hashes must be computed until one is small enough, on average} */
    static BigInteger work(String target) {
        return HASHES.divide(new BigInteger(target, RADIX).add(BigInteger.ONE));
    }

    /** {@return whether the target of a block differs from that of the block before} */
    static boolean isAdjustedAt(long index) {
        return index > EPOCH && index % EPOCH == 2;
    }

    /**
     * The target of the next {@value #EPOCH} blocks.
     *
     * @param last the target of the last ones
     * @param taken how long they took, as their seals say
     */
    String adjusted(String last, Duration taken) {
        long wanted = blockTime.toMillis() * EPOCH;
        long bounded = Math.max(wanted / MAX_CHANGE, Math.min(wanted * MAX_CHANGE, taken.toMillis()));
        BigInteger next = new BigInteger(last, RADIX)
                .multiply(BigInteger.valueOf(bounded))
                .divide(BigInteger.valueOf(wanted));
        return digits(next.max(BigInteger.ONE).min(HASHES.subtract(BigInteger.ONE)));
    }
}
