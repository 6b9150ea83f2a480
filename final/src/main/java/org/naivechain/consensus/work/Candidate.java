package org.naivechain.consensus.work;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.BlockData;
import org.naivechain.blocks.Seal;
import org.naivechain.protocol.IdempotencyKey;

/** A block without a nonce, for those who look for one. May be shared by threads; an {@link Attempts} belongs to one. */
public final class Candidate {
    private final Block unsealed;
    private final String seal;
    private final byte[] target;

    /** The block that follows a head. */
    Candidate(Block head, BlockData data, Optional<IdempotencyKey> key, long time, String target) {
        this.unsealed = head.next(data);
        this.seal = WorkSeal.prefix(time, target, key);
        this.target = HexFormat.of().parseHex(target);
    }

    /** {@return the block with a nonce, whether or not its hash is small enough} */
    public Block with(long nonce) {
        return unsealed.sealed(new Seal(seal + nonce));
    }

    /** {@return what tries one nonce after the other, for one thread} */
    public Attempts attempts() {
        return new Attempts();
    }

    /** Tries nonces. What is hashed before the nonce is the same each time, and is hashed once. For one thread. */
    public final class Attempts {
        private static final int MAX_DIGITS = 20;

        private final MessageDigest begun;
        private final byte[] digits = new byte[MAX_DIGITS];

        private Attempts() {
            try {
                begun = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
            begun.update((unsealed.previousHash().text() + unsealed.data().literal() + seal)
                    .getBytes(StandardCharsets.US_ASCII));
        }

        /** {@return whether the block has a hash that is small enough with this nonce, which is not negative} */
        public boolean meets(long nonce) {
            int from = MAX_DIGITS;
            long rest = nonce;
            do {
                digits[--from] = (byte) ('0' + rest % 10);
                rest /= 10;
            } while (rest > 0);
            try {
                MessageDigest digest = (MessageDigest) begun.clone();
                digest.update(digits, from, MAX_DIGITS - from);
                return Arrays.compareUnsigned(digest.digest(), target) <= 0;
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException("the SHA-256 of every JDK can be cloned", e);
            }
        }
    }
}
