package org.naivechain.consensus.stake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** What a holder signs with: a private key of Ed25519, from the JDK. */
public final class StakeKey {
    /** What the JDK calls it. */
    public static final String ALGORITHM = "Ed25519";
    /** The line before a key. */
    public static final String HEAD = "-----BEGIN PRIVATE KEY-----";
    /** The line after it. */
    public static final String TAIL = "-----END PRIVATE KEY-----";

    private final PrivateKey key;

    private StakeKey(PrivateKey key) {
        this.key = key;
    }

    /**
     * Reads a private key.
     *
     * @param pem in the encoding of PKCS 8, as PEM (RFC 7468)
     * @throws IllegalArgumentException if it is none
     */
    public static StakeKey parse(String pem) {
        String text = pem.strip();
        try {
            if (!text.startsWith(HEAD) || !text.endsWith(TAIL)) {
                throw new IllegalArgumentException("no line " + HEAD);
            }
            byte[] encoded =
                    Base64.getMimeDecoder().decode(text.substring(HEAD.length(), text.length() - TAIL.length()));
            return new StakeKey(KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new IllegalArgumentException("no private key of Ed25519, as PEM", e);
        }
    }

    /** {@return the signature of an ASCII text: 128 hexadecimal digits} */
    public String sign(String text) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(text.getBytes(US_ASCII));
            return HexFormat.of().formatHex(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of Ed25519 signs everything", e);
        }
    }
}
