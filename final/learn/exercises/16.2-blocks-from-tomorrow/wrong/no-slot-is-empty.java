/** One holder that is away stops all. */
private Verdict verdict(Block block, Signed signed, Standing before) {
    StakeSeal seal = signed.seal();
    List<Integer> expelled = expelled(before, block.data());
    if (before.slot() >= 0 && seal.slot() != before.slot() + 1) {
        return fault(block, "slot must follow that of the block before, " + before.slot() + ": slot=" + seal.slot());
    }
    if (seal.slot() > stakes.slotAt(clock.instant()) + SLOTS_AHEAD) {
        return fault(block, "slot must have begun by this node's clock: slot=" + seal.slot());
    }
    int leader = stakes.leader(seal.slot());
    if (seal.holder() != leader) {
        return fault(block, "slot " + seal.slot() + " is the turn of holder " + leader + ": holder=" + seal.holder());
    }
    if (!seal.expelled().equals(expelled)) {
        return fault(block, "expelled must be " + expelled + ": expelled=" + seal.expelled());
    }
    if (expelled.contains(seal.holder())) {
        return fault(block, "holder " + seal.holder() + " signed two blocks for one slot, and has no turns any more");
    }
    return signed.isRight(signatures)
            ? Verdict.SOUND
            : fault(block, "signature must be that of holder " + seal.holder() + ": signature=" + seal.signature());
}
