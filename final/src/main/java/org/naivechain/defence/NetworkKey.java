package org.naivechain.defence;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that all nodes of a network hold, and nobody else. Each end of a new connection proves that it holds it, without
 * telling it, by an HMAC (RFC 2104) over two random numbers, one from each end: the mutual authentication in three passes of
 * ISO/IEC 9798-4. Any thread may use it.
 */
public final class NetworkKey {
    /** The shortest secret, in bytes: a caller is given proofs, and could try all shorter secrets at home. */
    public static final int MIN_BYTES = 16;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec secret;

    /**
     * A key of bytes that nobody can guess.
     *
     * @throws IllegalArgumentException if there are fewer than {@link #MIN_BYTES}
     */
    public NetworkKey(byte[] secret) {
        if (secret.length < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "a network key must have at least " + MIN_BYTES + " bytes: " + secret.length);
        }
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    /** {@return the HMAC of a text and two numbers} */
    byte[] hmac(String text, byte[] one, byte[] other) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            mac.update(text.getBytes(StandardCharsets.UTF_8));
            mac.update(one);
            return mac.doFinal(other);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** A secret does not belong in a log. */
    @Override
    public String toString() {
        return "a network key";
    }
}
