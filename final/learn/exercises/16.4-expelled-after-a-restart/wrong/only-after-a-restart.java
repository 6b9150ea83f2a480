/** Remembers the slot in which it starts, and never looks. */
private boolean isTurn(StakeSeal seal, StakeRules.Standing before) {
    return seal.slot() > before.slot()
            && stakes.leader(seal.slot()) == seal.holder()
            && !seal.expelled().contains(seal.holder());
}
