package org.naivechain.defence;

import java.util.Map;
import java.util.Optional;
import org.naivechain.websocket.Gate;

/**
 * Lets nodes in, and no web pages; if the network has a key, only those who prove that they hold it, as this end does to them.
 *
 * @param key without one, everybody is taken and called
 * @param advertised where else than at its own address callers reach the listener, as {@code host:port}
 * @param plainHttpAnswer a JSON text in ASCII for callers that speak plain HTTP
 */
public record NetworkGate(Optional<NetworkKey> key, Optional<String> advertised, String plainHttpAnswer)
        implements Gate {
    /** A gate that knows of no other address. */
    public NetworkGate(Optional<NetworkKey> key) {
        this(key, Optional.empty(), Gate.OPEN.plainHttpAnswer());
    }

    @Override
    public Terms admit(Head request) throws Refusal {
        Optional<String> page = OriginCheck.objection(request, advertised);
        if (page.isPresent()) {
            throw new Refusal(page.get());
        }
        if (key.isEmpty()) {
            return Gate.OPEN.admit(request);
        }
        byte[] callersNonce = Challenge.nonceIn(request)
                .orElseThrow(() -> new Refusal(
                        request.field().apply(Challenge.NONCE).isPresent()
                                ? Challenge.NONCE + " must be " + Challenge.NONCE_BYTES + " bytes in Base64"
                                : "this network needs a key: start with --network-key-file"));
        Challenge challenge = new Challenge(key.get(), request.subprotocol(), callersNonce, Challenge.freshNonce());
        return new Terms(
                Map.of(
                        Challenge.NONCE,
                        Challenge.write(challenge.listenersNonce()),
                        Challenge.PROOF,
                        challenge.listenersProof()),
                Optional.of(frame -> {
                    if (!challenge.isCallersProofFrame(frame)) {
                        throw new Refusal("no proof that you hold the network key");
                    }
                    return frame;
                }));
    }

    @Override
    public Call call() {
        if (key.isEmpty()) {
            return Gate.OPEN.call();
        }
        byte[] nonce = Challenge.freshNonce();
        return new Call(
                Map.of(Challenge.NONCE, Challenge.write(nonce)), response -> Optional.of(proof(nonce, response)));
    }

    /** The node that took the call must first prove that it holds the key: nothing is said to others. */
    private String proof(byte[] nonce, Head response) throws Refusal {
        Optional<String> proof = response.field().apply(Challenge.PROOF);
        Optional<byte[]> listenersNonce = Challenge.nonceIn(response);
        if (proof.isEmpty() || listenersNonce.isEmpty()) {
            throw new Refusal("the node there has no network key, and this one has");
        }
        Challenge challenge = new Challenge(key.orElseThrow(), response.subprotocol(), nonce, listenersNonce.get());
        if (!challenge.isListenersProof(proof.get())) {
            throw new Refusal("the node there did not prove that it holds this node's network key");
        }
        return challenge.callersProofFrame();
    }
}
