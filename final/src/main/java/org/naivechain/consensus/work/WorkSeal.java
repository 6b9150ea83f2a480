package org.naivechain.consensus.work;

import java.util.Optional;
import org.naivechain.blocks.Seal;
import org.naivechain.protocol.IdempotencyKey;

/**
 * What a mined block shows. As text: {@code work:TIME:TARGET:KEY:NONCE}, for example
 * {@code work:1795777138000:00003fff…:n:9c2d….1f-4:81723}; the key is left out of a block without data.
 *
 * @param time when the miner began with it, in milliseconds since 1970, as its clock said
 * @param target what the hash of the block must not exceed: 64 hexadecimal digits, compared as text
 * @param key whose data the block carries
 * @param nonce the number that makes the hash small enough
 */
public record WorkSeal(long time, String target, Optional<IdempotencyKey> key, long nonce) {
    private static final String NAME = "work:";

    /** {@return the text up to the nonce} */
    static String prefix(long time, String target, Optional<IdempotencyKey> key) {
        return NAME + time + ":" + target + ":" + key.map(IdempotencyKey::text).orElse("") + ":";
    }

    /** {@return the seal that a text says, or nothing if it says none, or is not the one way to write it} */
    static Optional<WorkSeal> parse(Seal seal) {
        String text = seal.text();
        int time = text.indexOf(':', NAME.length());
        int target = text.indexOf(':', time + 1);
        int nonce = text.lastIndexOf(':');
        if (!text.startsWith(NAME) || time < 0 || target < 0 || nonce <= target) {
            return Optional.empty();
        }
        try {
            String key = text.substring(target + 1, nonce);
            return Optional.of(new WorkSeal(
                    number(text.substring(NAME.length(), time)),
                    Difficulty.checked(text.substring(time + 1, target)),
                    key.isEmpty() ? Optional.empty() : Optional.of(new IdempotencyKey(key)),
                    number(text.substring(nonce + 1))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** There is one way to write a number: without a sign, and without zeros before it. */
    private static long number(String digits) {
        if (digits.startsWith("+") || digits.startsWith("-") || digits.startsWith("0") && digits.length() > 1) {
            throw new IllegalArgumentException("no number: " + digits);
        }
        return Long.parseLong(digits);
    }

    /** {@return the seal as a block carries it} */
    public Seal toSeal() {
        return new Seal(prefix(time, target, key) + nonce);
    }
}
