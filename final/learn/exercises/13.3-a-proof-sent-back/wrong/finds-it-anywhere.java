    String callersProofFrame() {
        return PROOF_FRAME + write(proof(End.CALLER));
    }

    boolean isCallersProofFrame(String frame) {
        return frame.contains(PROOF_FRAME)
                && isProof(End.CALLER, frame.substring(frame.indexOf(PROOF_FRAME) + PROOF_FRAME.length()));
    }
