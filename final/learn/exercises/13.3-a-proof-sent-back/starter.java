    String callersProofFrame() {
        return PROOF_FRAME + listenersProof();
    }

    boolean isCallersProofFrame(String frame) {
        return frame.startsWith(PROOF_FRAME) && isListenersProof(frame.substring(PROOF_FRAME.length()));
    }
