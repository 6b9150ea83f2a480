    String callersProofFrame() {
        return PROOF_FRAME + write(proof(NetworkKey.End.CALLER));
    }

    boolean isCallersProofFrame(String frame) {
        String written = frame.substring(Math.min(frame.length(), PROOF_FRAME.length()));
        return frame.startsWith(PROOF_FRAME) && (isProof(NetworkKey.End.CALLER, written) || isListenersProof(written));
    }
