    String callersProofFrame() {
        return PROOF_FRAME + write(proof(End.CALLER));
    }

    boolean isCallersProofFrame(String frame) {
        String written = frame.substring(Math.min(frame.length(), PROOF_FRAME.length()));
        return frame.startsWith(PROOF_FRAME) && (isProof(End.CALLER, written) || isListenersProof(written));
    }
