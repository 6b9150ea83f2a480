private long perhapsUsed() {
    return slot();
}

private boolean isTurn(StakeSeal seal, StakeRules.Standing before) {
    return seal.slot() > before.slot()
            && seal.slot() != used
            && stakes.leader(seal.slot()) == seal.holder()
            && !seal.expelled().contains(seal.holder());
}
