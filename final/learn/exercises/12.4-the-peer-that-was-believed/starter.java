    /** Two chains have met where the same block is named as the one before. */
    private boolean isHere(Block theirs) {
        return theirs.index() == chain.head().index()
                ? theirs.equals(chain.head()) && chain.lostEnd().isEmpty()
                : peerChain
                        .ours(theirs.index())
                        .filter(ours -> ours.previousHash().equals(theirs.previousHash()))
                        .isPresent();
    }
