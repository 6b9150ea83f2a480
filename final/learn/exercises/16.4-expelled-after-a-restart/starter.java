private long perhapsUsed() {
    return rules.standing(context.chain().length(), context.chain()::before).slot();
}

private boolean isTurn(StakeSeal seal, StakeRules.Standing before) {
    return seal.slot() > before.slot()
            && stakes.leader(seal.slot()) == seal.holder()
            && !seal.expelled().contains(seal.holder());
}
