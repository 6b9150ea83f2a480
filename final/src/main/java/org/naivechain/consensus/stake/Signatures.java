package org.naivechain.consensus.stake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks the signatures of the holders. Remembers the last checks: a block is checked when it is announced, when it is taken over, and
 * when a branch brings it back, and a check takes a hundred times longer than a hash. Any thread may use it.
 */
public final class Signatures {
    private static final int MAX_REMEMBERED = 10_000;
    private static final int DIGITS = 128;

    private final Stakes stakes;
    private final List<PublicKey> keys;
    private final Map<Claim, Boolean> remembered = new LinkedHashMap<>();

    private record Claim(int holder, String text, String signature) {}

    /** The signatures of some holders. */
    public Signatures(Stakes stakes) {
        this.stakes = stakes;
        this.keys = stakes.holders().stream().map(Holder::publicKey).toList();
    }

    /** {@return whether a holder has signed an ASCII text, in this network; a signature has one way to be written} */
    boolean isSignedBy(int holder, String text, String signature) {
        if (holder < 0 || holder >= keys.size() || signature.length() != DIGITS) {
            return false;
        }
        Claim claim = new Claim(holder, text, signature);
        synchronized (remembered) {
            Boolean known = remembered.get(claim);
            if (known != null) {
                return known;
            }
        }
        boolean right = check(claim);
        synchronized (remembered) {
            remembered.put(claim, right);
            if (remembered.size() > MAX_REMEMBERED) {
                remembered.remove(remembered.keySet().iterator().next());
            }
        }
        return right;
    }

    private boolean check(Claim claim) {
        try {
            byte[] bytes = HexFormat.of().parseHex(claim.signature);
            Signature check = Signature.getInstance(StakeKey.ALGORITHM);
            check.initVerify(keys.get(claim.holder));
            check.update(stakes.inNetwork(claim.text).getBytes(US_ASCII));
            return HexFormat.of().formatHex(bytes).equals(claim.signature) && check.verify(bytes);
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            // Not the digits of a signature.
            return false;
        }
    }
}
