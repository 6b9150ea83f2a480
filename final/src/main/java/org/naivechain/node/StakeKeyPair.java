package org.naivechain.node;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import org.naivechain.consensus.stake.Holder;
import org.naivechain.consensus.stake.StakeKey;

/**
 * The two keys of a holder of stake.
 *
 * @param privateKey as {@link StakeKey#parse} takes it
 * @param publicKey as a {@link Holder} has it
 */
public record StakeKeyPair(String privateKey, String publicKey) {
    /** {@return a new pair; nobody else has it if nobody else has the same chance} */
    public static StakeKeyPair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(StakeKey.ALGORITHM);
            generator.initialize(NamedParameterSpec.ED25519, random);
            KeyPair made = generator.generateKeyPair();
            Base64.Encoder base64 = Base64.getEncoder();
            String secret = base64.encodeToString(made.getPrivate().getEncoded());
            return new StakeKeyPair(
                    StakeKey.HEAD + "\n" + secret + "\n" + StakeKey.TAIL + "\n",
                    base64.encodeToString(made.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK from 15 on has Ed25519", e);
        }
    }
}
