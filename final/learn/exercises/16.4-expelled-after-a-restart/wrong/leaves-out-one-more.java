private long perhapsUsed() {
    return slot() + 1;
}

private boolean isTurn(StakeSeal seal, StakeRules.Standing before) {
    return seal.slot() > Math.max(used, before.slot())
            && stakes.leader(seal.slot()) == seal.holder()
            && !seal.expelled().contains(seal.holder());
}
