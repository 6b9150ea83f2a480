    boolean isCallersProofFrame(String frame) {
        return frame.startsWith(PROOF_FRAME)
                && isProof(End.CALLER, frame.substring(PROOF_FRAME.length()));
    }

    String callersProofFrame() {
        return PROOF_FRAME + listenersProof();
    }
