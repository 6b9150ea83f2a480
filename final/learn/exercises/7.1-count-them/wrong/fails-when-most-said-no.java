    boolean hasFailed() {
        return no.size() >= quorum;
    }
