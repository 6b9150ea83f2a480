    int quorum() {
        // Half of the members, rounded up.
        return (ledger().membership().size() + 1) / 2;
    }
