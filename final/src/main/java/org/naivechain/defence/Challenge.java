package org.naivechain.defence;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.naivechain.websocket.Gate;

/**
 * What the two ends of one connection prove to each other, and how it is written: the caller's random number in a header of its
 * request, the listener's number and proof in headers of the response, and the caller's proof in its first frame.
 */
final class Challenge {
    static final String NONCE = "Naivechain-Nonce";
    static final String PROOF = "Naivechain-Proof";

    private static final String PROOF_FRAME = "naivechain-proof ";
    private static final int NONCE_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final NetworkKey key;
    private final String subprotocol;
    private final byte[] callersNonce;
    private final byte[] listenersNonce;

    Challenge(NetworkKey key, String subprotocol, byte[] callersNonce, byte[] listenersNonce) {
        this.key = key;
        this.subprotocol = subprotocol;
        this.callersNonce = callersNonce.clone();
        this.listenersNonce = listenersNonce.clone();
    }

    /** A number that was never used before, and that nobody could foresee. */
    static byte[] freshNonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return nonce;
    }

    static String write(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** A nonce out of a header; nothing if it is none. */
    static Optional<byte[]> readNonce(String header) {
        return read(header).filter(nonce -> nonce.length == NONCE_BYTES);
    }

    static Optional<byte[]> nonceIn(Gate.Head handshake) {
        return handshake.field().apply(NONCE).flatMap(Challenge::readNonce);
    }

    String listenersNonce() {
        return write(listenersNonce);
    }

    String listenersProof() {
        return write(proof(NetworkKey.End.LISTENER));
    }

    String callersProofFrame() {
        return PROOF_FRAME + write(proof(NetworkKey.End.CALLER));
    }

    boolean isListenersProof(String header) {
        return isProof(NetworkKey.End.LISTENER, header);
    }

    boolean isCallersProofFrame(String frame) {
        return frame.startsWith(PROOF_FRAME) && isProof(NetworkKey.End.CALLER, frame.substring(PROOF_FRAME.length()));
    }

    /** The comparison takes as long for a proof that is nearly right, or it could be found byte by byte. */
    private boolean isProof(NetworkKey.End end, String written) {
        return read(written)
                .map(claimed -> MessageDigest.isEqual(claimed, proof(end)))
                .orElse(false);
    }

    private byte[] proof(NetworkKey.End end) {
        return key.proof(end, subprotocol, callersNonce, listenersNonce);
    }

    private static Optional<byte[]> read(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
