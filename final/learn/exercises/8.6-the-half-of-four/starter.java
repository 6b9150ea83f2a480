    int quorum() {
        return (ledger().membership().size() + 1) / 2;
    }
