    int quorum() {
        return others().size() / 2 + 1;
    }
