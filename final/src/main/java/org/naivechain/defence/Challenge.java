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
record Challenge(NetworkKey key, String subprotocol, byte[] callersNonce, byte[] listenersNonce) {
    static final String NONCE = "Naivechain-Nonce";
    static final String PROOF = "Naivechain-Proof";

    private static final String PROOF_FRAME = "naivechain-proof ";
    static final int NONCE_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Which end of a connection proves something: without this, each could be sent back its own proof. */
    private enum End {
        CALLER,
        LISTENER
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

    /** {@return the nonce in a header; nothing if it is none} */
    static Optional<byte[]> readNonce(String header) {
        return read(header).filter(nonce -> nonce.length == NONCE_BYTES);
    }

    static Optional<byte[]> nonceIn(Gate.Head handshake) {
        return handshake.field().apply(NONCE).flatMap(Challenge::readNonce);
    }

    String listenersProof() {
        return write(proof(End.LISTENER));
    }

    String callersProofFrame() {
        return PROOF_FRAME + write(proof(End.CALLER));
    }

    boolean isListenersProof(String header) {
        return isProof(End.LISTENER, header);
    }

    boolean isCallersProofFrame(String frame) {
        return frame.startsWith(PROOF_FRAME) && isProof(End.CALLER, frame.substring(PROOF_FRAME.length()));
    }

    /** The comparison takes as long for a proof that is nearly right, or it could be found byte by byte. */
    private boolean isProof(End end, String written) {
        return read(written).stream().anyMatch(claimed -> MessageDigest.isEqual(claimed, proof(end)));
    }

    /** What varies in length is closed by a character that it cannot contain. */
    private byte[] proof(End end) {
        return key.hmac("naivechain key 1\n" + end + "\n" + subprotocol + "\n", callersNonce, listenersNonce);
    }

    private static Optional<byte[]> read(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
