    int quorum() {
        return ledger().membership().size();
    }
