private Verdict verdict(Block block, WorkSeal seal, List<WorkSeal> before) {
    long earliest = earliest(before);
    long latest = clock.instant().plus(ahead).toEpochMilli();
    if (!Difficulty.meets(block.hash(), seal.target())) {
        return fault(block, "curr_hash must not exceed the target " + seal.target() + ": curr_hash=" + block.hash());
    }
    if (seal.time() < earliest) {
        return fault(
                block,
                "time must be later than the median of the blocks before, at least " + earliest + ": time="
                        + seal.time());
    }
    if (seal.time() > latest) {
        return fault(
                block,
                "time must not be more than " + ahead.toSeconds() + " s ahead of this node's clock: time="
                        + seal.time());
    }
    return Verdict.SOUND;
}
