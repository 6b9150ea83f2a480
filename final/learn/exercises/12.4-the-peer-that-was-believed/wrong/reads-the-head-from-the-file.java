    private boolean isHere(Block theirs) {
        return peerChain.ours(theirs.index()).filter(theirs::equals).isPresent();
    }
