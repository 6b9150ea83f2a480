package org.naivechain.consensus.stake;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * Who holds a share of the stake.
 *
 * @param stake at least 1; the holder's share is this by the sum of all
 * @param key the public key, an Ed25519 key (RFC 8032) in the encoding of X.509, as Base64: 60 characters
 */
public record Holder(
        @JsonProperty(value = "stake", required = true) long stake,
        @JsonProperty(value = "key", required = true) String key) {
    /** The most that one can hold: the sum of all fits into a long. */
    private static final long MAX_STAKE = 1_000_000_000_000_000L;

    /** Refuses a stake out of range, and a text that is no key, with an {@link IllegalArgumentException}. */
    public Holder {
        if (stake < 1 || stake > MAX_STAKE) {
            throw new IllegalArgumentException("a stake must be 1 to " + MAX_STAKE + ": " + stake);
        }
        decoded(key);
    }

    PublicKey publicKey() {
        return decoded(key);
    }

    private static PublicKey decoded(String key) {
        try {
            byte[] encoded = Base64.getDecoder().decode(key);
            return KeyFactory.getInstance(StakeKey.ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new IllegalArgumentException("no public key of Ed25519, in Base64: " + key, e);
        }
    }
}
