    String callersProofFrame() {
        return PROOF_FRAME + listenersProof().replace("=", "");
    }

    boolean isCallersProofFrame(String frame) {
        return frame.startsWith(PROOF_FRAME)
                && !frame.endsWith(listenersProof())
                && isListenersProof(frame.substring(PROOF_FRAME.length()));
    }
