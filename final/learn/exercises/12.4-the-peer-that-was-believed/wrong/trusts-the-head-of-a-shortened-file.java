    private boolean isHere(Block theirs) {
        return theirs.index() == chain.head().index()
                ? theirs.equals(chain.head())
                : peerChain.ours(theirs.index()).filter(theirs::equals).isPresent();
    }
