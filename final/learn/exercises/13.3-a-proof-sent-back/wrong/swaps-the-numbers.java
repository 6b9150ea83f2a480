    String callersProofFrame() {
        return PROOF_FRAME + new Challenge(key, subprotocol, listenersNonce, callersNonce).listenersProof();
    }

    boolean isCallersProofFrame(String frame) {
        return frame.startsWith(PROOF_FRAME)
                && new Challenge(key, subprotocol, listenersNonce, callersNonce)
                        .isListenersProof(frame.substring(PROOF_FRAME.length()));
    }
