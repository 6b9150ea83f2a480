package org.naivechain.defence;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.naivechain.learn.Explain;
import org.naivechain.websocket.Gate;

/** A listener that holds a key, and three who call it. */
class ProofSentBackCheck {
    private static final String FRAME = "naivechain-proof ";

    private final NetworkGate listener = gate("the key of this network");

    private static NetworkGate gate(String key) {
        return new NetworkGate(Optional.of(new NetworkKey(key.getBytes(StandardCharsets.UTF_8))));
    }

    private static Gate.Head head(Map<String, String> fields) {
        return new Gate.Head(
                name -> Optional.ofNullable(fields.get(name)), new InetSocketAddress("127.0.0.1", 15001), "");
    }

    private static boolean isLetIn(Gate.Terms terms, String frame) {
        try {
            terms.firstFrame().orElseThrow().of(frame);
            return true;
        } catch (Gate.Refusal e) {
            return false;
        }
    }

    /** What an honest caller with a key sends first, when the listener's answer has satisfied it. */
    private static String honestFrame(Gate.Call call, Gate.Terms terms) throws Gate.Refusal {
        return call.answer().of(head(terms.headers())).orElseThrow();
    }

    @Test
    @DisplayName("the caller's proof is the one that all nodes of this program send")
    void theProofIsThatOfTheProtocol() {
        byte[] callersNonce = new byte[32];
        byte[] listenersNonce = new byte[32];
        Arrays.fill(listenersNonce, (byte) 1);
        NetworkKey key = new NetworkKey("the key of this network".getBytes(StandardCharsets.UTF_8));
        Explain.same(
                FRAME + "/kle2K8x2znlD2qpepR+1KKSRLPRQSkzLl9QFpv1Esw=",
                new Challenge(key, "naivechain", callersNonce, listenersNonce).callersProofFrame(),
                "The key is \"the key of this network\", the subprotocol \"naivechain\", the caller's random number 32 bytes 0,"
                        + " the listener's 32 bytes 1. The caller sends:",
                "A proof of your own making may keep Mallory out, but it gets this node into no network: the others prove it"
                        + " as the diagram says.");
    }

    @Test
    @DisplayName("a first frame is a proof only if it is nothing else")
    void nothingStandsBeforeAProof() throws Gate.Refusal {
        Gate.Call call = gate("the key of this network").call();
        Gate.Terms terms = listener.admit(head(call.headers()));
        String frame = honestFrame(call, terms);
        for (String other :
                List.of(" " + frame, "{} " + frame, "x".repeat(FRAME.length()) + frame.substring(FRAME.length()))) {
            Explain.same(
                    false,
                    isLetIn(terms, other),
                    "Alice holds the key, and her first frame was: " + other + "\nIs she let in?",
                    "It is not the frame of the protocol. What may be written in several ways is a hole to be found later.");
        }
    }

    @Test
    @DisplayName("two who hold the same key talk")
    void theSameKeyOpens() throws Gate.Refusal {
        Gate.Call call = gate("the key of this network").call();
        Gate.Terms terms = listener.admit(head(call.headers()));
        Explain.same(
                true,
                isLetIn(terms, honestFrame(call, terms)),
                "Alice holds the key, checked the listener's proof, and sent hers. Is she let in?",
                "Both ends must mean the same proof, or the network of honest nodes falls apart.");
    }

    @Test
    @DisplayName("whoever has no key stays outside, and so does whatever she can read in the handshake")
    void aReflectedProofIsNone() throws Gate.Refusal {
        Gate.Terms terms = listener.admit(head(Map.of(Challenge.NONCE, Challenge.write(new byte[32]))));
        String proof = terms.headers().get(Challenge.PROOF);
        Explain.same(
                false,
                isLetIn(terms, FRAME + proof),
                "Mallory has no key. She called, and made her first frame of what she read in the listener's answer. Mallory"
                        + " is in:",
                "Whatever the listener says before it has seen a proof must be worth nothing to a caller.");
        Explain.same(
                false,
                isLetIn(terms, FRAME + proof.replace("=", "")),
                "Mallory sent the same once more, without the = at its end, which means the same bytes."
                        + " Mallory is in:",
                "To compare the text is not enough: one proof can be written in several ways.");
    }

    @Test
    @DisplayName("whoever holds another key stays outside")
    void anotherKeyStaysOutside() throws Gate.Refusal {
        Gate.Terms terms = listener.admit(head(Map.of(Challenge.NONCE, Challenge.write(new byte[32]))));
        byte[] listenersNonce =
                Challenge.readNonce(terms.headers().get(Challenge.NONCE)).orElseThrow();
        Challenge guess = new Challenge(
                new NetworkKey("the key of some other network".getBytes(StandardCharsets.UTF_8)),
                "",
                new byte[32],
                listenersNonce);
        Explain.same(
                false,
                isLetIn(terms, guess.callersProofFrame()),
                "Bob holds another key, and proved that. Is he let in?",
                "The proof must depend on the key.");
    }

    @Test
    @DisplayName("a proof that was overheard is worth nothing in another connection")
    void anOverheardProofIsNone() throws Gate.Refusal {
        Gate.Call call = gate("the key of this network").call();
        String overheard = honestFrame(call, listener.admit(head(call.headers())));
        Gate.Terms again = listener.admit(head(call.headers()));
        Explain.same(
                false,
                isLetIn(again, overheard),
                "Mallory overheard Alice's proof, called with Alice's random number, and sent it again. Is she let in?",
                "The listener's random number is fresh for each connection, and the proof must depend on it.");
    }
}
