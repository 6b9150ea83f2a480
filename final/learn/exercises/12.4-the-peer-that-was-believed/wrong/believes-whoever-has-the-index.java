    private boolean isHere(Block theirs) {
        return theirs.index() > fault;
    }
